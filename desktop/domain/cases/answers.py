"""What stands under a question: the person's words, or why there are none.

Nothing on an official paper is left blank without a reason, so a question that was asked and not answered says
whether the person did not know, would not say, or was not asked because it does not apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

_MARK: Final = "@"
TICKED: Final = "@yes"
"""The answer under a line that is ticked rather than answered: material that was seen or taken."""

_CHOSEN: Final = "@="
"""Before the id of an answer that was chosen from those a question offers."""


class Blank(StrEnum):
    """Why there is no answer."""

    UNKNOWN = "unknown"
    REFUSED = "refused"
    SKIPPED = "skipped"


_ROUND: Final = ("", *(_MARK + reason.value for reason in Blank))


def choice_mark(choice: str) -> str:
    """How a chosen answer is recorded: by its id, so that it reads in either language."""
    return _CHOSEN + choice


def blank_of(answer: str) -> Blank | None:
    """The reason an answer stands for; None for words and for nothing at all."""
    for reason in Blank:
        if answer == _MARK + reason.value:
            return reason
    return None


def next_blank(answer: str) -> str:
    """The next reason after ``answer``, going round; words stay what they are."""
    return _ROUND[(_ROUND.index(answer) + 1) % len(_ROUND)] if answer in _ROUND else answer


def words_of(answer: str) -> str:
    """The person's words; empty for a reason or a tick."""
    return "" if answer == TICKED or blank_of(answer) is not None else answer


class QuestioningProgress:
    """How far the questioning got: ``total`` questions, of which ``answered`` and ``blank`` with a reason."""

    __slots__ = ("answered", "blank", "total")

    def __init__(self, ids: Iterable[str], answers: Mapping[str, str]) -> None:
        given = [answers.get(name, "") for name in ids]
        self.total = len(given)
        self.answered = sum(1 for answer in given if words_of(answer))
        self.blank = sum(1 for answer in given if blank_of(answer) is not None)

    @property
    def done(self) -> int:
        """Questions that need not be put again."""
        return self.answered + self.blank
