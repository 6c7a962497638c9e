"""By which name an institution goes, so that branches and spellings of one bank stand together."""

from __future__ import annotations

from desktop.domain.reference.directories import Directories


def head_office(directories: Directories, name: str) -> str:
    """What the tables call the institution; a branch's name stays when they do not know it."""
    known = directories.hotline(name) if name else None
    return known.name if known is not None else name
