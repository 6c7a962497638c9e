"""Hand a money flow over to other programs. Every export is in the history of the cases it is about."""

from __future__ import annotations

from enum import StrEnum

from desktop.domain.flow_sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.person import Person, TieKind
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import FLOW_EXPORTED
from desktop.services.desk import Desk
from desktop.services.flow.flow_exchange import csv_text, follow_the_money, i2_chart
from desktop.services.flow.list_people import list_people


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


def export_flow(desk: Desk, sheet: FlowSheet, kind: FlowFormat) -> bytes:
    """The facts in one of the formats of ``DATA``, numbers in full; recorded before they are given away."""
    desk.require(Permission.READ_CASES)
    note_export(desk, tuple(sheet.cases), kind)
    if kind is FlowFormat.CSV:
        with desk.store.read() as reader:
            cards = [reader.case_card(case) for case in sheet.cases]
        numbers = {str(card.id): card.number for card in cards if card is not None}
        return csv_text(sheet, numbers).encode("utf-8-sig")
    if kind is FlowFormat.FTM:
        return ("\n".join(follow_the_money(sheet, _holders(desk, sheet))) + "\n").encode()
    return i2_chart(sheet)


def _holders(desk: Desk, sheet: FlowSheet) -> dict[str, Person]:
    """Account → the person whom an officer confirmed."""
    targets = list_people(desk, tuple(sheet.cases)).targets if sheet.cases else ()
    return {
        thing.key: target.person
        for target in targets
        if target.person is not None
        for thing in target.things
        if thing.kind is TieKind.ACCOUNT
    }


def note_export(desk: Desk, cases: tuple[CaseId, ...], kind: FlowFormat) -> None:
    """Record that the flow of these cases was written to a file."""
    desk.require(Permission.READ_CASES)
    with desk.store.write() as transaction:
        for case in cases:
            entry = NewEntry(FLOW_EXPORTED, f"case/{case}", {"format": kind.value})
            transaction.append(desk.officer.number, entry)
