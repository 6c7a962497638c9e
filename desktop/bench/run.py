"""``fanzha bench``: the figures of the first path, each as a ratio to a baseline in the same run.

Sizes follow ``FANZHA_BENCH_SHARE``, see :func:`desktop.bench.material.share`.
"""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from desktop.bench.carrying import carrying
from desktop.bench.desks.make_desk import make_desk
from desktop.bench.exchanging import exchange, full_exchange
from desktop.bench.material import Material, empty_case, large_file, material, photos, share
from desktop.bench.measure import FigureRow, beside, compare, seconds, shell
from desktop.bench.windows.starting import start_times
from desktop.bench.windows.suggesting import suggesting
from desktop.domain.errors import UserInputError
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.evidence.attach_evidence import attach_files

Bench = Callable[[Material], Iterator[FigureRow]]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def attach(made: Material) -> Iterator[FigureRow]:
    """1 GiB against copy + fsync of the same file; each round another content, made and settled just before."""
    size = share(1 << 30)
    case = empty_case(made.session)
    mine, copied = [], []
    for number in range(3):
        path = large_file(made.folder / f"large{number}", size)
        os.sync()
        copied.append(seconds(partial(_copy, path, made.folder / "copy")))
        (made.folder / "copy").unlink()
        mine.append(seconds(partial(attach_files, made.session, case, [path], SILENT)))
        path.unlink()
    yield beside("attach_1gib", median(mine), median(copied))


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    _sync(target)


def attach_photos(made: Material) -> Iterator[FigureRow]:
    """5,000 photos of 100 KiB against ``cp -r`` + sync, in turns; each round other photos."""
    case = empty_case(made.session)
    mine, copied = [], []
    for number in range(3):
        source = photos(made.folder / f"photos{number}", share(5000), 100 * 1024)
        os.sync()
        copy = f"cp -r '{source}' '{source}-copy' && sync -f '{source}-copy'"
        copied.append(seconds(partial(shell, copy)))
        mine.append(seconds(partial(attach_files, made.session, case, [source], SILENT)))
        shutil.rmtree(source)
        shutil.rmtree(f"{source}-copy")
    yield beside("attach_5000", median(mine), median(copied))


def register(made: Material) -> Iterator[FigureRow]:
    """A report registered, beside a bare fsync of as many bytes."""
    document = {"victim": {"name": "测速"}, "narrative": "测速" * 100}

    def mine() -> None:
        register_report(made.session, form_from_document(made.session, document))

    def bare() -> None:
        with (made.folder / "fsync").open("ab") as file:
            file.write(b"x" * 16384)
            file.flush()
            os.fsync(file.fileno())

    row = compare("register_report", mine, bare, 15)
    beyond = (row.value - (row.baseline or 0)) * 1000
    yield FigureRow(row.name, round(beyond, 1), "ms beyond fsync", row.baseline, row.ratio)


def lists(made: Material) -> Iterator[FigureRow]:
    """Board and search over 10,000 cases. Windows are loaded only for this."""
    from desktop.bench.windows.boarding import boarding  # noqa: PLC0415 - a centre's server may have no window libraries

    yield from boarding(made, share(10_000))


def start(made: Material) -> Iterator[FigureRow]:
    """The board of a signed-up profile painted, against an empty PySide6 window."""
    folder = made.folder / "started"
    make_desk(folder, share(1_000), 1, SILENT)
    times = start_times(folder, 5)
    if times is not None:
        yield beside("start_to_board", median(times.ours), median(times.empty))


def memory(made: Material) -> Iterator[FigureRow]:
    """Peak memory after attaching 4 GiB."""
    case = empty_case(made.session)
    blob = large_file(made.folder / "huge", share(4 << 30))
    attach_files(made.session, case, [blob], SILENT)
    blob.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield FigureRow("memory_attach_4gib", peak, "MiB peak")


def keys(made: Material) -> Iterator[FigureRow]:
    """Keys of a report, over 10,000 cases. Windows are loaded only for this."""
    from desktop.bench.windows.typing import typing  # noqa: PLC0415 - a centre's server may have no window libraries

    yield from typing(made, share(10_000))


def call(made: Material) -> Iterator[FigureRow]:
    """From the ringing of 96110 to the signed stop, at a centre of 10,000 cases."""
    from desktop.bench.windows.calling import calling  # noqa: PLC0415 - as above

    yield from calling(made, share(10_000))


def forms(made: Material) -> Iterator[FigureRow]:
    """Every form, warm."""
    from desktop.bench.forms import forms as rows  # noqa: PLC0415 - reads 35 MB of fonts

    yield from rows(made)


def suggest(made: Material) -> Iterator[FigureRow]:
    """The type proposed for a narrative."""
    yield from suggesting(made.folder)


