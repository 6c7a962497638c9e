"""Which narratives read alike, kept for as long as nothing was recorded: each series that is opened asks it again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from desktop.domain.series.series import StoryHint

Hints = tuple[StoryHint, ...]


@dataclass(slots=True)
class AlikeMemo:
    """The last answer and what it was the answer to. No text is kept."""

    _asked: Hashable = None
    _hints: Hints = ()
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def hints(self, asked: Hashable, find: Callable[[], Hints]) -> Hints:
        """What was found for the same question, else what ``find`` finds."""
        with self._lock:
            if self._asked == asked:
                return self._hints
        hints = find()
        with self._lock:
            self._asked, self._hints = asked, hints
        return hints
