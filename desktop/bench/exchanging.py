"""Evidence to the centre and into it, beside the public tools that do a part of the same."""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from desktop.bench.material import Material, empty_case, large_file, share
from desktop.bench.measure import FigureRow, beside, seconds, shell
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.progress import SILENT
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle

_ROUNDS = 3


def exchange(made: Material) -> Iterator[FigureRow]:
    """1 GiB, the median of three."""
    yield from _exchanged(made, 1, _ROUNDS)


def export_times(made: Material) -> ExchangeTimes | None:
    """1 GiB, three rounds; None where the public tools are not here."""
    return _times(made, 1, _ROUNDS)


def full_exchange(made: Material) -> Iterator[FigureRow]:
    """4 GiB once, and the peak of memory after both."""
    yield from _exchanged(made, 4, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield FigureRow("memory_exchange_4gib", peak, "MiB peak")


@dataclass(slots=True)
class _ReadBackClock:
    """When the last volume was written and began to be read back: its progress is then at one half."""

    started: float = field(default_factory=time.perf_counter)
    written: float = 0.0

    def advance(self, done: int, total: int) -> None:
        """The first word of the second half."""
        if 2 * done <= total:
            self.written = time.perf_counter()

    def check(self) -> None:
        """Nobody stops it."""


@dataclass(slots=True)
class ExchangeTimes:
    """Seconds of every round: ours, and those of the public tools."""

    written: list[float] = field(default_factory=list)
    exported: list[float] = field(default_factory=list)
    sealed: list[float] = field(default_factory=list)
    read_back: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    unpacked: list[float] = field(default_factory=list)

    def rows(self, gib: int) -> Iterator[FigureRow]:
        """``export`` is whole, with the read-back that ``tar | age`` leaves out; ``write`` is without it on both
        sides, ``export_…_read_back`` with it on both."""
        sealed = median(self.sealed)
        yield beside(f"write_{gib}gib", median(self.written), sealed)
        yield beside(f"export_{gib}gib", median(self.exported), sealed)
        both = sealed + median(self.read_back)
        yield beside(f"export_{gib}gib_read_back", median(self.exported), both)
        yield beside(f"open_{gib}gib", median(self.opened), median(self.unpacked))


def _exchanged(made: Material, gib: int, rounds: int) -> Iterator[FigureRow]:
    times = _times(made, gib, rounds)
    if times is not None:
        yield from times.rows(gib)


def _times(made: Material, gib: int, rounds: int) -> ExchangeTimes | None:
    if shutil.which("age") is None:
        return None
    times = ExchangeTimes()
    for _ in range(rounds):
        blob = large_file(made.folder / "export-me", share(gib << 30))
        attach_files(made.session, empty_case(made.session), [blob], SILENT)
        shell("sync")
        sealed = _seal(made, times)
        stick = _export(made, times)
        _unpack(made, sealed, times)
        _open(made, stick, times)
        _acknowledge(made)
        sealed.unlink()
        blob.unlink()
    return times


def _seal(made: Material, times: ExchangeTimes) -> Path:
    """``tar | age`` of the same, and what reading it back past the cache costs the public tools."""
    sealed = made.folder / "plain.age"
    recipient = made.centre.cards.recipient()
    tar = f"tar -C '{made.folder}' -c export-me | age -r {recipient} > '{sealed}' && sync -f '{sealed}'"
    times.sealed.append(seconds(lambda: shell(tar)))
    identity = _identity(made)
    check = (
        f"dd of='{sealed}' oflag=nocache conv=notrunc,fdatasync count=0 2>/dev/null && "
        f"age -d -i '{identity}' '{sealed}' | tar -x -O | sha256sum"
    )
    times.read_back.append(seconds(lambda: shell(check)))
    return sealed


def _export(made: Material, times: ExchangeTimes) -> Path:
    stick = _fresh(made.folder / "stick")
    clock = _ReadBackClock()
    export_bundle(made.session, stick, clock)
    times.exported.append(time.perf_counter() - clock.started)
    times.written.append(clock.written - clock.started)
    return stick


def _unpack(made: Material, sealed: Path, times: ExchangeTimes) -> None:
    out = _fresh(made.folder / "opened")
    command = (
        f"age -d -i '{_identity(made)}' '{sealed}' | tar -C '{out}' -x && cd '{out}' && "
        "sha256sum export-me > list && sync -f list && sha256sum -c list"
    )
    times.unpacked.append(seconds(lambda: shell(command)))
    shutil.rmtree(out)


def _open(made: Material, stick: Path, times: ExchangeTimes) -> None:
    quarantine = Quarantine(made.folder / "quarantine")
    times.opened.append(seconds(lambda: ingest(made.centre, quarantine, [stick], SILENT)))
    shutil.rmtree(stick)


def _acknowledge(made: Material) -> None:
    """The receipt goes home, or the next round would carry the content of this one again."""
    stick = _fresh(made.folder / "stick")
    write_replies(made.centre, stick, SILENT)
    apply_bundle(made.session, [stick], SILENT)
    shutil.rmtree(stick)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _identity(made: Material) -> Path:
    identity = made.folder / "identity.txt"
    identity.write_text(made.centre_identity + "\n", "utf-8")
    return identity
