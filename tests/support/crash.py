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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from desktop.runtime.files import write_barrier

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
        self._count = 0
        self._lock = threading.Lock()
        self._durable = {_inode(path) for path in _files(roots)}

    def install(self) -> None:
        """Replace the calls; only ever in a child, which never gives them back."""
        fsync, replace, commit = os.fsync, os.replace, DefaultDialect.do_commit

        def counted_fsync(descriptor: int) -> None:
            self._step()
            fsync(descriptor)
            self._durable.add(os.fstat(descriptor).st_ino)

        sync_file_system = write_barrier.sync_file_system

        def counted_barrier(descriptor: int) -> None:
            self._step()
            written = {
                _inode(path) for path in _files(self._roots)
            }  # what comes later is not waited for
            sync_file_system(descriptor)
            self._durable |= written

        def counted_replace(source: Any, target: Any) -> None:
            self._step()
            replace(source, target)

        def counted_commit(dialect: DefaultDialect, connection: Any) -> None:
            if connection.in_transaction:
                self._step()
            commit(dialect, connection)

        os.fsync = counted_fsync  # type: ignore[assignment]  # the signature is wider for other callers
        os.replace = os.rename = counted_replace  # type: ignore[assignment]  # as above
        write_barrier.sync_file_system = counted_barrier
        DefaultDialect.do_commit = counted_commit  # type: ignore[method-assign]

    def _step(self) -> None:
        with self._lock:
            self._count += 1
            if self._count == self._die_at:
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
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, GONE}, words or f"the child ended with {status}"
    return status == GONE


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
        status = 0
    except BaseException:  # noqa: BLE001 - told to the parent, which fails the test
        os.write(telling, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        os._exit(status)
