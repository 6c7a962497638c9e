"""Processes that vanish at the n-th call to the disk or the database, as at a power cut.

A forked child does the work; at the chosen call it is gone without unwinding, flushing or closing anything. What
it wrote but never brought to the medium is lost with it: such files keep their names and half their content.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from desktop.runtime.files import write_barrier
from tests.support.sweep import MOST, steps_of, way_of_program

GONE = 9
FAILED = 70
_PATIENCE = 60
_DATABASE = (".db", "-wal", "-shm", ".lock")
"""SQLite syncs its own files, below Python; a lock's text means nothing."""


class Steps:
    """Counts calls at the choke points and ends the process before number ``die_at``."""

    def __init__(self, die_at: int, roots: tuple[Path, ...]) -> None:
        self._die_at = die_at
        self._roots = roots
        self.kinds: list[str] = []
        """What each call was, and by which way of the program it came."""
        self._lock = threading.Lock()
        self._durable = {_inode(path) for path in _files(roots)}

    def install(self) -> None:
        """Replace the calls; only ever in a child, which never gives them back."""
        fsync, replace, commit = os.fsync, os.replace, DefaultDialect.do_commit

        def counted_fsync(descriptor: int) -> None:
            self._step("fsync")
            fsync(descriptor)
            self._durable.add(os.fstat(descriptor).st_ino)

        sync_file_system = write_barrier.sync_file_system

        def counted_barrier(descriptor: int) -> None:
            self._step("barrier")
            written = {
                _inode(path) for path in _files(self._roots)
            }  # what comes later is not waited for
            sync_file_system(descriptor)
            self._durable |= written

        def counted_replace(source: Any, target: Any) -> None:
            self._step("replace")
            replace(source, target)

        def counted_commit(dialect: DefaultDialect, connection: Any) -> None:
            if connection.in_transaction:
                self._step("commit")
            commit(dialect, connection)

        os.fsync = counted_fsync  # type: ignore[assignment]  # the signature is wider for other callers
        os.replace = os.rename = counted_replace  # type: ignore[assignment]  # as above
        write_barrier.sync_file_system = counted_barrier
        DefaultDialect.do_commit = counted_commit  # type: ignore[method-assign]

    def _step(self, call: str) -> None:
        with self._lock:
            self.kinds.append(f"{call} {way_of_program()}")
            if len(self.kinds) == self._die_at:
                self.lose_what_is_not_durable()
                os._exit(GONE)

    def lose_what_is_not_durable(self) -> None:
        """What a power cut now would do to files nobody synced."""
        for path in _files(self._roots):
            if _inode(path) not in self._durable and not path.name.endswith(_DATABASE):
                os.truncate(path, path.stat().st_size // 2)


def _files(roots: tuple[Path, ...]) -> Iterator[Path]:
    for root in roots:
        yield from (path for path in root.rglob("*") if path.is_file())


def _inode(path: Path) -> int:
    return path.stat().st_ino


def die_at(step: int, work: Callable[[], object], *roots: Path) -> bool:
    """Do ``work`` in a child that vanishes before the ``step``-th call; whether it got so far.

    ``roots``: the folders the work may write to. Raises ``AssertionError`` with the child's own words if it failed
    of itself.
    """
    status, words = _in_child(step, work, roots)
    assert status in {0, GONE}, words or f"the child ended with {status}"
    return status == GONE


def steps_to_die_at(
    work: Callable[[], object], *roots: Path, tried: Collection[str] = ()
) -> Iterator[int]:
    """The steps of ``work`` to try, as :func:`steps_of` picks them, and one that is never reached; does it in a child
    that lives to its end."""
    return chain(steps_of(kinds_of(work, *roots), tried), (MOST,))


def kinds_of(work: Callable[[], object], *roots: Path) -> list[str]:
    """What each step of ``work`` is; does it in a child that lives to its end."""
    status, words = _in_child(0, work, roots)
    assert status == 0, words or f"the child ended with {status}"
    return words.splitlines()


def _in_child(step: int, work: Callable[[], object], roots: tuple[Path, ...]) -> tuple[int, str]:
    """How it ended and what it told: the kinds of its steps, or why it failed."""
    told, telling = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # forking beside a test runner's idle threads
        child = os.fork()
    if not child:
        _do_and_vanish(step, work, roots, telling)
    os.close(telling)
    with os.fdopen(told, "r", encoding="utf-8") as stream:
        words = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), words


def _do_and_vanish(
    step: int, work: Callable[[], object], roots: tuple[Path, ...], telling: int
) -> None:
    status = FAILED
    try:
        signal.alarm(_PATIENCE)
        steps = Steps(step, roots)
        steps.install()
        work()
        steps.lose_what_is_not_durable()  # what is said to be done must outlive a power cut as well
        _tell(telling, "\n".join(steps.kinds))
        status = 0
    except BaseException:  # noqa: BLE001 - told to the parent, which fails the test
        _tell(telling, traceback.format_exc())
    finally:
        os._exit(status)


def _tell(telling: int, words: str) -> None:
    with os.fdopen(telling, "w", encoding="utf-8", errors="replace") as stream:
        stream.write(words)
