"""A key that is held down counts once, on X11 too.

X11 sends a held key as releases and presses in turn. Qt takes a press for a repeated one only if it lay in the queue
already when the release was read, so a window that is quick sees new presses: F9 held for a second opened the check
before the stop order and sent the order. Both parts of a repetition carry the same time, which no finger can do.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent

from desktop.ui.shared.kit.window_filter import WindowFilter

_PLATFORM = "xcb"


class HeldKeys(WindowFilter):
    """Marks the repetitions Qt missed."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app, parent=app)
        self._released: tuple[int, int] | None = None
        """Key and time of the last release."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a missed repetition from shortcuts, and hand it on as what it is."""
        if not isinstance(event, QKeyEvent):
            return False
        moment = (event.key(), event.timestamp())
        if event.type() is QEvent.Type.KeyRelease:
            self._released = moment
            return False
        if event.isAutoRepeat() or moment != self._released:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        else:
            QCoreApplication.sendEvent(watched, _repeated(event))
        return True


def watch_held_keys(app: QGuiApplication) -> None:
    """For the whole program; other platforms say by themselves what is repeated."""
    if app.platformName() == _PLATFORM:
        HeldKeys(app)


def _repeated(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(), event.key(), event.modifiers(), event.nativeScanCode(), event.nativeVirtualKey(),
        event.nativeModifiers(), event.text(), True, event.count(),
    )  # fmt: skip
