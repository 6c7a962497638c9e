"""Drafts in the folder ``drafts`` of the profile, each in a file of its own under a key that its secrets give.

ChaCha20-Poly1305 (RFC 8439), whose additional data is the name of the file: one that was changed, or put in the place
of another, does not open. The key is derived by HMAC-SHA-256 (RFC 2104), so that it opens nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.domain.cases.intake import Draft, form_from_json
from desktop.domain.ids import CaseId
from desktop.runtime.files.atomic_file import disk_errors, make_private, open_atomic
from desktop.runtime.files.plain_file import NotPlainError, read_plain

_NONCE: Final = 12
_MOST_BYTES: Final = 8_000_000
"""Of a file: a form of some thousand payments."""
_END: Final = ".draft"


@dataclass(frozen=True, slots=True)
class SealedDrafts:
    """Implements ``services.ports.database.pc_drafts.PcDrafts``."""

    folder: Path
    secret: bytes = field(repr=False)
    _turn: Lock = field(default_factory=Lock, repr=False)
    """Typing and sending are at work side by side."""

    def save(self, draft: Draft) -> None:
        """As the port says."""
        path = self._path(draft.form.case_id)
        document = {"form": draft.form.to_json(), "officer": draft.officer, "at": draft.saved_at}
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher().encrypt(nonce, json.dumps(document).encode(), path.name.encode())
        with self._turn, disk_errors():
            make_private(self.folder)
            with open_atomic(path) as file:
                file.write(nonce + sealed)

    def holds(self, case: CaseId) -> bool:
        """As the port says."""
        return self._path(case).is_file()

    def all(self) -> tuple[Draft, ...]:
        """As the port says."""
        found = (self._read(path) for path in sorted(self.folder.glob(f"*{_END}")))
        return tuple(draft for draft in found if draft is not None)

    def drop(self, case: CaseId, saved_at: str = "") -> None:
        """As the port says."""
        path = self._path(case)
        with self._turn, disk_errors():
            draft = self._read(path) if saved_at else None
            if not saved_at or (draft is not None and draft.saved_at == saved_at):
                path.unlink(missing_ok=True)

    def _path(self, case: str) -> Path:
        """By a digest: an id from elsewhere never names a file."""
        return self.folder / (hashlib.sha256(case.encode()).hexdigest()[:32] + _END)

    def _cipher(self) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(hmac.new(self.secret, b"fanzha draft", hashlib.sha256).digest())

    def _read(self, path: Path) -> Draft | None:
        try:
            octets = read_plain(path, _MOST_BYTES)
            plain = self._cipher().decrypt(octets[:_NONCE], octets[_NONCE:], path.name.encode())
            document = json.loads(plain)
            form = form_from_json(document["form"])
            return Draft(form, document["officer"], document["at"], 0, on_pc=True)
        except (FileNotFoundError, NotPlainError, InvalidTag, ValueError, KeyError, TypeError):
            return None
