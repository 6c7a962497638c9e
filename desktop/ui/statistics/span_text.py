"""How long something took: a measured time, not a clock that runs, so that seconds end where they say nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.widgets.clock_face import duration_text

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_TENTHS_UP_TO: Final = 10 * _HOUR
_HOURS_UP_TO: Final = 3 * _DAY


def span_text(words: Translator, span: timedelta) -> str:
    """``11:28`` under an hour, ``6.4 h`` under ten, ``47 h`` under three days, then whole days."""
    seconds = int(span.total_seconds())
    if not _HOUR <= seconds < _HOURS_UP_TO:
        return duration_text(words, seconds)
    hours = f"{seconds / _HOUR:.1f}" if seconds < _TENTHS_UP_TO else f"{seconds // _HOUR}"
    return words.text("statistics.hours", hours=hours)
