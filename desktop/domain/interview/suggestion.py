"""Which type of fraud a story sounds like, and by which of its words. An officer decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Feature(StrEnum):
    """What the facts beside the narrative show: how money went and what the fraud used.

    ``RISING``: each payment larger than the first; ``MANY``: four payments or more; ``GOT_BACK``: some came back;
    ``CORPORATE``: to a firm.
    """

    RISING = "rising"
    MANY = "many"
    GOT_BACK = "got_back"
    CORPORATE = "corporate"
    CRYPTO = "crypto"
    SCAN = "scan"
    QUICK_PAY = "quick_pay"
    MEETING = "meeting"
    CALLED = "called"
    PARCEL = "parcel"


def is_firm(name: str) -> bool:
    """Whether an account is held by a firm, by its name."""
    return "公司" in name


@dataclass(frozen=True, slots=True)
class SuggestionReason:
    """A word of the narrative from ``start`` to ``end``, or a feature (then both are -1), with what it adds."""

    word: str
    start: int
    end: int
    weight: int

    @property
    def feature(self) -> bool:
        """Whether it is a :class:`Feature` by its value, not a word."""
        return self.start < 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``score`` is the sum of the weights of ``reasons``, the heaviest first."""

    code: str
    score: int
    reasons: tuple[SuggestionReason, ...]
