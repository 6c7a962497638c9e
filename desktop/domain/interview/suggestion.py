"""Which type of fraud a story sounds like, and by which of its words. An officer decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StoryVerdict(StrEnum):
    """What a story sounds like as a whole. ``UNSURE``: too little is said to tell."""

    FRAUD = "fraud"
    NOT_FRAUD = "not_fraud"
    UNSURE = "unsure"


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
    """A word of the narrative from ``start`` to ``end``, or a feature (then both are -1), with what it adds, in
    hundredths of a logit."""

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
    """``score``: of a hundred stories that sound like this one, how many are of the type; ``reasons``: the heaviest
    first, none where nothing in the story speaks for it."""

    code: str
    score: int
    reasons: tuple[SuggestionReason, ...]


@dataclass(frozen=True, slots=True)
class StoryReading:
    """What a story sounds like, and of which types most: two of them, best first, whatever the verdict.

    ``likeliest``: the two likeliest answers, codes of types or values of :class:`StoryVerdict`; where ``close``, a
    question has to decide between them. ``version``: of the model, so that what was proposed can be told from what a
    later one proposes.
    """

    verdict: StoryVerdict
    candidates: tuple[Suggestion, ...] = ()
    likeliest: tuple[str, ...] = ()
    close: bool = False
    version: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """Between which labels a question has to decide; where one is clear, that which it has to confirm."""
        return self.likeliest if self.close else self.likeliest[:1]
