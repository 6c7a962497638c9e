"""Amounts of data and stretches of time in words."""

from __future__ import annotations

from desktop.domain.time.rough_span import rough_span
from desktop.ui.shared.kit.translator import Translator

_UNITS = ("b", "kb", "mb", "gb", "tb")
_STEP = 1024


def size_text(texts: Translator, count: int) -> str:
    """``1.8 GB``: powers of 1024 as the system's file windows count, one decimal below ten."""
    size = float(count)
    unit = 0
    while size >= _STEP and unit < len(_UNITS) - 1:
        size /= _STEP
        unit += 1
    shown = f"{size:.1f}" if unit and size < 10 else f"{size:.0f}"
    return texts.text(f"shared.size.{_UNITS[unit]}", n=shown)


def rough_text(texts: Translator, minutes: int) -> str:
    """``47 min``, ``3 h``, ``13 d``, ``20 years``."""
    unit, count = rough_span(minutes)
    return texts.text(f"shared.rough.{unit}", count=count)


def remaining_text(texts: Translator, seconds: float) -> str:
    """ "18 s left", "3 min left", "1 h 05 min left", rounded up so that it never promises too
    much."""
    whole = max(1, -int(-seconds // 1))
    if whole < 60:
        return texts.text("shared.progress.seconds_left", n=whole)
    minutes = -(-whole // 60)
    if minutes < 60:
        return texts.text("shared.progress.minutes_left", n=minutes)
    return texts.text("shared.progress.hours_left", h=minutes // 60, m=f"{minutes % 60:02}")
