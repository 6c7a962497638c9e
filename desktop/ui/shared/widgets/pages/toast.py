"""A line that confirms what was done, and goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation, QEvent, QObject, QPropertyAnimation, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label

_SHOWN_MS = 3500
_FADE_MS = 250
_NAME = "toast"


class Toast(QFrame):
    """Floats above the status bar of its window; the newest replaces the one before."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self.setObjectName(_NAME)
        self.setProperty("floating", True)
        row = Row(kit, self)
        side, high = kit.theme.space("space_l"), kit.theme.space("space_s")
        row.setContentsMargins(side, high, side, high)
        self._icon = IconLabel(kit, "check_circle", ink="green")
        row.addWidget(self._icon)
        self.message = Label(kit)
        self.message.setObjectName("toast_message")
        row.addWidget(self.message)
        self._effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(_FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.finished.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self._start_fade)
        window.installEventFilter(self)
        kit.texts.changed.connect(self._place)

    def say(self, tone: Tone, key: str, **params: str | int) -> None:
        """Show the words of ``key``, read them out, then fade."""
        self._fade.stop()
        self._effect.setOpacity(1.0)
        set_look(self, panel=tone.value)
        self._icon.set_icon("check_circle" if tone is Tone.OK else "info", tone.value)
        self.message.set_tone(tone)
        self.message.set_key(key, **params)
        self._kit.texts.bind(self.setAccessibleName, key, **params)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        window = self._window
        offset = self._kit.theme.space("toast_offset")
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - offset)

    def _start_fade(self) -> None:
        self._fade.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)


def toast(
    kit: Kit, widget: QWidget, key: str, *, tone: Tone = Tone.OK, **params: str | int
) -> Toast:
    """Confirm something in the window of ``widget``."""
    window = widget.window()
    found = window.findChild(Toast, _NAME)
    shown = found if isinstance(found, Toast) else Toast(kit, window)
    shown.say(tone, key, **params)
    return shown
