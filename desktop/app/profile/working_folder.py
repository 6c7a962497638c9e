"""A folder on the disk of the installation for what is not whole yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from desktop.runtime.files.atomic_file import disk_errors

COPYING: Final = ".backup"
TRYING: Final = ".drill"


@contextmanager
def working_folder(place: Path) -> Iterator[Path]:
    """``place`` made anew and empty, gone afterwards, with what a crash left in it before."""
    try:
        with disk_errors():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(mode=0o700)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep_working(root: Path) -> None:
    """Remove what a crash left of a safety copy being made or tried: it may be as large as the database."""
    for name in (COPYING, TRYING):
        shutil.rmtree(root / name, ignore_errors=True)
