"""What is wrong with a volume, in the words of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.domain.errors import AppError
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.error_texts import words_of

if TYPE_CHECKING:
    from desktop.services.exchange.take_in.apply_bundle import Note

_SHOWN: Final = 3
"""Lines below a banner."""


def first_problems(kit: Kit, problems: Sequence[tuple[Path, AppError]]) -> tuple[str, ...]:
    """Lines for the first of them, and how many more there are."""
    lines = problem_lines(kit, problems[:_SHOWN])
    more = len(problems) - len(lines)
    return (*lines, kit.texts.text("trust.more_problems", count=more)) if more else lines


def problem_lines(kit: Kit, problems: Iterable[tuple[Path, AppError]]) -> tuple[str, ...]:
    """``A-000213-2.fzb：…`` for each refused volume: what happened and what to do."""
    return tuple(problem_line(kit, path.name, error) for path, error in problems)


def problem_line(kit: Kit, name: str, error: AppError) -> str:
    """What is wrong with what bears that name, and what to do."""
    words = words_of(kit, error)
    return kit.texts.text("trust.problem", file=name, what=words.what, do=words.do)


def note_text(kit: Kit, note: Note) -> str:
    """The sentence of a note, with what to do where it tells of an error."""
    if note.error is None:
        return kit.texts.text(note.key, **note.params)
    words = words_of(kit, note.error)
    return f"{kit.texts.text(note.key, **note.params, reason=words.what)} {words.do}"
