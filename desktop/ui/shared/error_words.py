"""An error as sentences: what happened, what is safe, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.errors import AppError
from desktop.ui.shared.kit import Kit


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """Three short texts in the current language."""

    what: str
    safe: str
    do: str


def error_code(error: Exception) -> str:
    """The catalogue code: that of an :class:`AppError`, ``unforeseen`` for anything else."""
    return error.code if isinstance(error, AppError) else "unforeseen"


def words_of(kit: Kit, error: Exception) -> ErrorWords:
    """The sentences for ``error``. Nothing of a foreign exception's own text is shown."""
    code = error_code(error)
    params = error.params if isinstance(error, AppError) else {}
    what, safe, do = (
        kit.words.text(f"errors.{code}.{part}", **params) for part in ("what", "safe", "do")
    )
    return ErrorWords(what, safe, do)
