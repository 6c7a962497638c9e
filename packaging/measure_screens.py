"""How much of drawn phone screens is read right.

    python packaging/measure_screens.py [--measure docs/accuracy.md] [--sealed] [--words]

Draws the screens of ``packaging/phone_screens``, reads each as the desk does, and counts the facts proposed from it; of
those that are missing, how many stand in the recognised words all the same, and how often another number stands in the
place of the right one. Printed are counts with Wilson's bounds of 95 %; the screens of one template go right or wrong
together. Pay codes are drawn and spoilt alike. ``--sealed`` opens the other half, which is to be written in its README.

``--words`` reads the screens of another maker, of which the recognised words are kept and not the pictures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from accuracy_page import read_part, write_part
from draw_screens import DEGRADED, DrawnScreen, drawn
from labelled_stories import ROOT
from measure_texts import share

from desktop.domain.time.local_time import CHINA
from desktop.readers.ocr import worker
from desktop.readers.ocr.picture_reader import PictureReader
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

FOLDER: Final = ROOT / "packaging" / "phone_screens"
OPEN: Final = FOLDER / "open.toml"
SEALED: Final = FOLDER / "sealed.toml.xz"
WORDS: Final = tuple(FOLDER / f"{name}.jsonl.xz" for name in ("second", "third", "fourth"))
"""Of screens by other makers: a line for each picture, with what the reader of pictures recognised when it came."""
_SEEDS: Final = {OPEN: 25, SEALED: 5202}
_NOW: Final = datetime(2026, 11, 25, 18, tzinfo=CHINA)
_MADE: Final = datetime(2026, 12, 2, 18, tzinfo=CHINA)
"""When the screens of :data:`WORDS` were drawn."""
_FEWEST_DIGITS: Final = 8
_OPENINGS: Final = "openings of the sealed screens"
_OTHERS: Final = "screens by another maker"


@dataclass
class Tally:
    """Of one template in one group of variants: facts, those proposed, those at least recognised, wrong numbers."""

    facts: int = 0
    proposed: int = 0
    recognised: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def text_of(file: Path) -> str:
    """The templates of a half."""
    octets = file.read_bytes()
    return (lzma.decompress(octets) if file.suffix == ".xz" else octets).decode()


def read(screens: Iterable[DrawnScreen]) -> Mapping[str, Mapping[str, Tally]]:
    """For each group (clean, degraded, each variant, each language) the tally of every template."""
    pictures = PictureReader()
    texts = _texts()
    found: dict[str, dict[str, Tally]] = {}
    for screen in screens:
        words = pictures.read(screen.picture).text
        offered = _offered(texts, words, _NOW)
        degraded = "degraded" if screen.variant in DEGRADED else "clean"
        for group in (degraded, screen.variant, f"{degraded} {screen.language}"):
            _count(
                found.setdefault(group, {}).setdefault(screen.name, Tally()), screen, words, offered
            )
    pictures.close()
    return found


def read_words(text: str) -> Mapping[str, Mapping[str, Tally]]:
    """The same of ``text``, the lines of one of :data:`WORDS`. A fact has its names and the spellings of its value that
    are right: whoever drew a screen did not know what the program calls an account or a bank."""
    texts = _texts()
    found: dict[str, dict[str, Tally]] = {}
    for line in text.splitlines():
        screen = json.loads(line)
        offered = _offered(texts, screen["words"], _MADE)
        bare = _bare(screen["words"])
        quality = "degraded" if screen["degraded"] else "clean"
        for group in (quality, screen["variant"], f"{quality} {screen['language']}"):
            tally = found.setdefault(group, {}).setdefault(screen["name"], Tally())
            for names, values in screen["facts"]:
                right = {(name, value) for name in names.split("|") for value in values}
                tally.facts += 1
                proposed = bool(right & offered)
                tally.proposed += proposed
                tally.recognised += proposed or any(_bare(value) in bare for value in values)
                if not proposed:
                    tally.lost.append(f"{screen['name']} {screen['variant']} {names} {values[0]}")
                    if any(_mistaken(values[0], has) for name, has in offered if name in names):
                        tally.wrong.append(tally.lost[-1])
    return found


def recognised(folder: Path) -> Iterator[str]:
    """The lines of one of :data:`WORDS`, of the pictures that ``truth.jsonl`` in ``folder`` names, with what it says of
    them. Of a picture its digest is kept, for the pictures themselves are large."""
    pictures = PictureReader()
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        screen = json.loads(line)
        octets = (folder / screen["picture"]).read_bytes()
        kept = {
            "picture": hashlib.sha256(octets).hexdigest(),
            "words": pictures.read(octets).text,
        }
        yield json.dumps({**screen, **kept}, ensure_ascii=False)
    pictures.close()


def _texts() -> PastedTextReader:
    shipped = resource_path("directories")
    return PastedTextReader(PackedDirectories(shipped, shipped))


def _offered(texts: PastedTextReader, words: str, now: datetime) -> set[tuple[str, str]]:
    made = texts.read(words, now)
    return {(name, part.value) for one in made.transfers for name, part in one.parts.items()} | {
        (part.kind, part.value) for part in made.loose
    }


def _bare(words: str) -> str:
    return "".join(sign for sign in words if sign not in ",-" and not sign.isspace())


def _count(tally: Tally, screen: DrawnScreen, words: str, offered: set[tuple[str, str]]) -> None:
    bare = "".join(words.replace(",", "").split())
    for name, value in screen.facts:
        tally.facts += 1
        if (name, value) in offered:
            tally.proposed += 1
            tally.recognised += 1
            continue
        tally.recognised += "".join(value.split()) in bare
        tally.lost.append(f"{screen.name} {screen.variant} {name} {value}")
        if any(_mistaken(value, other) for kind, other in offered if kind == name):
            tally.wrong.append(tally.lost[-1])


def _mistaken(value: str, other: str) -> bool:
    """Whether ``other`` is the number ``value`` with a digit or two read wrong, lost or doubled."""
    if sum(sign.isdigit() for sign in value) < _FEWEST_DIGITS or not value.isalnum():
        return False
    if abs(len(value) - len(other)) > 2 or "*" in other:
        return False
    same = sum(one == two for one, two in zip(value, other, strict=False))
    back = sum(one == two for one, two in zip(value[::-1], other[::-1], strict=False))
    return same + back >= len(value) - 2


def rows(found: Mapping[str, Mapping[str, Tally]]) -> list[str]:
    """A row for each group."""
    made = ["| | proposed | recognised | wrong numbers |", "|---|---|---|---|"]
    for group, tallies in found.items():
        all_ = list(tallies.values())
        proposed = share([(one.proposed, one.facts) for one in all_])
        recognised = share([(one.recognised, one.facts) for one in all_])
        made.append(
            f"| {group} | {proposed} | {recognised} | {sum(len(one.wrong) for one in all_)} |"
        )
    return made


def times(screens: Sequence[DrawnScreen]) -> str:
    """Processor time of one reading, and of the second one of long numbers, beside that of the library alone."""
    engine = worker.make_engine()
    spent = [0.0, 0.0, 0.0]
    for screen in screens:
        image = cv2.imdecode(np.frombuffer(screen.picture, np.uint8), cv2.IMREAD_COLOR)
        begun = time.process_time()
        engine(image)
        bare = time.process_time()
        worker.recognised(engine, screen.picture, twice=False)
        once = time.process_time()
        worker.recognised(engine, screen.picture)
        spent = [
            one + more
            for one, more in zip(
                spent,
                (bare - begun, once - bare, time.process_time() - 2 * once + bare),
                strict=True,
            )
        ]
    return f"one reading {spent[1] / spent[0]:.2f} x, the second {spent[2] / spent[0]:.2f} x the library"


_PAGE: Final = """# How much of a phone's screen is read right

