"""A folder on the disk of the installation for what is not whole yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.runtime.atomic_file import disk_errors


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
