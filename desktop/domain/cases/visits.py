"""What each kind of visit takes: its steps, what must not be missing, what is asked and what is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.cases.answers import choice_mark
from desktop.domain.cases.case import Case, Visit
from desktop.domain.cases.scam_types import ScriptQuestion, Section

STEPS: Final = ("money", "reporter", "story", "identifiers", "evidence", "papers")
"""Every step a visit may have; ``papers``, where it is registered, belongs to each."""
NEEDS: Final = ("name", "phone", "asked", "lead")
"""What a visit may need besides answers: who came, how to reach them, the account in words, a number or site."""


SECRET: Final = ("tip.ask.identity", choice_mark("secret"))
"""The answer of a tipster who gives a name and wants it kept secret (程序规定第一百七十三条)."""


def has_victim(visit: str) -> bool:
    """Whether somebody was, or was about to be, cheated, so that one may report for another."""
    return visit in (Visit.REPORT, Visit.DISSUASION)


def keeps_secret(case: Case) -> bool:
    """Whether the name belongs on no list, only on the page of the case."""
    return case.visit is Visit.TIP and SECRET in case.answers


@dataclass(frozen=True, slots=True)
class VisitScript:
    """``steps`` in the order in which they are taken. ``needs``: of :data:`NEEDS`, see there.

    ``papers``: the only forms that are offered, all of them when empty; ``without``: forms that are not.
    """

    kind: Visit
    steps: tuple[str, ...] = STEPS
    needs: tuple[str, ...] = ()
    questions: tuple[ScriptQuestion, ...] = ()
    papers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def lines(self, section: Section) -> tuple[ScriptQuestion, ...]:
        """The lines of one section."""
        return tuple(line for line in self.questions if line.section is section)

    def offers(self, form: str) -> bool:
        """Whether a paper is of use after such a visit."""
        return form not in self.without and (not self.papers or form in self.papers)


REPORT_SCRIPT: Final = VisitScript(Visit.REPORT)
"""A report as it is where no file says otherwise."""
