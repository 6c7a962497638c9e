"""Where an installation keeps evidence: beside its profile, or in a folder that all PCs of a centre reach.

The place is sealed with the keys: whoever could change it in the plain would have evidence written elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from desktop.runtime.files.paths import ProfilePaths

_PLACE: Final = "vault.place"
FOLDER: Final = "fanzha-vault"
"""Made in the chosen folder once: where it is missing the folder is not the one that was chosen."""


def shared_vault(secrets: Mapping[str, bytes]) -> Path | None:
    """The vault that PCs share; None where this one has its own."""
    found = secrets.get(_PLACE)
    return Path(found.decode("utf-8")) if found else None


def vault_root(paths: ProfilePaths, secrets: Mapping[str, bytes]) -> Path:
    """Where evidence lies."""
    return shared_vault(secrets) or paths.vault


def vault_secret(root: Path) -> dict[str, bytes]:
    """What the key file keeps of a shared vault."""
    return {_PLACE: str(root).encode("utf-8")}
