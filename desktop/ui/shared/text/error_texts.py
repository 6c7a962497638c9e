"""An error as sentences: what happened, what is safe, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.errors import AppError
from desktop.ui.shared.kit.kit import Kit


@dataclass(frozen=True, slots=True)
class ErrorTexts:
    """Three short texts in the current language."""

    what: str
    safe: str
    do: str


def words_of(kit: Kit, error: Exception, report: str = "") -> ErrorTexts:
    """The sentences for ``error``.

    Of a foreign exception nothing is shown but the number of its report: its own text may quote
    what somebody typed.
    """
    code = "unexpected"
    params: dict[str, str | int] = {"report": report}
    if isinstance(error, AppError):
        code, params = error.code, error.params
    what, safe, do = (
        kit.texts.text(f"errors.{code}.{part}", **params) for part in ("what", "safe", "do")
    )
    return ErrorTexts(what, safe, do)


def what_and_do(kit: Kit, error: Exception) -> str:
    """Two lines for ``error`` where there is room for no more."""
    words = words_of(kit, error)
    return "\n".join(part for part in (words.what, words.do) if part)
