"""A statement in questions and answers: what was put and what was said, frozen for a printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.cases.case import Visit
from desktop.domain.cases.people.victim import Victim


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """``id`` of the question in the scripts. Vague answers are as vague as they were given."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """被害人的询问笔录: the head of the record and the questions and answers in their order.

    ``officers``: (number, name) of who asked. ``guardian``: who is present for a minor, in words; ``minor``: whether
    somebody must be. Times of the hearing, corrections and signatures are filled in by hand.
    """

    local_case_number: str
    official_case_number: str
    visit: Visit
    unit_name: str
    accepted_at: datetime
    person: Victim
    officers: tuple[tuple[str, str], ...]
    answers: tuple[QuestionAnswer, ...]
    minor: bool = False
    guardian: str = ""
