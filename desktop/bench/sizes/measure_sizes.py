"""Every figure at every size, one after the other as it comes."""

from __future__ import annotations

import compileall
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from desktop.bench.desks.make_desk import make_desk
from desktop.bench.exchanging import export_times
from desktop.bench.material import Material, material, share
from desktop.bench.server.serving import VARIABLE, bench_schema, server_times
from desktop.bench.sizes.figures_of_services import figures_of_services
from desktop.bench.sizes.goals import Measured, SizedFigure, judged, yardstick
from desktop.domain.errors import UserInputError
from desktop.domain.installation.profile import ServerChoice
from desktop.domain.progress import SILENT

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

GROUPS: Final = ("start", "drafts", "cases", "pages", "services", "server", "exchange")
"""What can be asked for by name; the figures of each stand in :mod:`desktop.bench.sizes.goals`."""
SOAK: Final = "soak"
"""Only where it is named: it takes minutes, and its table stands by itself."""
_WINDOWS: Final = ("start", "drafts", "cases", "pages")
_TEST_VARIABLE: Final = "FANZHA_TEST_POSTGRES"
_ANY_SIZE: Final = 0
"""The size of what does not follow from the cases."""


@dataclass(slots=True)
class _Judge:
    """Looks at the yardstick after each figure: the look before it was that of the figure before."""

    size: int
    before: float = field(default_factory=yardstick)

    def judge(self, measured: Measured) -> SizedFigure:
        """Its verdict."""
        after = yardstick()
        before, self.before = self.before, after
        return judged(measured, self.size, before, after)


@dataclass(frozen=True, slots=True)
class SizesWish:
    """``names``: of :data:`GROUPS`, none for all. ``desks``: where desks that were made stay for the next run."""

    sizes: tuple[int, ...]
    names: tuple[str, ...] = ()
    desks: Path | None = None
    seed: int = 1

    def wants(self, name: str) -> bool:
        """Whether that group is asked for."""
        return name in self.names or (not self.names and name in GROUPS)


def sizes_of(text: str) -> tuple[int, ...]:
    """``1000,10000`` in rising order; raises ``UserInputError("bench.sizes")``."""
    try:
        found = sorted({int(part) for part in text.split(",")})
    except ValueError as error:
        raise UserInputError("bench.sizes") from error
    if not found or found[0] < 1:
        raise UserInputError("bench.sizes")
    return tuple(found)


def measure_sizes(wish: SizesWish) -> Iterator[SizedFigure]:
    """Raises ``UserInputError("bench.unknown")``."""
    known = (*GROUPS, SOAK)
    if set(wish.names) - set(known):
        raise UserInputError("bench.unknown", names=", ".join(known))
    if any(map(wish.wants, _WINDOWS)):
        _compile_program()
    server = os.environ.get(VARIABLE) or os.environ.get(_TEST_VARIABLE, "")
    if wish.wants("exchange"):
        judge = _Judge(_ANY_SIZE)
        with material() as made:
            yield from map(judge.judge, _figures_of_exchange(made, server))
    for size in wish.sizes:
        yield from _of_desk(wish, size)
        if server and wish.wants("server"):
            yield from _of_server(wish, size, server)


def _compile_program() -> None:
    """A process that compiles modules itself holds a hundred megabytes more and makes each page wait; where the program
    is installed they are compiled."""
    compileall.compile_dir(Path(__file__).parents[2], quiet=2)


def _of_desk(wish: SizesWish, size: int) -> Iterator[SizedFigure]:
    with _folder() as aside:
        desk = _desk(wish, size, aside)
        for part in _WINDOWS:
            if wish.wants(part):
                yield from _in_own_process(desk, part, size)
        if wish.wants("services"):
            yield from map(_Judge(size).judge, figures_of_services(desk, aside))
        if wish.wants(SOAK):
            from desktop.bench.sizes.soak import figures_of_soak  # noqa: PLC0415 - not on every system

            yield from map(_Judge(size).judge, figures_of_soak(desk, aside))


def _of_server(wish: SizesWish, size: int, server: str) -> Iterator[SizedFigure]:
    """The pages of a centre."""
    with _folder() as aside, bench_schema(make_url(server)) as url:
        address = url.render_as_string(hide_password=False)
        centre = aside / "centre"
        make_desk(centre, size, wish.seed, SILENT, ServerChoice(address, unsafe=True))
        yield from _in_own_process(centre, "server", size)


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(
        prefix="fanzha-sizes-",
        dir=os.environ.get("FANZHA_BENCH_DIR"),
        ignore_cleanup_errors=True,  # what a killed program began may still write
    ) as name:
        yield Path(name)


def _desk(wish: SizesWish, size: int, aside: Path) -> Path:
    """A desk of its own for this run."""
    desk = aside / "desk"
    lasting = wish.desks and wish.desks / f"{size}-{wish.seed}"
    if lasting is not None and lasting.exists():
        shutil.copytree(lasting, desk)
        return desk
    make_desk(desk, size, wish.seed, SILENT)
    if lasting is not None:
        part = lasting.with_name(f"{lasting.name}.part")  # one that was only half copied is no desk
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(desk, part)
        part.rename(lasting)
    return desk


def _in_own_process(folder: Path, part: str, size: int) -> Iterator[SizedFigure]:
    """What a window shows. Raises ``RuntimeError`` where the process ends early; it said why on standard error."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(folder, part, size, theirs))
    process.start()
    theirs.close()
    try:
        while True:
            yield ours.recv()
    except EOFError:
        process.join()
    if process.exitcode:
        raise RuntimeError(f"{part} at {size} cases could not be measured")


def _measure(folder: Path, part: str, size: int, out: Connection) -> None:
    """In that process."""
    from desktop.bench.sizes.window_figures import window_figures  # noqa: PLC0415 - Qt only there

    judge = _Judge(size)
    window_figures(folder, part, lambda measured: out.send(judge.judge(measured)))
    out.close()


_ENTRIES: Final = 10_000
_SERVER_ROUNDS: Final = 3


def _figures_of_exchange(made: Material, server: str) -> Iterator[Measured]:
    """1 GiB of evidence exported, and entries taken into the database that ``server`` names, if any."""
    times = export_times(made)
    if times is not None:
        sealed = tuple(times.sealed)
        yield Measured("export_written", tuple(times.written), "s", sealed)
        yield Measured("export_read_back", tuple(times.exported), "s", sealed)
    if server:
        rounds = [server_times(made, server, share(_ENTRIES)) for _ in range(_SERVER_ROUNDS)]
        copied = tuple(one.copied for one in rounds)
        yield Measured("server_ingest", tuple(one.alone for one in rounds), "s", copied)
        yield Measured("server_ingest_two", tuple(one.together for one in rounds), "s", copied)
