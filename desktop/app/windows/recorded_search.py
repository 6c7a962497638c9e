"""The search above every page, and the trace it leaves: one for what was searched, not one for each key."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.errors import AppError
from desktop.domain.papers.paper_code import read_paper_mark
from desktop.domain.progress import Progress
from desktop.services.audit.note_search import SearchWay, note_search
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.tables.search_results import SearchHits
from desktop.ui.shell.main_window import MainWindow

_SETTLED: Final = timedelta(seconds=5)
"""Whoever typed nothing more for so long has searched for what stands there."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _RecordedSearch:
    text: str
    hits: int
    at: datetime


class RecordedSearch(QObject):
    """Finds by ``find`` in the ``survey`` lane. What is typed on is one search; it is recorded when another begins,
    when a hit is opened, when the desk is locked or left, or after a pause."""

    def __init__(
        self, kit: Kit, session: Session, find: Callable[[str, CaseFilter], SearchHits]
    ) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._find = find
        self._guard = threading.Lock()
        self._pending: _RecordedSearch | None = None

    def __call__(self, text: str, only: CaseFilter = ANY_CASE) -> SearchHits:
        """Everything that ``text`` finds of what was chosen."""
        found = self._find(text, only)
        fresh = _RecordedSearch(text, len(found.hits), self._session.clock.now())
        with self._guard:
            before, self._pending = self._pending, fresh
        if before is not None and not _typed_on(before.text, text):
            self._record(before)
        return found

    def join(self, window: MainWindow) -> None:
        """Record what stands when the officer goes on to something else."""
        self.setParent(window)
        for signal in (window.search_opened, window.lock_changed, window.closing):
            signal.connect(self.settle)
        self._kit.ticks.ticked.connect(self._look)

    def settle(self, _anything: object = None) -> None:
        """What was searched last is done with."""
        with self._guard:
            waiting = self._pending is not None
        if waiting:
            self._kit.runner.start("db", self._flush, self._recorded, self._unrecorded)

    def _look(self, now: datetime) -> None:
        with self._guard:
            due = self._pending is not None and now - self._pending.at >= _SETTLED
        if due:
            self.settle()

    def _flush(self, _progress: Progress) -> None:
        with self._guard:
            done, self._pending = self._pending, None
        if done is not None:
            self._record(done)

    def _recorded(self, _nothing: None) -> None:
        """Nobody waits for it."""

    def _unrecorded(self, error: Exception) -> None:
        code = error.code if isinstance(error, AppError) else type(error).__name__
        _log.warning("a search was not recorded: %s", code)

    def _record(self, done: _RecordedSearch) -> None:
        way = SearchWay.MARK if read_paper_mark(done.text) is not None else SearchWay.WORDS
        note_search(self._session, done.text, done.hits, way)


def _typed_on(before: str, now: str) -> bool:
    return now.startswith(before) or before.startswith(now)