def series(made: Material) -> Iterator[FigureRow]:
    """Series over many cases."""
    from desktop.bench.linking import linking  # noqa: PLC0415 - only for this

    yield from linking(made, share(100))


def clocks(made: Material) -> Iterator[FigureRow]:
    """Ticks of the orders screen with 2,000 live clocks. Windows are loaded only for this."""
    from desktop.bench.windows.clocks import clock_repaint  # noqa: PLC0415 - as above

    yield from clock_repaint(made, share(2_000))


def view(_made: Material) -> Iterator[FigureRow]:
    """A large photo in the viewer. Windows are loaded only for this."""
    from desktop.bench.windows.viewing import viewing  # noqa: PLC0415 - as above

    yield from viewing()


def flow(_made: Material) -> Iterator[FigureRow]:
    """Money followed, and its drawing laid out."""
    from desktop.bench.flowing import flowing  # noqa: PLC0415 - as above

    yield from flowing(share(100))


def money(made: Material) -> Iterator[FigureRow]:
    """Where the money of a case, and of a series, is."""
    from desktop.bench.parting import parting  # noqa: PLC0415 - only for this

    yield from parting(made, (3, 10, 40, 160), (10, 50, 200))


def read(made: Material) -> Iterator[FigureRow]:
    """A million lines of a statement, 200,000 of a workbook, a megabyte of pasted text."""
    from desktop.bench.reading import reading  # noqa: PLC0415 - writers and readers of workbooks

    yield from reading(made.folder, share(1_000_000), share(200_000))


def screens(_made: Material) -> Iterator[FigureRow]:
    """Text of a phone's screen, and the memory of reading."""
    from desktop.bench.windows.screens import screens as rows  # noqa: PLC0415 - as above

    yield from rows(share(1_000_000))


def entries(made: Material) -> Iterator[FigureRow]:
    """100,000 entries from a desk to its centre."""
    yield from carrying(made, share(100_000))


def exchange_stalls(made: Material) -> Iterator[FigureRow]:
    """How long the windows wait during an exchange of 20,000 entries and 1 GiB. Windows are loaded only for this."""
    from desktop.bench.windows.stalling import stalling  # noqa: PLC0415 - as above

    yield from stalling(made, share(20_000), share(1 << 30))


def server(made: Material) -> Iterator[FigureRow]:
    """1,000,000 entries into a centre's journal on PostgreSQL, where a server is named."""
    from desktop.bench.server.serving import serving  # noqa: PLC0415 - loads the server's driver

    yield from serving(made, share(1_000_000))


def audit(made: Material) -> Iterator[FigureRow]:
    """Pages of the audit in a journal of a million entries, against the same in one of 10,000."""
    from desktop.bench.auditing import auditing  # noqa: PLC0415 - only for this

    yield from auditing(made, (share(10_000), share(1_000_000)))


_ALL: dict[str, Bench] = {
    "memory": memory,
    "start": start,
    "register": register,
    "attach": attach,
    "attach_photos": attach_photos,
    "exchange": exchange,
    "entries": entries,
    "exchange_stalls": exchange_stalls,
    "server": server,
    "lists": lists,
    "typing": keys,
    "call": call,
    "forms": forms,
    "suggest": suggest,
    "series": series,
    "clocks": clocks,
    "audit": audit,
    "flow": flow,
    "money": money,
    "read": read,
    "view": view,
    "screens": screens,
}


def full_series(made: Material) -> Iterator[FigureRow]:
    """Series over 1,000,000 cases and 3,000,000 values."""
    from desktop.bench.linking import FULL_SHARE, linking  # noqa: PLC0415 - only for this

    yield from linking(made, FULL_SHARE)


def full_flow(_made: Material) -> Iterator[FigureRow]:
    """Money followed through 5,000,000 payments."""
    from desktop.bench.flowing import FULL_SHARE, flowing  # noqa: PLC0415 - as above

    yield from flowing(FULL_SHARE)


_FULL: dict[str, Bench] = {
    "series": full_series,
    "flow": full_flow,
    "exchange": full_exchange,
}
"""Those whose aim is stated for a province, or for 4 GiB; too large for every run."""


def run(names: Sequence[str], *, full: bool = False) -> tuple[FigureRow, ...]:
    """The named benchmarks, or all; ``full``: those of a province at its size. Raises
    ``UserInputError("bench.unknown")``."""
    every = _FULL if full else _ALL
    if set(names) - set(every):
        raise UserInputError("bench.unknown", names=", ".join(sorted(every)))
    rows: list[FigureRow] = []
    for name in names or every:
        with material() as made:
            rows += every[name](made)
    return tuple(rows)
