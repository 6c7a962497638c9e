"""What a blob's file is called: a keyed digest, so that a name tells nobody without the vault's key what is kept here.

The file of a content with SHA-256 ``d`` (32 octets), sealed while ``identity`` was in use, is ``k`` and the hex digits
of HMAC-SHA256(HKDF-SHA256(ikm = the identity's 32 octets, no salt, info = "fanzha vault names", 32 octets), d). Files
of programs before this one are named by the hex digits of ``d`` itself; they are read for ever. Whoever holds the key
needs no list of names: what opens a file gives its content, and the content its digest.
"""

from __future__ import annotations

import hmac
import re
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.sealing.age_identity import AgeIdentity
from desktop.vault.vault_keys import VaultKeys

KEYED: Final = "k"
_INFO: Final = b"fanzha vault names"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether ``text`` is a SHA-256 as we write it."""
    return _DIGEST.fullmatch(text) is not None


def is_blob_name(text: str) -> bool:
    """Whether a file may be called so, with ``.age`` behind it."""
    return is_digest(text.removeprefix(KEYED))


def keyed_name(identity: AgeIdentity, sha256: str) -> str:
    """The name of a content under ``identity``; ``ValueError`` for what is no digest."""
    digest = bytes.fromhex(sha256)
    return KEYED + hmac.digest(_name_key(identity.raw), digest, "sha256").hex()


@lru_cache(maxsize=16)  # the pairs of one device: few in a life
def _name_key(secret: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO).derive(secret)


class BlobNames:
    """The names of one vault's contents, under whichever keys are held now."""

    def __init__(self, keys: VaultKeys) -> None:
        self._keys = keys

    def fresh(self, sha256: str) -> str:
        """What a file is called that is written now; ``ValueError`` for what is no digest."""
        return keyed_name(self._keys.in_use, sha256)

    def of(self, sha256: str) -> tuple[str, ...]:
        """Every name its file may have, the likeliest first; none for a text that is no digest and so names nothing."""
        if not is_digest(sha256):
            return ()
        keyed = (keyed_name(identity, sha256) for identity in self._keys.identities)
        return (*dict.fromkeys((self.fresh(sha256), *keyed)), sha256)
