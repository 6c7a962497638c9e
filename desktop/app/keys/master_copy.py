"""The master key of a key file, sealed for somebody else: an age file that says what it is and whose key it holds."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.ids import DeviceId
from desktop.sealing.age_identity import AgeIdentity, AgeRecipient
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_writer import AgeWriter

COPY: Final = "fanzha-escrow-copy"
"""For the centre, in the key file itself."""
ANSWER: Final = "fanzha-escrow-answer"
"""From the centre, for the machine that asked."""
_MOST: Final = 4096


def seal_master(kind: str, device: DeviceId, master: bytes, recipient: AgeRecipient) -> bytes:
    """The age file."""
    sink = io.BytesIO()
    document = {"format": kind, "device": device, "master": master.hex()}
    with AgeWriter(sink, (recipient,)) as writer:
        writer.write(json.dumps(document).encode())
    return sink.getvalue()


def open_master(
    kind: str, device: DeviceId, sealed: bytes, identities: Sequence[AgeIdentity]
) -> bytes:
    """The master key; raises ``TrustError("escrow.damaged")`` for anything but that kind of file of that device."""
    try:
        document = json.loads(AgeReader(io.BytesIO(sealed), identities).read(_MOST))
        written = (document["format"], document["device"])
        master = bytes.fromhex(document["master"])
    except (TrustError, ValueError, KeyError, TypeError) as error:
        raise TrustError("escrow.damaged") from error
    if written != (kind, device):
        raise TrustError("escrow.damaged")
    return master
