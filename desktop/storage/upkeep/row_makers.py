"""Rows of many cases, made by several processes beside the one that writes them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from itertools import chain, islice
from queue import SimpleQueue
from typing import Final

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.storage.upkeep.case_rows import Rows, rows_of_cases
from desktop.storage.upkeep.rebuild_order import CaseLines
from desktop.storage.upkeep.row_process import NAME, answered, question

_MOST: Final = 4
"""Processes; beyond these the one that writes is waited for."""
_SECONDS: Final = 600.0
_BREATH: Final = 0.1
"""Seconds between two looks whether somebody wants to stop."""
_FEW: Final = 10
"""Batches that are made sooner than a process begins."""
_AHEAD: Final = 2
"""Batches for each process, so that none waits for the writer."""


def with_rows(
    batches: Iterable[CaseLines], progress: Progress
) -> Generator[tuple[CaseLines, Rows | None]]:
    """Each batch with :func:`rows_of_cases` of it, in order. Raises ``TrustError``, and ``Cancelled`` where somebody
    stops ``progress`` meanwhile. A process that does not begin or ends is done without."""
    waiting = iter(batches)
    first = list(islice(waiting, _FEW + 1))
    processes = min(os.cpu_count() or 1, _MOST)
    every = chain(first, waiting)
    if len(first) <= _FEW or processes == 1:
        return ((batch, rows_of_cases(batch.lines)) for batch in every)
    return _with_rows_beside(every, processes, progress)


def _with_rows_beside(
    batches: Iterator[CaseLines], processes: int, progress: Progress
) -> Generator[tuple[CaseLines, Rows | None]]:
    idle: SimpleQueue[HelperProcess] = SimpleQueue()
    helpers = [HelperProcess(NAME, _SECONDS) for _ in range(processes)]
    asked: deque[tuple[CaseLines, Future[Rows | None]]] = deque()
    with ExitStack() as closing:
        for helper in helpers:
            closing.callback(helper.close)
            idle.put(helper)
        pool = ThreadPoolExecutor(processes, "rows")
        # Before the processes are closed, as whoever asks starts one anew.
        closing.callback(_give_up, pool, helpers, asked)
        for batch in batches:
            asked.append((batch, pool.submit(_asked, idle, batch.lines)))
            if len(asked) > processes * _AHEAD:
                yield _next(asked, progress)
        while asked:
            yield _next(asked, progress)


def _give_up(
    pool: ThreadPoolExecutor,
    helpers: Collection[HelperProcess],
    asked: Collection[tuple[CaseLines, Future[Rows | None]]],
) -> None:
    """Nobody wants what is still being made: a process that hangs is not waited for."""
    pool.shutdown(wait=False, cancel_futures=True)
    while waited := [future for _, future in asked if not future.done()]:
        for helper in helpers:
            helper.interrupt()
        wait(waited, _BREATH)
    pool.shutdown()


def _next(
    asked: deque[tuple[CaseLines, Future[Rows | None]]], progress: Progress
) -> tuple[CaseLines, Rows | None]:
    batch, future = asked[0]
    while not future.done():
        progress.check()
        wait([future], _BREATH)
    asked.popleft()
    try:
        return batch, future.result()
    except WorldError:
        return batch, rows_of_cases(batch.lines)


def _asked(idle: SimpleQueue[HelperProcess], lines: Sequence[bytes]) -> Rows | None:
    helper = idle.get()
    try:
        return answered(helper.ask(question(lines)))
    except (ValueError, EOFError, TypeError) as error:
        raise WorldError("helper.failed") from error
    finally:
        idle.put(helper)
