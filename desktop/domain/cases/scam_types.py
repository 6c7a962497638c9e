"""Types of fraud and what to ask a victim of each. The officer decides the type; this only proposes words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from desktop.domain.cases.answers import choice_mark

_DEFAULT: Final = "zh_CN"
_T = TypeVar("_T")


class Section(StrEnum):
    """What a line is for. ``DELIVERY``: ways money and goods leave besides transfers, of any type; ``ADVICE``: what
    a person may be told or given, to be ticked; ``SIGNS``: how a fraud of that type goes, for who has to know it;
    ``BRANCH``: another way of the law a case may go; ``CIRCUMSTANCE``: what aggravates it; ``STATEMENT``: wordings of
    the printed statement."""

    ASK = "ask"
    EVIDENCE = "evidence"
    FUNDS = "funds"
    CHANNEL = "channel"
    DELIVERY = "delivery"
    ADVICE = "advice"
    SIGNS = "signs"
    BRANCH = "branch"
    CIRCUMSTANCE = "circumstance"
    STATEMENT = "statement"


def in_language(texts: Mapping[str, _T], language: str) -> _T:
    """``en_XA`` and the like read the plain language; an unknown language reads Chinese."""
    return texts.get(language) or texts.get(language.partition("_")[0]) or texts[_DEFAULT]


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One of the answers offered under a question. ``urgent``: what must be done once it is chosen."""

    id: str
    texts: Mapping[str, str]
    urgent: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """The answer in a language."""
        return in_language(self.texts, language)

    def call(self, language: str) -> str:
        """What must be done at once; empty for most answers."""
        return in_language(self.urgent, language) if self.urgent else ""


@dataclass(frozen=True, slots=True)
class ScriptQuestion:
    """One line. ``id`` (``T04.ask.codes``, ``core.ask.contact``) never changes once answers were saved under it."""

    id: str
    section: Section
    texts: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    """A few words for lists and boxes to tick."""
    details: tuple[ScriptQuestion, ...] = ()
    """What is asked on once the line holds: plate, order, place and telephone of a driver."""
    urgent: Mapping[str, str] = field(default_factory=dict)
    """What must be done before anything else is typed."""
    choices: tuple[AnswerChoice, ...] = ()
    """The answers offered; empty where the person's own words stand."""
    required: bool = False
    """Whether a visit is incomplete without an answer. It advises and holds nothing up."""
    cues: tuple[str, ...] = ()
    """Words in what was written that suggest the line holds."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What an officer keeps in mind while asking. It is shown on the screen and never printed as spoken."""
    noted: bool = False
    """Whether the officer answers it alone: it is put to nobody and stands in no record of an interview."""

    def choice(self, answer: str) -> AnswerChoice | None:
        """The offered answer behind what is recorded; None for words, marks and nothing at all."""
        return next((item for item in self.choices if choice_mark(item.id) == answer), None)

    def answer_text(self, answer: str, language: str) -> str:
        """What was said, in words; a reason for having no answer stays the mark it is."""
        chosen = self.choice(answer)
        return chosen.text(language) if chosen else answer

    def name(self, language: str) -> str:
        """A few words, the whole line where nobody wrote any."""
        return in_language(self.names or self.texts, language)

    def call(self, language: str) -> str:
        """What must be done at once; empty for most lines."""
        return in_language(self.urgent, language) if self.urgent else ""

    def text(self, language: str) -> str:
        """The line in a language; of a question, the words as they are spoken and printed."""
        return in_language(self.texts, language)

    def hint(self, language: str) -> str:
        """What an officer keeps in mind while asking; empty where nobody wrote any."""
        return in_language(self.hints, language) if self.hints else ""


@dataclass(frozen=True, slots=True)
class DecidingQuestion:
    """What to ask where a story may be any of ``labels``: codes of types, or values of
    :class:`~desktop.domain.interview.suggestion.StoryVerdict` that are none. Of one label alone it confirms that."""

    labels: frozenset[str]
    texts: Mapping[str, str]

    def text(self, language: str) -> str:
        """The question in a language."""
        return in_language(self.texts, language)


@dataclass(frozen=True, slots=True)
class TypeName:
    """``official`` is the name of the ministry's list where it has one."""

    short: str
    official: str


@dataclass(frozen=True, slots=True)
class ScamType:
    """``code``: ``T`` and two digits, as ``types.toml`` has it. ``branch``: another offence it may be, else empty."""

    code: str
    names: Mapping[str, TypeName]
    questions: tuple[ScriptQuestion, ...]
    branch: str = ""

    def short(self, language: str) -> str:
        """The name for lists and cards."""
        return in_language(self.names, language).short

    def official(self, language: str) -> str:
        """The name for papers."""
        return in_language(self.names, language).official

    def lines(self, section: Section) -> tuple[ScriptQuestion, ...]:
        """The lines of one section."""
        return tuple(line for line in self.questions if line.section is section)
