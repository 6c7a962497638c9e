"""What the main window leaves in the journal by itself: locked, unlocked, a setting changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields
from functools import partial

from PySide6.QtCore import QObject

from desktop.domain.errors import AppError
from desktop.runtime.texts.settings import Settings
from desktop.services.audit.note_lock import note_lock
from desktop.services.audit.note_settings import note_settings
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shell.main_window import MainWindow

_log = logging.getLogger(__name__)


class WindowTraces(QObject):
    """Lives as long as the window of one officer. A disk that takes no entry keeps nobody from locking."""

    def __init__(self, kit: Kit, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._kit = kit
        self._session = session
        window.lock_changed.connect(self._locked)

    def settings_changed(self, before: Settings, now: Settings) -> None:
        """The officer chose something else."""
        names = [
            item.name
            for item in fields(Settings)
            if getattr(before, item.name) != getattr(now, item.name)
        ]
        self._start(partial(note_settings, self._session, names))

    def _locked(self, locked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._start(partial(note_lock, self._session, locked=locked))

    def _start(self, note: Callable[[], None]) -> None:
        self._kit.runner.start("db", work_of(note), self._recorded, self._unrecorded)

    def _recorded(self, _nothing: None) -> None:
        """Nobody waits for it."""

    def _unrecorded(self, error: Exception) -> None:
        code = error.code if isinstance(error, AppError) else type(error).__name__
        _log.warning("a trace was not recorded: %s", code)
