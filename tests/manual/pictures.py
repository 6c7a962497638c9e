"""The pictures of the manual, from the demonstration: ``python -m tests.manual.pictures [DEMO-OUTPUT]``.

Without a folder the demonstration is played first, which takes minutes. Each picture is one of its views of every page
in both languages, kept with few colours: a quarter of the size, and the same to the eye.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from desktop.runtime.texts.catalogue import LANGUAGES
from tests.architecture.sources import ROOT

FOLDER: Final = ROOT / "docs" / "manual" / "pictures"
_COLOURS: Final = 256
PICTURES: Final = {
    "board": "station-F3",
    "money": "station-case-money",
    "orders": "station-F4",
    "papers": "station-F2",
    "paper_list": "station-case-papers",
    "exchange": "station-F6",
    "inbox": "centre-F6",
    "dispatch": "centre-F3",
}
"""Name in the manual → view of the demonstration."""


def take(demo: Path) -> None:
    """Put every picture in its place, from the output of a demonstration."""
    for language in LANGUAGES:
        (FOLDER / language).mkdir(parents=True, exist_ok=True)
        for name, view in PICTURES.items():
            with Image.open(demo / "screens" / "looks" / f"{view}-{language}-light.png") as shot:
                few = shot.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            few.save(FOLDER / language / f"{name}.png", optimize=True)


def main(arguments: list[str]) -> None:
    """Play the demonstration if it was not named, then take the pictures."""
    if arguments:
        take(Path(arguments[0]))
        return
    from desktop.demo.run import run  # noqa: PLC0415 - windows only where they are needed

    # A folder with a plain name: the pictures show where a stick is.
    folder = Path(tempfile.gettempdir()) / "fanzha"
    folder.mkdir()
    try:
        done = run(folder)
        if not done.ok:
            raise SystemExit(done.steps[-1].note)
        take(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
