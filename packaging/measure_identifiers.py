"""How often the check of an identifier says what is true of it.

    python packaging/measure_identifiers.py [--measure docs/accuracy.md] [--wrong]

Each line of ``packaging/identifiers/truth.tsv`` has a group, a kind, what was typed, what the check must say (``true``,
``warn``, ``false``) and, where there is one, the form in which it is compared and sent. Both must be right. Printed are
counts with Wilson's bounds of 95 %, each group counted as ``measure_texts`` counts a shape.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Final

from accuracy_page import write_part
from labelled_stories import ROOT
from measure_texts import share

from desktop.domain.identifiers import CheckVerdict, check
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

SET: Final = ROOT / "packaging" / "identifiers" / "truth.tsv"
_WORDS: Final = {
    CheckVerdict.VALID: "true",
    CheckVerdict.WARN: "warn",
    CheckVerdict.INVALID: "false",
}
_DAY: Final = date(2026, 12, 1)
_PAGE: Final = """# How often an identifier is judged right

Written by `python packaging/measure_identifiers.py --measure docs/accuracy.md` from the {lines} lines of
[packaging/identifiers](../packaging/identifiers/README.md): verdict and normal form must both be right. The lines were
written down before the checks were tried on them; {first} were right at that first run. What was wrong was mended since
or is explained there, so that the figures below are of lines the checks were mended by. **Of 387 lines by another
writer, who saw neither, 341 had the right verdict (0.881)** before anything was mended by them; what was not right
stands there too.

{rows}
"""
FIRST: Final = 391
"""Lines right at the first run, as the README says."""


def judged(file: Path = SET) -> dict[str, list[tuple[str, bool]]]:
    """For each group its lines, and whether each is judged right."""
    shipped = resource_path("directories")
    directories = PackedDirectories(shipped, shipped)
    found: dict[str, list[tuple[str, bool]]] = {}
    for line in file.read_text("utf-8").splitlines():
        group, kind, value, verdict, normal = line.split("\t")
        said = check(kind, value, directories, _DAY)
        right = _WORDS[said.verdict] == verdict and normal in ("", said.normal)
        shown = f"{kind} {value}: {_WORDS[said.verdict]} {said.normal} {said.problems}"
        found.setdefault(group, []).append((shown, right))
    return found


def main() -> None:
    """Print the figures, and write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measure", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--wrong", action="store_true", help="show the lines judged wrong")
    args = parser.parse_args()
    found = judged()
    counts = {
        group: (sum(right for _, right in lines), len(lines)) for group, lines in found.items()
    }
    made = [
        "| | right |",
        "|---|---|",
        *(f"| {group} | {hits} of {total} |" for group, (hits, total) in counts.items()),
    ]
    made.append(f"| all | {share(list(counts.values()))} |")
    print("\n".join(made))
    if args.wrong:
        print("\n".join(shown for lines in found.values() for shown, right in lines if not right))
    if args.measure:
        total = sum(map(len, found.values()))
        page = _PAGE.format(lines=total, first=FIRST, rows="\n".join(made))
        write_part(args.measure, "identifiers", page)


if __name__ == "__main__":
    main()
