"""What a centre signs for its own PCs and for stations: two lines of text and an armored SSHSIG over both.

The first line is a title that ends in the number of the format, the second one object in canonical JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.ids import DeviceId
from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical
from desktop.sealing.fingerprint import device_id
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import BEGIN, sign, verify

_FORMAT: Final = "1\n"
"""How the title of a text goes on that this program reads."""


@dataclass(frozen=True, slots=True)
class SignedJson:
    """One kind of such texts. ``title``: without the number of the format; ``namespace``: of its own, as no other
    signature of the centre must pass for one over such a text; ``most``: octets of the longest that is looked at."""

    title: str
    namespace: str
    most: int

    def signed(self, document: Mapping[str, Json], keys: DeviceKeys) -> str:
        """The text that says ``document``, signed by ``keys``."""
        body = f"{self.title}{_FORMAT}{canonical(dict(document)).decode()}\n"
        return body + sign(body.encode(), keys.signing, self.namespace)

    def is_newer(self, text: str) -> bool:
        """Whether ``text`` is in a format of a later program."""
        return text.startswith(self.title) and not text.startswith(self.title + _FORMAT)

    def verified(self, text: str) -> tuple[Any, DeviceId]:
        """What ``text`` says, nothing of it checked but that it is JSON, and the fingerprint of the key that signed.

        ``ValueError`` for no such text, ``TrustError`` as :func:`desktop.sealing.sshsig.verify`, ``RecursionError`` for
        JSON that is nested too deeply.
        """
        title = self.title + _FORMAT
        body, mark, rest = text.rpartition(BEGIN)
        if not body.startswith(title) or len(text.encode()) > self.most:
            raise ValueError("no such text")
        signer = device_id(verify(body.encode(), mark + rest, self.namespace))
        return json.loads(body.removeprefix(title)), signer
