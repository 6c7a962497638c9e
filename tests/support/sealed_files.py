"""Where a vault keeps a content."""

from __future__ import annotations

from pathlib import Path

from desktop.app.installation import Installation
from desktop.app.keys.key_shelf import ring_of
from desktop.services.session import Session
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.installations import OFFICER, PASSWORD


def sealed_at(profile: Path, sha256: str) -> Path:
    """The same of an installation that nobody is signed in to."""
    unlocked = Installation(profile).key_file().unlock(OFFICER, PASSWORD)
    found = EncryptedVault(profile / "vault", ring_of(unlocked.secrets)).file_of(sha256)
    assert found is not None
    return found


def sealed_file(session: Session, sha256: str) -> Path:
    """The sealed file, which must be there."""
    found = session.vault.file_of(sha256)
    assert found is not None
    return found
