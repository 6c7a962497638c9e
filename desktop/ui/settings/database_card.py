"""Whether the database is sound: when all of it was read last, and a new look at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.ui.settings.last_time import LastTime
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard

Check = Callable[[Progress], None]
Last = Callable[[], datetime | None]


class DatabaseCard(Card):
    """``check`` raises ``AppError`` where the database is not sound, ``last`` says when it was found sound; both may be
    slow. ``unsound(error)``: a look of which nobody on this page may know found it so."""

    unsound = Signal(object)

    def __init__(self, kit: Kit, check: Check, last: Last, parent: QWidget) -> None:
        super().__init__(kit, "settings.database.title")
        self.setParent(parent)
        self._kit = kit
        self._check = check
        self._last = last
        self._by_itself = False
        self._button = Button(kit, "settings.database.check", name="database_check")
        self._button.clicked.connect(self._pressed)
        self._when = LastTime(
            kit, "settings.database.last", "settings.database.never", "database_when"
        )
        self._banner = Banner(kit, "database_banner", closable=True)
        card = WorkCard(kit, name="database_work")
        self._work = OneWork(kit, card, self)
        self._work.stirred.connect(self._allow)
        self._when.lay_out(self.body, "settings.database.explain", self._button)
        self.body.addWidget(card)
        self.body.addWidget(self._banner)
        kit.texts.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read when it was looked at last."""
        self._kit.runner.start("db", work_of(self._last), self._show, self._banner.show_error)

    def check_quietly(self) -> None:
        """Look at it though nobody asked for it, unless somebody just did."""
        self._start(by_itself=True)

    def _pressed(self) -> None:
        self._start(by_itself=False)

    def _start(self, *, by_itself: bool) -> None:
        if not self._work.busy:
            self._by_itself = by_itself
            self._banner.clear()
            self._work.start("settings.database.working", self._check, self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self._banner.show_key(Tone.OK, "settings.database.sound")
        self.reload()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._banner.show_key(Tone.INFO, "settings.database.stopped")
            return
        self._banner.show_error(error)
        if self._by_itself:
            self.unsound.emit(error)

    def _show(self, last: datetime | None) -> None:
        self._when.show(last)

    def _allow(self) -> None:
        self._button.setEnabled(not self._work.busy)
