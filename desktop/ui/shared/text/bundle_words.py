"""What is wrong with a volume, in the words of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop.domain.errors import AppError
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.error_words import words_of


def problem_lines(kit: Kit, problems: Iterable[tuple[Path, AppError]]) -> tuple[str, ...]:
    """``A-000213-2.fzb：…`` for each refused volume: what happened and what to do."""
    lines = []
    for path, error in problems:
        words = words_of(kit, error)
        lines.append(kit.words.text("trust.problem", file=path.name, what=words.what, do=words.do))
    return tuple(lines)
