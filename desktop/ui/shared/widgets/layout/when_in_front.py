"""What opens by itself waits until the page it belongs to is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.latest import is_in_front


class WhenInFront(QObject):
    """Of what waits for ``page`` only the last is done. A page that never comes back takes it along."""

    def __init__(self, page: QWidget, owner: QObject) -> None:
        super().__init__(owner)
        self._page = page
        self._waiting: Callable[[], object] | None = None
        page.installEventFilter(self)

    def do(self, call: Callable[..., object], *arguments: object) -> None:
        """Call it now, or once the page is in front again."""
        if is_in_front(self._page):
            call(*arguments)
        else:
            self._waiting = partial(call, *arguments)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The page comes to the front: behind the event, when the window has turned to it."""
        coming = event.type() in (QEvent.Type.Show, QEvent.Type.EnabledChange)
        if coming and self._waiting is not None:
            QTimer.singleShot(0, self, self._look)
        return False

    def _look(self) -> None:
        waiting = self._waiting
        if waiting is not None and is_in_front(self._page):
            self._waiting = None
            waiting()
