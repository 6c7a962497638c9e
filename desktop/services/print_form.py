"""Print papers; each print is in the history of its case."""

from __future__ import annotations

from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import DOCUMENT_PRINTED
from desktop.services.desk import Desk
from desktop.services.look_up import case_file, officer_names, order
from desktop.services.paper_facts import paper_facts
from desktop.services.ports import FormSpec, Pdf


def list_forms(desk: Desk) -> tuple[FormSpec, ...]:
    """The forms this version prints."""
    return desk.papers.forms()


def print_form(desk: Desk, form: str, case: CaseId) -> Pdf:
    """A form of a case; raises ``UserInputError("form.unknown")``."""
    desk.require(Permission.READ_CASES)
    if form not in {info.id for info in desk.papers.forms()}:
        raise UserInputError("form.unknown")
    pdf = desk.papers.render(form, paper_facts(desk, case))
    _note(desk, f"case/{case}", form, pdf)
    return pdf


def print_stop_form(desk: Desk, key: str) -> Pdf:
    """《紧急止付申请表》 of one order."""
    desk.require(Permission.READ_CASES)
    view = order(desk, key)
    file = case_file(desk, view.case)
    pdf = desk.papers.stop_form(file, view.order, officer_names(desk), desk.clock.now())
    _note(desk, f"order/{view.order.id}", "stop_application", pdf)
    return pdf


def _note(desk: Desk, subject: str, form: str, pdf: Pdf) -> None:
    with desk.store.write() as transaction:
        printed = NewEntry(DOCUMENT_PRINTED, subject, {"form": form, "pages": pdf.pages})
        transaction.append(desk.officer.number, printed)
