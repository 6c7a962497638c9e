"""Four plain questions that choose how evidence is taken and on which paper, and the list the court goes by.

All of it is data of the script pack: what a station asks and what the law wants changes faster than a program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.cases.scam_types import in_language
from desktop.domain.evidence.item import AcquisitionMethod

QUESTIONS: Final = ("what", "where", "keep", "fades")
"""What is it, where is it now, can the medium be kept, does it disappear; asked in this order."""


@dataclass(frozen=True, slots=True)
class GuideAnswer:
    """One answer. ``category``: the kind of electronic data it makes the item, empty where it says nothing."""

    id: str
    texts: Mapping[str, str]
    category: str = ""

    def text(self, language: str) -> str:
        """The answer in a language."""
        return in_language(self.texts, language)


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """One of the four questions."""

    id: str
    texts: Mapping[str, str]
    answers: tuple[GuideAnswer, ...]

    def text(self, language: str) -> str:
        """The question in a language."""
        return in_language(self.texts, language)


@dataclass(frozen=True, slots=True)
class EvidenceWay:
    """A way to take evidence. ``when``: question → answers it fits; a question it does not name may be answered
    anyhow. ``papers``: forms in the order in which they are filled."""

    method: AcquisitionMethod
    when: Mapping[str, tuple[str, ...]]
    papers: tuple[str, ...]
    article: str
    texts: Mapping[str, str]

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Whether the answers given lead here."""
        return all(answers.get(name, "") in wanted for name, wanted in self.when.items())

    def text(self, language: str) -> str:
        """What to do, and what is easily done wrong."""
        return in_language(self.texts, language)


@dataclass(frozen=True, slots=True)
class CourtFact:
    """A fact the court looks for. ``id`` names the check, see :mod:`desktop.domain.case_file.completeness`; ``article``
    where it stands; ``missing`` what to do while it is open, ``who`` can bring it."""

    id: str
    article: str
    texts: Mapping[str, str]
    missing: Mapping[str, str]
    who: Mapping[str, str]

    def text(self, language: str) -> str:
        """The fact in a few words."""
        return in_language(self.texts, language)

    def to_do(self, language: str) -> str:
        """What is to be done about it."""
        return in_language(self.missing, language)

    def by_whom(self, language: str) -> str:
        """Who can bring it."""
        return in_language(self.who, language)


@dataclass(frozen=True, slots=True)
class EvidenceGuide:
    """``ways``: the first that fits counts. ``facts``: of each item; ``case_facts``: of the case as a whole.
    ``twins``: form of the criminal procedure → the one that stands for it in the administrative procedure."""

    questions: tuple[GuideQuestion, ...] = ()
    ways: tuple[EvidenceWay, ...] = ()
    facts: tuple[CourtFact, ...] = ()
    case_facts: tuple[CourtFact, ...] = ()
    twins: Mapping[str, str] = field(default_factory=dict)
    version: str = field(default="", compare=False)

    def way(self, answers: Mapping[str, str]) -> EvidenceWay | None:
        """How to take it; None while the answers do not tell."""
        return next((way for way in self.ways if way.fits(answers)), None)

    def papers(self, way: EvidenceWay, *, administrative: bool) -> tuple[str, ...]:
        """The forms of a way in the procedure the case is in."""
        if not administrative:
            return way.papers
        return tuple(self.twins.get(form, form) for form in way.papers)

    def question(self, name: str) -> GuideQuestion | None:
        """The question of that name."""
        return next((item for item in self.questions if item.id == name), None)

    def answer(self, name: str, answer: str) -> GuideAnswer | None:
        """The answer of that code; None for one of another version of the guide."""
        question = self.question(name)
        known = question.answers if question else ()
        return next((item for item in known if item.id == answer), None)

    def category(self, answers: Mapping[str, str]) -> str:
        """The kind of data the answers make it; empty while they do not tell."""
        found = (self.answer(name, answers.get(name, "")) for name in QUESTIONS)
        return next((item.category for item in found if item and item.category), "")


NO_GUIDE: Final = EvidenceGuide()
"""A desk whose scripts hold no guide: method and paper are chosen by hand."""
