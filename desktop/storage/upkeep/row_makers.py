"""Rows of many cases, made by several processes beside the one that writes them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, islice
from queue import SimpleQueue
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.storage.upkeep.case_rows import Rows, rows_of_cases
from desktop.storage.upkeep.rebuild_order import CaseLines
from desktop.storage.upkeep.row_process import NAME, answered, question

_MOST: Final = 4
"""Processes; beyond these the one that writes is waited for."""
_SECONDS: Final = 600.0
_FEW: Final = 10
"""Batches that are made sooner than a process begins."""
_AHEAD: Final = 2
"""Batches for each process, so that none waits for the writer."""


def with_rows(batches: Iterable[CaseLines]) -> Generator[tuple[CaseLines, Rows | None]]:
    """Each batch with :func:`rows_of_cases` of it, in order. Raises ``TrustError``. A process that does not begin or
    ends is done without."""
    waiting = iter(batches)
    first = list(islice(waiting, _FEW + 1))
    processes = min(os.cpu_count() or 1, _MOST)
    every = chain(first, waiting)
    if len(first) <= _FEW or processes == 1:
        return ((batch, rows_of_cases(batch.lines)) for batch in every)
    return _with_rows_beside(every, processes)


def _with_rows_beside(
    batches: Iterator[CaseLines], processes: int
) -> Generator[tuple[CaseLines, Rows | None]]:
    idle: SimpleQueue[HelperProcess] = SimpleQueue()
    with ExitStack() as closing:
        for _ in range(processes):
            helper = HelperProcess(NAME, _SECONDS)
            closing.callback(helper.close)
            idle.put(helper)
        pool = ThreadPoolExecutor(processes, "rows")
        # Before the processes, as whoever asks starts one anew.
        closing.callback(pool.shutdown, cancel_futures=True)
        asked: deque[tuple[CaseLines, Future[Rows | None]]] = deque()
        for batch in batches:
            asked.append((batch, pool.submit(_asked, idle, batch.lines)))
            if len(asked) > processes * _AHEAD:
                yield _next(asked)
        while asked:
            yield _next(asked)


def _next(asked: deque[tuple[CaseLines, Future[Rows | None]]]) -> tuple[CaseLines, Rows | None]:
    batch, future = asked.popleft()
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
