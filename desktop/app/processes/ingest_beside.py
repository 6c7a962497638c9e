"""Several processes take bundles in at one centre: a server has room for them; one interpreter uses one processor."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from desktop.app.processes.ingest_process import NAME, Asker, answered
from desktop.bundles.volumes.layout import sender_in_name
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.profile import Profile
from desktop.domain.progress import Progress
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.services.exchange.take_in.apply_bundle import (
    OWN_OR_FOR_ANOTHER,
    AppliedBundle,
    BundleProblem,
    joined,
    volumes_in,
)

MOST: Final = 64
"""A server as it is installed takes a hundred connections."""
_SECONDS: Final = 6 * 3600.0
"""For the largest volume from the slowest stick; that a process has ended is noticed at once."""


def require_side_by_side(profile: Profile, processes: int) -> None:
    """Raises ``UserInputError``: ``centre.processes`` (fewer than one, or more than :data:`MOST`),
    ``centre.processes_need_server`` (the database is a file, or the system lets one process have a profile)."""
    if not 1 <= processes <= MOST:
        raise UserInputError("centre.processes", most=MOST)
    if processes > 1 and (not profile.on_server or sys.platform == "win32"):
        raise UserInputError("centre.processes_need_server")


def ingest_beside(
    asker: Asker, processes: int, paths: Sequence[Path], progress: Progress, *, dry_run: bool
) -> AppliedBundle:
    """Like :func:`desktop.centre.ingest.ingest`, by several processes, but that volumes for others are never kept. What
    one station made is taken in by one of them, in its order: two would wait for each other, to answer it.

    Raises what keeps a process from signing in, and ``Cancelled`` once the stations whose turn it is are through.
    """
    groups = _by_station(volumes_in(paths))
    done: list[AppliedBundle] = []
    with _helpers(min(processes, len(groups))) as idle, _pool(processes) as pool:

        def take(group: Sequence[Path]) -> AppliedBundle:
            helper = idle.get()
            try:
                return _taken(helper, asker, group, dry_run=dry_run)
            finally:
                idle.put(helper)

        for count, taken in enumerate(
            as_completed([pool.submit(take, group) for group in groups]), 1
        ):
            done.append(taken.result())
            progress.advance(count, len(groups))
            progress.check()
    return together(done)


@contextmanager
def _pool(threads: int) -> Iterator[ThreadPoolExecutor]:
    """Whose work that was not begun is dropped when the block ends by an error."""
    pool = ThreadPoolExecutor(threads, "ingest")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _helpers(count: int) -> Iterator[SimpleQueue[HelperProcess]]:
    helpers = [HelperProcess(NAME, _SECONDS) for _ in range(count)]
    idle: SimpleQueue[HelperProcess] = SimpleQueue()
    for helper in helpers:
        idle.put(helper)
    try:
        yield idle
    finally:
        for helper in helpers:
            helper.close()


def _by_station(volumes: Sequence[Path]) -> list[list[Path]]:
    """What nobody is named on is one station's too: it comes in as it would without company."""
    groups: dict[str, list[Path]] = {}
    for volume in volumes:
        unit, _ = sender_in_name(volume.name)
        groups.setdefault(unit, []).append(volume)
    return sorted(groups.values(), key=len, reverse=True)  # the longest way begins first


def _taken(
    helper: HelperProcess, asker: Asker, group: Sequence[Path], *, dry_run: bool
) -> AppliedBundle:
    try:
        answer = helper.ask(asker.question(group, dry_run=dry_run))
    except WorldError:  # the process ended; the next station's volumes get another
        ended = WorldError("centre.process_ended")
        return replace(joined(()), problems=tuple(BundleProblem(path, ended) for path in group))
    return answered(answer)


def together(done: Sequence[AppliedBundle]) -> AppliedBundle:
    """As if one had taken in all of it: volumes for others are no problem where anything else lay beside them."""
    found = joined(done)
    problems = found.problems
    foreign = [problem for problem in problems if problem.error.code in OWN_OR_FOR_ANOTHER]
    alone = len(foreign) == len(problems) and not found.volumes
    own = problems if alone else tuple(one for one in problems if one not in foreign)
    return replace(found, problems=own, others=len(problems) - len(own))
