"""预警劝阻: what is recorded of it among the answers of its visit, and when the person is called again.

Levels, outcomes and what is said stand in the script of the visit (``resources/scripts/visits.toml``); the ids below
are those of its questions, so that every program since the first keeps what was answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.cases.answers import choice_mark
from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import parse_yuan

LEVEL: Final = "dissuasion.ask.level"
OUTCOME: Final = "dissuasion.ask.outcome"
SAVED: Final = "dissuasion.ask.saved"
"""How much was kept from leaving, as an amount of yuan."""
CALL_AGAIN: Final = "call_again"
"""The source of the task that is the next call."""
_STOPPED: Final = choice_mark("stopped")
_OPEN: Final = frozenset({"", *map(choice_mark, ("doubting", "unreached"))})


@dataclass(frozen=True, slots=True)
class Dissuasions:
    """``stopped``: who was kept from paying; ``open``: where it is not known yet; ``saved_fen``: money that did not
    leave, in fen; ``calls``: calls out."""

    count: int = 0
    stopped: int = 0
    open: int = 0
    saved_fen: int = 0
    calls: int = 0


NO_DISSUASIONS: Final = Dissuasions()


def is_open(outcome: str) -> bool:
    """Whether somebody has to call once more: not convinced yet, not found, or nobody called so far."""
    return outcome in _OPEN


def counted(cases: Iterable[tuple[Mapping[str, str], int]]) -> Dissuasions:
    """What the answers of several dissuasions come to, each with how many next calls were set."""
    outcomes: Counter[str] = Counter()
    saved = calls = 0
    for answers, following in cases:
        outcome = answers.get(OUTCOME, "")
        outcomes[outcome] += 1
        saved += _saved_fen(answers)
        calls += _calls(outcome, following)
    still = sum(count for outcome, count in outcomes.items() if is_open(outcome))
    return Dissuasions(outcomes.total(), outcomes[_STOPPED], still, saved, calls)


def _calls(outcome: str, following: int) -> int:
    """Each call whose end is open sets the next one, the last one sets none."""
    last = bool(outcome) and (not is_open(outcome) or not following)
    return following + int(last)


def _saved_fen(answers: Mapping[str, str]) -> int:
    """The money that was kept from leaving; 0 for what is no amount."""
    try:
        return parse_yuan(answers.get(SAVED, ""))
    except UserInputError:
        return 0
