"""What of a profile is small and in every copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desktop.runtime.files.paths import NEWS_FOLDER, ProfilePaths

_FILES: Final = ("keys.json", "profile.toml", "settings.toml")
_FOLDERS: Final = ("scripts", "forms", "packs", "drafts", NEWS_FOLDER)


def small_files(paths: ProfilePaths) -> dict[str, Path]:
    """Keys, settings and what the unit adapted, by name below the root; what is made anew at each start stays out."""
    found = {name: paths.root / name for name in _FILES if _is_plain(paths.root / name)}
    for folder in _FOLDERS:
        for path in sorted((paths.root / folder).rglob("*")):
            if _is_plain(path) and not path.name.startswith("."):
                found[path.relative_to(paths.root).as_posix()] = path
    return found


def _is_plain(path: Path) -> bool:
    """A link may lead to whatever there is, and the program follows none of them."""
    return path.is_file() and not path.is_symlink()
