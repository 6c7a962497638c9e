"""What somebody who came to ask takes home: the question, what it resembles, what was answered and advised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.answers import TICKED, words_of
from desktop.domain.cases.scam_types import Section
from desktop.services.duty_phone import own_duty_phone
from desktop.services.ports import EnquiryGuidanceFacts
from desktop.services.session import Session

_ANSWER: Final = "enquiry.ask.answer"


def plain_enquiry(
    file: CaseFile, officers: Mapping[str, str], own_phone: str
) -> EnquiryGuidanceFacts:
    """The sheet of a case of which only the facts are known: general advice stands for what was ticked."""
    case = file.case
    return EnquiryGuidanceFacts(
        unit_name=case.unit_name,
        unit_phone=own_phone,
        local_number=case.number,
        asked_at=case.accepted_at,
        officers=((case.accepted_by, officers.get(case.accepted_by, "")),),
        name=case.reporter.name or case.victim.name,
        question=case.narrative,
    )


def enquiry_facts(
    session: Session, file: CaseFile, officers: Mapping[str, str], language: str
) -> EnquiryGuidanceFacts:
    """The facts of the sheet, in the words of the scripts; ``officers``: number → name."""
    kind = session.scripts.type(file.case.type)
    signs = kind.lines(Section.SIGNS) if kind else ()
    return replace(
        plain_enquiry(file, officers, own_duty_phone(session, file.case.unit_code)),
        type_name=kind.official(language) if kind else "",
        signs=tuple(line.text(language) for line in signs),
        advice=tuple(_advice(session, dict(file.case.answers), language)),
    )


def _advice(session: Session, answers: Mapping[str, str], language: str) -> Iterator[str]:
    """The officer's own answer first, then what was ticked."""
    own = words_of(answers.get(_ANSWER, ""))
    if own:
        yield own
    for line in session.scripts.visit("enquiry").lines(Section.ADVICE):
        if answers.get(line.id) == TICKED:
            yield line.text(language)
