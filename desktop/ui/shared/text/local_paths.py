"""The files and folders a drag or the clipboard names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_paths(data: QMimeData) -> tuple[Path, ...]:
    """Local files and folders, as they were named; an address on a network is never followed."""
    return tuple(
        Path(url.toLocalFile())
        for url in data.urls()
        if url.isLocalFile() and not url.host() and url.toLocalFile()
    )
