"""The figures as a table and a picture, put into a page between two marks; what people wrote around them stays."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from desktop.bench.sizes.curves import curves
from desktop.bench.sizes.goals import SizedFigure
from desktop.domain.errors import UserInputError
from desktop.runtime.files.atomic_file import disk_errors, write_atomic

BEGIN: Final = "<!-- figures: written by fanzha bench --sizes … --report -->"
END: Final = "<!-- end of figures -->"
MARKS: Final = (BEGIN, END)
SOAK_MARKS: Final = (
    "<!-- soak: written by fanzha bench --sizes … soak --report -->",
    "<!-- end of soak -->",
)
_VERDICTS: Final = {"met": "✓", "missed": "✗", "noisy": "~", "": ""}


def write_report(page: Path, figures: Sequence[SizedFigure], today: date) -> None:
    """Replace what stands between the marks of ``page``, and the picture beside it. Raises as :func:`around_marks`."""
    before, after = around_marks(page)
    picture = page.with_suffix(".svg")
    between = "\n".join(_lines(figures, picture.name, today))
    with disk_errors():
        write_atomic(picture, curves(figures).encode())
        write_atomic(page, f"{before}{BEGIN}\n{between}\n{END}{after}".encode())


def write_soak(page: Path, figures: Sequence[SizedFigure], today: date) -> None:
    """The same of a soak, between marks of its own and without curves."""
    before, after = around_marks(page, SOAK_MARKS)
    between = "\n".join(_table(figures, today))
    with disk_errors():
        write_atomic(page, f"{before}{SOAK_MARKS[0]}\n{between}\n{SOAK_MARKS[1]}{after}".encode())


def around_marks(page: Path, marks: tuple[str, str] = MARKS) -> tuple[str, str]:
    """What people wrote before and after the marks. Raises ``UserInputError("bench.report")`` for a page that cannot be
    read or has no marks."""
    try:
        text = page.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserInputError("bench.report") from error
    before, begun, rest = text.partition(marks[0])
    _, ended, after = rest.partition(marks[1])
    if not (begun and ended):
        raise UserInputError("bench.report")
    return before, after


def _lines(figures: Sequence[SizedFigure], picture: str, today: date) -> Iterator[str]:
    yield from _table(figures, today, f"![curves]({picture})")
    whole = [one for one in figures if not one.size]
    if whole:
        yield ""
        yield "| whatever the size | unit | figure |"
        yield "|---|---|---|"
    for one in whole:
        yield f"| {one.name} | {_unit(one)} | {_cell(one)} |"


def _table(figures: Sequence[SizedFigure], today: date, picture: str = "") -> Iterator[str]:
    sizes = sorted({one.size for one in figures if one.size})
    yield f"{_machine()}; {today.isoformat()}. ✓ met, ✗ missed, ~ noisy; in brackets the goal, stretched as above."
    yield ""
    if picture:
        yield picture
        yield ""
    yield "| figure | unit | " + " | ".join(f"{size:,}" for size in sizes) + " |"
    yield "|---|---|" + "---|" * len(sizes)
    for name in dict.fromkeys(one.name for one in figures if one.size):
        of_name = {one.size: one for one in figures if one.name == name}
        cells = " | ".join(_cell(of_name.get(size)) for size in sizes)
        yield f"| {name} | {_unit(next(iter(of_name.values())))} | {cells} |"


def _unit(figure: SizedFigure) -> str:
    return "× baseline" if figure.of_ratio else figure.unit


def _cell(figure: SizedFigure | None) -> str:
    if figure is None:
        return "–"
    goal = "" if figure.goal is None else f" ({figure.goal:,g})"
    return f"{figure.compared:,g}{goal} {_VERDICTS[figure.verdict]}".strip()


def _machine() -> str:
    """Processor, cores, memory and Python."""
    cores = os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
