"""How far it is with the cases that lists and figures wait for, whoever has them reckoned."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class CatchingUp(QObject):
    """Surveys take turns: the look at the clocks may reckon what the page in front waits for. So all of them tell it
    here, and every page that waits shows it. ``advanced(done, total)``, in cases."""

    advanced = Signal(int, int)

    def advance(self, done: int, total: int) -> None:
        """So many cases are reckoned of all that waited."""
        self.advanced.emit(done, total)
