"""A page that shows what it reads: one skeleton for every screen with a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import Lane
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow

View = TypeVar("View")
_WORTH_SAYING: Final = 1000
"""Cases that take a second."""
_REST: Final = timedelta(minutes=1)
"""Between two readings by itself, the first of which failed."""


class ListPage(Page, Generic[View]):
    """Reads when it comes to the front and on F5; what is shown stays until the new reading is here. Only the latest
    reading counts, and none once the page was left. Why nothing could be read is said above, with a button to try
    again; it goes by itself once something was read. That something was done is old once the page was left.

    A page says what it reads in :meth:`work` and shows it in :meth:`show_view`. ``name``: of its parts, for tests and
    screen readers; ``keys``: the heading of its keys in the overview. ``changed``: something was recorded.
    """

    changed = Signal()
    view_shown = Signal()
    """What was asked for is on the page."""
    lane: ClassVar[Lane] = "survey"
    """Where it reads."""
    follows: ClassVar[bool] = False
    """Whether it reads anew what was recorded elsewhere while it is in front."""
    of_reckoned_cases: ClassVar[bool] = False
    """Whether it waits for cases to be reckoned, and tells how many. The first time these are all."""

    def __init__(
        self, kit: Kit, title_key: str, name: str, keys: str, *, again: str = "shared.refresh"
    ) -> None:
        super().__init__(kit, title_key)
        self.setObjectName(f"{name}_screen")
        self._keys = keys
        self._reading = Latest(kit.runner, self)
        self._owed = False
        self._failed_at: datetime | None = None
        """When it could not be read last, unless it was since."""
        self._behind = False
        """Whether something was recorded since the reading that goes on was asked for."""
        self.banner = Banner(kit, f"{name}_banner", closable=True)
        self.banner.offer_again(self.add(again, "F5", self.reload))
        self.progress = ProgressRow(kit, "items", name=f"{name}_catching_up")
        self.progress.setParent(self)  # not a window of its own until it is placed
        self.progress.cancelled.connect(self._stop_reading)
        if self.of_reckoned_cases:
            kit.catching_up.advanced.connect(self._caught_up)

    def work(self) -> Callable[[Progress], View]:
        """What is read, off the GUI thread."""
        raise NotImplementedError

    def show_view(self, view: View) -> None:
        """Show a reading."""
        raise NotImplementedError

    def opened(self) -> None:
        """Read anew."""
        self.reload()

    def reread(self) -> None:
        """Read anew; while a reading goes on, after it: where others write all the time none would come to its end."""
        if not self.follows:
            return
        if self._reading.waits:
            self._behind = True
        else:
            self.reload()

    def reload(self) -> None:
        """Ask for what is shown."""
        self._owed = self._behind = False
        advance = self.kit.catching_up.advance if self.of_reckoned_cases else None
        self._reading.start(self.lane, self.work(), self._was_read, self._not_read, advance=advance)

    def reload_by_itself(self) -> None:
        """Time alone changed what is to be shown: ask for it, once somebody looks and nothing is asked for yet. After a
        reading that failed only in a while: the reason stands above, with a button."""
        now, failed = self.kit.ticks.now(), self._failed_at
        rests = failed is not None and abs(now - failed) < _REST
        if self.isVisible() and not self._reading.waits and not rests:
            self.reload()

    def add(self, key: str, keys: str, handler: Callable[[], object]) -> Action:
        """An action of the page."""
        return self.kit.actions.add(self, key, keys, handler, group_key=self._keys)

    def fail(self, error: Exception) -> None:
        """Say what could not be done."""
        self.banner.show_error(error)

    def recorded(self) -> None:
        """Something was done here: why something could not be done before is no news, and what is shown changed."""
        self.banner.acted()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever left waits for nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.banner.page_left()
            self._owed = self._reading.waits
            self._stop_reading()

    def showEvent(self, event: QShowEvent) -> None:
        """What was not waited for is asked for again: the lock gives back the page as it was."""
        super().showEvent(event)
        if self._owed:
            self.reload()

    def _caught_up(self, done: int, total: int) -> None:
        """Where the list will stand, one reads how long it takes. What is done in a moment is not worth a word."""
        if not self._reading.waits or total < _WORTH_SAYING:
            return
        if self.progress.isHidden():
            self.body.insertWidget(self.body.indexOf(self.banner) + 1, self.progress)
            self.progress.begin("shared.catching_up")
        self.progress.advance(done, total)

    def _stop_reading(self) -> None:
        self._reading.stop()
        self.progress.finish()

    def _was_read(self, view: View) -> None:
        self._failed_at = None
        self.progress.finish()
        self.banner.was_read()
        self.show_view(view)
        self.view_shown.emit()
        if self._behind:
            self.reload()

    def _not_read(self, error: Exception) -> None:
        self._failed_at = self.kit.ticks.now()
        self.progress.finish()
        self.banner.show_unread(error)
