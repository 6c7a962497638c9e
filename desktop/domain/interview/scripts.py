"""The questions of one version: the common core, the types of fraud, and what is asked at each kind of visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from desktop.domain.cases.case import Visit
from desktop.domain.cases.scam_types import DecidingQuestion, ScamType, ScriptQuestion, Section
from desktop.domain.cases.visits import REPORT_SCRIPT, VisitScript
from desktop.domain.evidence.guide import NO_GUIDE, EvidenceGuide
from desktop.domain.evidence.photographing import ShotList


@dataclass(frozen=True, slots=True, repr=False)
class Scripts:
    """``version`` names the package. ``retired``: lines nobody is asked any more; ``faults``: files of a unit's own
    folder that were refused, with what is wrong."""

    version: str = ""
    core: tuple[ScriptQuestion, ...] = ()
    types: tuple[ScamType, ...] = ()
    visits: tuple[VisitScript, ...] = ()
    law: tuple[ScriptQuestion, ...] = ()
    retired: tuple[ScriptQuestion, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    evidence: EvidenceGuide = NO_GUIDE
    shots: tuple[ShotList, ...] = ()
    deciding: tuple[DecidingQuestion, ...] = ()

    def __repr__(self) -> str:
        return f"Scripts({self.version!r})"

    def type(self, code: str) -> ScamType | None:
        """The type of that code; None for one nobody knows."""
        return next((item for item in self.types if item.code == code), None)

    def common(self, section: Section) -> tuple[ScriptQuestion, ...]:
        """The lines of the core of one section, most urgent first."""
        return tuple(line for line in self.core if line.section is section)

    def own(self, code: str, section: Section) -> tuple[ScriptQuestion, ...]:
        """The lines a type adds to the core."""
        found = self.type(code)
        return found.lines(section) if found else ()

    def deciding_question(self, labels: Sequence[str], language: str) -> str:
        """What to ask where a story may be any of ``labels``, the likeliest first: what tells the first two apart, else
        what tells the first, else the second; empty where nobody wrote any of them."""
        wanted = (labels[:2], labels[:1], labels[1:2])
        known = {item.labels: item for item in self.deciding}
        found = (known.get(frozenset(some)) for some in wanted if some)
        return next((item.text(language) for item in found if item), "")

    def visit(self, kind: Visit | str) -> VisitScript:
        """What a kind of visit takes."""
        return next((item for item in self.visits if item.kind == kind), REPORT_SCRIPT)

    def lawful(self, section: Section) -> tuple[ScriptQuestion, ...]:
        """The branches of the law, or what aggravates a case."""
        return tuple(line for line in self.law if line.section is section)

    def asked(self, code: str, visit: Visit | str = Visit.REPORT) -> tuple[ScriptQuestion, ...]:
        """What is put to a person, in the order in which it is put: at a report the core and what the type of fraud
        adds, at another visit the questions of that visit."""
        if visit != Visit.REPORT:
            return self.visit(visit).lines(Section.ASK)
        return (*self.common(Section.ASK), *self.own(code, Section.ASK))

    def answered(
        self,
        code: str,
        answers: Iterable[tuple[str, str]],
        visit: Visit | str = Visit.REPORT,
    ) -> tuple[tuple[ScriptQuestion, str], ...]:
        """Questions with what was said, in the order in which they are put; what was asked at another visit or of
        another type comes last.

        An answer to a question no file has keeps its id for a question.
        """
        left = dict(answers)
        lines = (*self.asked(code, visit), *self.visit(visit).lines(Section.ADVICE))
        order = [line.id for line in lines if line.id in left]
        order += sorted(set(left) - set(order))
        return tuple((self.question(name) or _nameless(name), left[name]) for name in order)

    def question(self, name: str) -> ScriptQuestion | None:
        """The line behind an answer; None when no file has it any more."""
        return next((line for line in self._lines() if line.id == name), None)

    def _lines(self) -> Iterator[ScriptQuestion]:
        owners = (
            self.core,
            self.law,
            *(item.questions for item in self.visits),
            *(item.questions for item in self.types),
            self.retired,
        )
        for line in chain.from_iterable(owners):
            yield line
            yield from line.details


def _nameless(name: str) -> ScriptQuestion:
    return ScriptQuestion(name, Section.ASK, {"zh_CN": name})


NO_SCRIPTS: Final = Scripts()
"""A desk without questions: the narrative is all there is."""
