"""Hand a money flow over to other programs. Every export is in the history of the cases it is about."""

from __future__ import annotations

from enum import StrEnum

from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import FLOW_EXPORTED
from desktop.services.flow.flow_exchange import TableTexts, csv_text, follow_the_money
from desktop.services.flow.flow_persons import known_people
from desktop.services.flow.i2_chart import i2_chart
from desktop.services.flow.list_people import list_people
from desktop.services.session import Session


class FlowFormat(StrEnum):
    """What a flow is written as."""

    PNG = "png"
    PDF = "pdf"
    CSV = "csv"
    FTM = "ftm"
    I2 = "anx"

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return "ftm.json" if self is FlowFormat.FTM else self.value


DATA = (FlowFormat.CSV, FlowFormat.FTM, FlowFormat.I2)
"""What holds the facts rather than their drawing."""


def export_flow(session: Session, sheet: FlowSheet, kind: FlowFormat, texts: TableTexts) -> bytes:
    """The facts in one of the formats of ``DATA``, numbers in full; recorded before they are given away. ``texts``: of
    the table, whose readers are people; the other formats have words of their own."""
    session.require(Permission.READ_CASES)
    note_export(session, tuple(sheet.cases), kind)
    if kind is FlowFormat.CSV:
        return csv_text(sheet, _numbers(session, sheet), texts).encode("utf-8-sig")
    targets = list_people(session, tuple(sheet.cases)).targets if sheet.cases else ()
    people = tuple(known_people(targets, sheet))
    if kind is FlowFormat.FTM:
        return ("\n".join(follow_the_money(sheet, people)) + "\n").encode()
    return i2_chart(sheet, people, _numbers(session, sheet))


def _numbers(session: Session, sheet: FlowSheet) -> dict[str, str]:
    """Case → its number."""
    with session.store.read() as reader:
        cards = [reader.case_card(case) for case in sheet.cases]
    return {str(card.id): card.number for card in cards if card is not None}


def note_export(session: Session, cases: tuple[CaseId, ...], kind: FlowFormat) -> None:
    """Record that the flow of these cases was written to a file."""
    session.require(Permission.READ_CASES)
    with session.store.write() as transaction:
        for case in cases:
            entry = NewEntry(FLOW_EXPORTED, f"case/{case}", {"format": kind.value})
            transaction.append(session.officer.number, entry)
