"""Note that a paper left the screen: it was printed, or kept as a file. Looking at one leaves no entry."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Json
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import DOCUMENT_PRINTED
from desktop.services.order_reach import require_case
from desktop.services.ports import OnRecord, Pdf, Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class PrintRun:
    """What came out of the printer: pages ``first`` to ``last``, from 1. ``copies`` 0: kept as a file instead."""

    pages: int
    copies: int = 1
    first: int = 1
    last: int = 0


def note_print(session: Session, record: OnRecord, run: PrintRun) -> None:
    """In the history of everything the paper is about: which form, how many copies, which pages."""
    session.require(Permission.SEE_ORDERS)
    fields: dict[str, Json] = {
        "form": record.form,
        "pages": run.pages,
        "copies": run.copies,
        "first": run.first,
        "last": run.last or run.pages,
    }
    with session.store.write() as transaction:
        for subject in record.subjects:
            _require_own(session, transaction, subject)
            transaction.append(session.officer.number, NewEntry(DOCUMENT_PRINTED, subject, fields))


def _require_own(session: Session, reader: Reader, subject: str) -> None:
    """A clerk prints sheets of orders to the own institution alone."""
    if session.officer.only_own_institution:
        about, _, key = subject.partition("/")
        if about != "case":
            raise RuleError("rights.missing")
        require_case(session, reader, CaseId(key))


def note_saved(session: Session, pdf: Pdf) -> None:
    """The same of a paper that was just kept as a file; nothing for one that is about no case."""
    if pdf.record is not None:
        note_print(session, pdf.record, PrintRun(pdf.pages, copies=0))
