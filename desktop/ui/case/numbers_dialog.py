"""Every number of a case and whether somebody read it aloud; Enter has one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.read_aloud import ReadAloud, compared, reading_of
from desktop.domain.masking import masked_account, masked_id, masked_phone
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS: Final = {"what": 190, "read": 220}
_MOST_ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """``what``: the words for it; ``shown``: masked; ``text``: the number itself; ``reading``: who read it."""

    what: str
    shown: str
    text: str
    reading: ReadAloud | None


def numbers_of(kit: Kit, sheet: CaseSheet) -> tuple[CaseNumber, ...]:
    """Those of the victim and the other parties, of each transfer, then the leads; each once, none with blots."""
    words, file = kit.texts.text, sheet.file
    victim = file.case.victim
    found = [
        (words("case.who.id_number"), masked_id(victim.id_number), victim.id_number),
        (words("case.who.phone"), masked_phone(victim.phone), victim.phone),
    ]
    for party in file.case.parties:
        numbers = ("id_number", party.id_number, masked_id), ("phone", party.phone, masked_phone)
        for name, number, mask in numbers:
            found.append((f"{party.name} {words(f'case.who.{name}')}", mask(number), number))
    for transfer in file.transfers:
        for name, number in (
            ("payee", transfer.payee.number),
            ("payer", transfer.payer.number),
            ("order_number", transfer.order_number),
            ("serial", transfer.serial),
        ):
            what = words(f"read_aloud.what.{name}", place=transfer.position)
            found.append((what, masked_account(number), number))
    for lead in file.identifiers:
        known = f"intake.kind.{lead.kind}" if lead.kind else "intake.unset"
        found.append((words(known), lead.value, lead.value))
    once = {
        compared(number): CaseNumber(what, shown, number, reading_of(file.readings, number))
        for what, shown, number in reversed(found)
        if compared(number) and "*" not in number
    }
    return tuple(reversed(once.values()))


def read_by(kit: Kit, reading: ReadAloud | None) -> str:
    """``已念读 李静 11-24 10:31``, or that nobody did."""
    if reading is None:
        return kit.texts.text("read_aloud.unread")
    at = show_local(reading.at, kit.zone)[5:16]
    return kit.texts.text("read_aloud.mark", reader=reading.reader, at=at)


def read_tone(reading: ReadAloud | None) -> Tone:
    """Green once somebody read it."""
    return Tone.NEUTRAL if reading is None else Tone.OK


class NumbersDialog(DialogFrame):
    """``chosen(CaseNumber)``."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, numbers: tuple[CaseNumber, ...]) -> None:
        super().__init__(kit, parent, "read_aloud.title", wide=True)
        self.setObjectName("numbers_dialog")
        if not numbers:
            self.body.addWidget(Label(kit, "read_aloud.no_numbers", ink="muted", wrap=True))
            self.set_default(
                self.add_button("shared.close", variant=Variant.PRIMARY, name="numbers_close")
            )
            return
        self.body.addWidget(Label(kit, "read_aloud.choose", ink="muted", wrap=True))
        self._model = RowsModel[CaseNumber](kit, self._columns(), _text, self)
        self._model.set_rows(numbers)
        self._table = Table[CaseNumber](kit, self._model, "numbers_list")
        self._table.set_widths(_WIDTHS, stretch="number")
        kit.texts.bind(self._table.setAccessibleName, "read_aloud.title")
        space = kit.theme.space
        rows = min(len(numbers), _MOST_ROWS)
        self._table.setFixedHeight(
            space("table_header") + rows * space("table_row") + space("space_xs")
        )
        self._table.activated_row.connect(self._take)
        self.body.addWidget(self._table)
        self.add_button("shared.close", name="numbers_close", keys="Esc")
        take = self.add_button(
            "read_aloud.begin", variant=Variant.PRIMARY, name="numbers_take", closes=False,
            keys="Return",
        )  # fmt: skip
        take.clicked.connect(self._take_selected)
        self.set_default(take)
        self._table.setFocus()

    def _columns(self) -> tuple[TableColumn[CaseNumber], ...]:
        return (
            TableColumn("what", "read_aloud.which", _what),
            TableColumn("number", "read_aloud.number", _shown, digits=True),
            TableColumn("read", "read_aloud.column", self._read, chip=True, tone=_tone),
        )

    def _read(self, number: CaseNumber) -> str:
        return read_by(self.kit, number.reading)

    def _take_selected(self) -> None:
        self._take(self._table.selected())

    def _take(self, number: CaseNumber | None) -> None:
        if number is not None:
            self.accept()
            self.chosen.emit(number)


def _what(number: CaseNumber) -> str:
    return number.what


def _shown(number: CaseNumber) -> str:
    return number.shown


def _text(number: CaseNumber) -> str:
    return number.text


def _tone(number: CaseNumber) -> Tone:
    return read_tone(number.reading)
