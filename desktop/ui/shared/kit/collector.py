"""Garbage is collected on the GUI thread only.

Python runs its cycle collector in whatever thread happens to allocate. Met in a worker thread, a
cycle that holds a widget is destroyed there, and Qt may then crash in the GUI thread long after.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_PERIOD_MS = 1000


class GuiCollector(QObject):
    """Takes over from the automatic collector while it lives; create it on the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setInterval(_PERIOD_MS)
        self._timer.timeout.connect(self.collect_if_due)

    def start(self) -> None:
        """Stop the automatic collector; what exists by now is taken for permanent."""
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def collect_if_due(self) -> int:
        """Collect the oldest generation whose threshold is passed; returns how much was found."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [place for place in range(3) if counts[place] > limits[place]]
        return gc.collect(due[-1]) if due else 0
