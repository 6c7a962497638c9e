"""Types of fraud and what to ask a victim of each. The officer decides the type; this only proposes words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

_DEFAULT: Final = "zh_CN"
_T = TypeVar("_T")


class Section(StrEnum):
    """What a line is for. ``DELIVERY``: ways money and goods leave besides transfers, of any type."""

    ASK = "ask"
    EVIDENCE = "evidence"
    FUNDS = "funds"
    CHANNEL = "channel"
    DELIVERY = "delivery"


def in_language(texts: Mapping[str, _T], language: str) -> _T:
    """``en_XA`` and the like read the plain language; an unknown language reads Chinese."""
    return texts.get(language) or texts.get(language.partition("_")[0]) or texts[_DEFAULT]


@dataclass(frozen=True, slots=True)
class Question:
    """One line. ``id`` (``T04.ask.codes``, ``core.ask.contact``) never changes once answers were saved under it."""

    id: str
    section: Section
    texts: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    """A few words for lists and boxes to tick."""
    details: tuple[Question, ...] = ()
    """What is asked on once the line holds: plate, order, place and telephone of a driver."""
    urgent: Mapping[str, str] = field(default_factory=dict)
    """What must be done before anything else is typed."""

    def name(self, language: str) -> str:
        """A few words, the whole line where nobody wrote any."""
        return in_language(self.names or self.texts, language)

    def call(self, language: str) -> str:
        """What must be done at once; empty for most lines."""
        return in_language(self.urgent, language) if self.urgent else ""

    def text(self, language: str) -> str:
        """The line in a language."""
        return in_language(self.texts, language)


@dataclass(frozen=True, slots=True)
class TypeName:
    """``official`` is the name of the ministry's list where it has one."""

    short: str
    official: str


@dataclass(frozen=True, slots=True)
class ScamType:
    """``code`` is ``T01`` … ``T18``; ``branch`` names another offence it may be, else empty."""

    code: str
    names: Mapping[str, TypeName]
    questions: tuple[Question, ...]
    branch: str = ""

    def short(self, language: str) -> str:
        """The name for lists and cards."""
        return in_language(self.names, language).short

    def official(self, language: str) -> str:
        """The name for papers."""
        return in_language(self.names, language).official

    def lines(self, section: Section) -> tuple[Question, ...]:
        """The lines of one section."""
        return tuple(line for line in self.questions if line.section is section)