Written by `python packaging/measure_screens.py --measure docs/accuracy.md` from the screens of
[packaging/phone_screens](../packaging/phone_screens/README.md), which draws them with invented values. `proposed`:
facts offered with the right value in the right place; `recognised`: those whose words were at least read; `wrong
numbers`: another number of eight digits or more stood in the place of the right one. No real screen was at hand, and no
figure here speaks for one.

## Layouts the reader was not mended for

{openings}

## Screens by other makers

{others}

## Layouts it was mended by

{rows}
"""


def page(made: Sequence[str]) -> str:
    """The figures of the open half behind those of the sealed one."""
    readme = FOLDER / "README.md"
    return _PAGE.format(
        openings=read_part(readme, _OPENINGS),
        others=read_part(readme, _OTHERS),
        rows="\n".join(made),
    )


def _print_words(*, lost: bool) -> None:
    for file in WORDS:
        found = read_words(text_of(file))
        print(f"{hashlib.sha256(text_of(file).encode()).hexdigest()}\n" + "\n".join(rows(found)))
        if lost:
            print("\n".join(lost for one in found["clean"].values() for lost in one.lost))
            print("\n".join(lost for one in found["degraded"].values() for lost in one.lost))


def main() -> None:
    """Print the figures of one half, and write those of the open one into the page behind the sealed one's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--measure", type=Path, metavar="FILE", help="write the figures of the open half there too"
    )
    parser.add_argument("--sealed", action="store_true", help="the half that nobody looks at")
    parser.add_argument(
        "--time", action="store_true", help="how long reading takes beside the bare library"
    )
    parser.add_argument(
        "--words", action="store_true", help="the words of the screens of another maker"
    )
    parser.add_argument("--lost", action="store_true", help="name what was not read")
    parser.add_argument(
        "--recognise",
        type=Path,
        metavar="FOLDER",
        help="print the words of another maker's pictures",
    )
    args = parser.parse_args()
    if args.recognise:
        for line in recognised(args.recognise):
            print(line, flush=True)
        return
    if args.time:
        print(times(list(drawn(text_of(OPEN), _SEEDS[OPEN]))[::6]))
        return
    if args.words:
        _print_words(lost=args.lost)
        return
    file = SEALED if args.sealed else OPEN
    text = text_of(file)
    found = read(drawn(text, _SEEDS[file]))
    made = rows(found)
    print(f"{hashlib.sha256(text.encode()).hexdigest()}\n" + "\n".join(made))
    if args.lost and not args.sealed:
        print(
            "\n".join(
                lost
                for group in ("clean", "degraded")
                for one in found[group].values()
                for lost in one.lost
            )
        )
        print(
            "wrong:",
            *(
                lost
                for group in ("clean", "degraded")
                for one in found[group].values()
                for lost in one.wrong
            ),
            sep="\n",
        )
    if args.measure and not args.sealed:
        write_part(args.measure, "phone screens", page(made))


if __name__ == "__main__":
    main()
