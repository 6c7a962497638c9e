"""Garbage is collected on the GUI thread only, and never much of it while somebody works.

Python runs its cycle collector in whatever thread happens to allocate. Met in a worker thread, a
cycle that holds a widget is destroyed there, and Qt may then crash in the GUI thread long after.

Looking through all that a full board holds takes tenths of a second, which a key would have to wait
for. So what lived through a look is taken for lasting and left out of the next ones, and so is what a
worker brought in such numbers that the look alone would be felt. Only when nobody touches anything
is everything looked through again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

_PERIOD_MS: Final = 1000
_MOST: Final = 20_000
"""Objects looked through while somebody may be typing; some milliseconds."""
_QUIET: Final = 60
"""Periods nobody has touched anything and nothing was at work, until everything is looked through."""
_OLDEST: Final = 2


class GuiCollector(QObject):
    """Takes over from the automatic collector while it lives; create it on the GUI thread.

    ``still`` is asked every second whether nobody would notice a pause now.
    """

    def __init__(self, still: Callable[[], bool] = lambda: False) -> None:
        super().__init__()
        self._still = still
        self._quiet = 0
        self._young = 0
        """About how many objects the next look at the oldest generation goes through."""
        self._unseen = False
        """Whether anything was set aside since everything was looked through."""
        self._timer = QTimer(self)
        self._timer.setInterval(_PERIOD_MS)
        self._timer.timeout.connect(self.collect_if_due)

    def start(self) -> None:
        """Stop the automatic collector; what exists by now is taken for permanent until the first quiet hour. No
        look through it: it was just loaded, and the first window would wait a tenth of a second for it."""
        gc.disable()
        self._set_aside()
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def collect_if_due(self) -> int:
        """Collect the oldest generation whose threshold is passed, or everything in a quiet hour; returns how much
        was found."""
        self._quiet = self._quiet + 1 if self._still() else 0
        if self._quiet >= _QUIET and self._unseen:
            return self._collect_all()
        counts, limits = gc.get_count(), gc.get_threshold()
        if self._young + counts[0] > _MOST:
            self._set_aside()
            return 0
        due = [place for place in range(_OLDEST + 1) if counts[place] > limits[place]]
        if not due:
            return 0
        found = gc.collect(due[-1])
        self._young += max(counts[0] - found, 0)
        if due[-1] == _OLDEST:
            self._set_aside()
        return found

    def _collect_all(self) -> int:
        gc.unfreeze()
        found = gc.collect()
        self._set_aside()
        self._unseen = False
        return found

    def _set_aside(self) -> None:
        """What there is, is left out of every look until a quiet hour. Takes no time, however much it is."""
        gc.freeze()
        self._young, self._unseen = 0, True
