"""A timer that rings once; tests ring it by hand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class AlarmSound(QObject):
    """Rings ``rang`` once, ``start``'s milliseconds after the last ``start``."""

    rang = Signal()

    def start(self, milliseconds: int) -> None:
        """Set it, or set it anew."""
        raise NotImplementedError

    def stop(self) -> None:
        """Let it not ring."""
        raise NotImplementedError

    @property
    def active(self) -> bool:
        """Whether it is going to ring."""
        raise NotImplementedError


class QtAlarm(AlarmSound):
    """An alarm on the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # A coarse timer may be 5 % late, which the cap on unsaved typing has no room for.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.rang)

    def start(self, milliseconds: int) -> None:
        """Set it, or set it anew."""
        self._timer.start(milliseconds)

    def stop(self) -> None:
        """Let it not ring."""
        self._timer.stop()

    @property
    def active(self) -> bool:
        """Whether it is going to ring."""
        return self._timer.isActive()
