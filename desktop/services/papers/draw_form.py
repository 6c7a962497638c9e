"""Draw the forms of a case. Looking leaves no entry; what is printed or kept is noted by whoever does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.orders.order_papers import OF_ORDER
from desktop.domain.case_file.supplement_papers import PREFIX
from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.installation.bound_files import PHRASES
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import MAX_TEXT, Paper, PaperState, versions
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import FORM_WORDED
from desktop.services.bound.bind_files import bind_own
from desktop.services.cases.form.compare_clock import clock_behind
from desktop.services.look_up import case_file, officer_names, order
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.papers.read_paper import read_paper, spec_of
from desktop.services.papers.render_form import render_form
from desktop.services.papers.show_paper import preview_paper
from desktop.services.ports import FormSpec, Pdf
from desktop.services.session import Session

STOP_FORM: Final = "stop_application"
"""Belongs to an order, not to a case."""
_PAPER: Final = "paper/"


def list_forms(session: Session) -> tuple[FormSpec, ...]:
    """The forms this version prints."""
    return session.papers.forms()


def sets_in_use(session: Session) -> frozenset[str]:
    """The form sets this unit prints from today."""
    return session.papers.sets_in_use(session.profile.unit_code, session.today)


def keep_phrase(session: Session, form: str, place: str, words: str) -> None:
    """What stands in an editable place of a form from now on, in every case of this unit; which place it was is in the
    journal.

    Raises ``UserInputError``: ``form.unknown``, ``form.place``, ``paper.text_too_long``, ``forms.phrases_damaged``;
    ``WorldError`` as the disk does.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    if len(words) > MAX_TEXT:
        raise UserInputError("paper.text_too_long", limit=MAX_TEXT)
    bind_own(session, PHRASES, session.own_forms.with_phrase(form, place, words))
    entry = NewEntry(
        FORM_WORDED, device_subject(session.profile.device), {"form": form, "place": place}
    )
    with session.store.write() as transaction:
        transaction.append(session.officer.number, entry)


def draw_form(
    session: Session,
    form: str,
    case: CaseId,
    supplement: int = 0,
    about: str = "",
    version: int = 0,
) -> Pdf:
    """A form of a case: the paper that was signed, else the draft there is, else what the case says now.

    ``supplement``: about what was told later, counted from 1 as the case page does; 0 for the case as a whole, or for
    what ``about`` names in it (``order/<id>``). ``version``: the signed paper that bears this one, though it was
    replaced or withdrawn since; 0 for the one that counts.

    Raises ``UserInputError("form.unknown")``, ``"case.unknown"``, ``"supplement.unknown"``, ``"paper.no_version"``;
    ``RuleError`` as :func:`~desktop.services.papers.render_form.require_form`.
    """
    session.require(Permission.READ_CASES)
    spec_of(session, form)
    about = _about(case_file(session, case), supplement) if supplement else about
    facts = paper_facts(session, case, about, form)
    paper = (
        _signed_as(facts.file, form, about, version)
        if version
        else _living(facts.file, form, about)
    )
    if paper is None:
        return render_form(session, form, facts).about(form, _history_of(case, about))
    return preview_paper(session, paper.id)


@dataclass(frozen=True, slots=True)
class SignedVersion:
    """What a print of a signed paper is: the text as it was signed, whatever the case says since."""

    paper: Paper
    version: int
    at: datetime


def signed_version(session: Session, pdf: Pdf) -> SignedVersion | None:
    """Of a paper that was just drawn; None where it is no signed one."""
    session.require(Permission.READ_CASES)
    subjects = pdf.record.subjects if pdf.record is not None else ()
    papers = [name.removeprefix(_PAPER) for name in subjects if name.startswith(_PAPER)]
    if not papers:
        return None
    found = read_paper(session, PaperId(papers[0]))
    signed = versions(found.file.papers, found.paper.form, found.paper.about)
    return next(
        (
            SignedVersion(paper, version, paper.signed.at)
            for version, paper in signed
            if paper.id == found.paper.id and paper.signed is not None
        ),
        None,
    )


def _history_of(case: CaseId, about: str) -> str:
    """In whose history its prints are told: of an order the order's, as of the form that is printed beside it."""
    return about if about.startswith(OF_ORDER) else f"case/{case}"


def _about(file: CaseFile, supplement: int) -> str:
    if not 1 <= supplement <= len(file.supplements):
        raise UserInputError("supplement.unknown", number=supplement)
    return f"{PREFIX}{file.supplements[supplement - 1].id}"


def _living(file: CaseFile, form: str, about: str) -> Paper | None:
    """The paper of this form that counts: a signed one before a draft."""
    own = [paper for paper in file.papers if paper.form == form and paper.about == about]
    signed = (paper for paper in own if paper.state is PaperState.SIGNED)
    return next(signed, next((paper for paper in own if paper.living), None))


def _signed_as(file: CaseFile, form: str, about: str, version: int) -> Paper:
    """Of two that desks signed at once under one number, the later one."""
    signed = versions(file.papers, form, about)
    found = [paper for number, paper in signed if number == version]
    if not found:
        raise UserInputError("paper.no_version", version=version, count=len(signed))
    return found[-1]


def draw_stop_form(session: Session, key: str) -> Pdf:
    """《紧急止付申请表》 of one order: the one that was signed, else what the case says now."""
    session.require(Permission.READ_CASES)
    view = order(session, key)
    file = case_file(session, view.case)
    paper = _living(file, STOP_FORM, f"{OF_ORDER}{view.order.id}")
    if paper is not None and paper.signed is not None:
        return preview_paper(session, paper.id)
    clock = clock_behind(session, file)
    pdf = session.papers.stop_form(
        file, view.order, officer_names(session), session.clock.now(), clock
    )
    return pdf.about(STOP_FORM, f"order/{view.order.id}")
