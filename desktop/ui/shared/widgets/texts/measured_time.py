"""How long something took, as figures say it: nothing runs, so nothing needs its seconds."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.widgets.texts.clock_face import duration_text

_MINUTE: Final = 60
_HOUR: Final = 3600
_TENTHS_OF_MINUTES_UP_TO: Final = 10 * _MINUTE
_DAY: Final = 24 * _HOUR
_TENTHS_UP_TO: Final = 10 * _HOUR
_HOURS_UP_TO: Final = 3 * _DAY


def span_text(texts: Translator, span: timedelta) -> str:
    """``1.7 min`` under ten minutes, ``25 min`` under an hour, ``6.4 h`` under ten, ``47 h`` under three days, then
    whole days. Always with its unit: beside hours, ``02:00`` is read as two of them."""
    seconds = int(span.total_seconds())
    if seconds >= _HOURS_UP_TO:
        return duration_text(texts, seconds)
    if seconds < _TENTHS_OF_MINUTES_UP_TO:
        return texts.text("shared.took.minutes", minutes=f"{seconds / _MINUTE:.1f}")
    if _HOUR <= seconds < _TENTHS_UP_TO:
        return texts.text("shared.took.hours", hours=f"{seconds / _HOUR:.1f}")
    return whole_span_text(texts, seconds)


def whole_span_text(texts: Translator, seconds: int) -> str:
    """``25 min`` under an hour, ``20 h`` under three days, then ``17 d``: as short as it can be read."""
    if seconds >= _HOURS_UP_TO:
        return texts.text("shared.took.days", days=seconds // _DAY)
    if seconds < _HOUR:
        return texts.text("shared.took.minutes", minutes=seconds // _MINUTE)
    return texts.text("shared.took.hours", hours=seconds // _HOUR)
