"""The small line on papers whose times come from a clock that is known to be off."""

from __future__ import annotations

from typing import Final

from desktop.documents.form_texts import FormTexts
from desktop.domain.clock_offset import ClockOffset

_UNITS: Final = (("days", 86400), ("hours", 3600), ("minutes", 60), ("seconds", 1))


def clock_line(clock: ClockOffset | None, words: FormTexts) -> str:
    """``本机时钟比北京时间慢2分13秒（… 比对），…``; "" where nothing needs to be said."""
    if clock is None or not clock.seconds:
        return ""
    way = "slow" if clock.seconds > 0 else "fast"
    off = _length(abs(clock.seconds), words)
    return words.text(f"clock.{way}", off=off, at=words.minute(clock.compared_at))


def _length(seconds: int, words: FormTexts) -> str:
    parts = []
    for name, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(words.text(f"clock.{name}", count=count))
    return ("" if words.is_chinese else " ").join(parts)
