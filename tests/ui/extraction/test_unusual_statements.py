"""Unusual statements, from the file to the transfer that is recorded: of other countries, of securities, of coins."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.ids import CaseId
from desktop.domain.statements.statement import Statement, StatementColumn, StatementRow
from desktop.readers.statements.open_statement import open_statement
from desktop.services.cases.changes.register_report import register_report
from desktop.services.extraction.statement_transfers import in_other_money, may_be_transfer
from desktop.services.look_up import case_file
from desktop.ui.extraction.columns_dialog import ColumnsDialog
from tests.readers.statements.test_samples import HEADERLESS
from tests.support.sessions import Seat
from tests.ui.extraction.conftest import Attach
from tests.ui.pages.extraction import ReadingPage

_CONTROL = Qt.KeyboardModifier.ControlModifier
SAMPLES = Path(__file__).parents[2] / "readers" / "statements" / "samples"
OTHER_MONEY = ("bmo-credit.csv", "bmo-debit.csv", "hsbchk-debit.csv", "huobi.csv", "oklink.csv")
"""In dollars and coins."""
YUAN = ("hsbchk-credit.csv", "htsec.xlsx", "hxsec.xls", "td.csv")


def the_same(path: Path) -> Statement:
    """What the reader says of the file without a window."""
    with path.open("rb") as source:
        return open_statement(source, "", HEADERLESS.get(path.stem)).whole()


def say_columns(dialog: ColumnsDialog, columns: dict[int, StatementColumn]) -> None:
    for place, combo in enumerate(dialog.choices):
        column = columns.get(place)
        combo.setCurrentIndex(0 if column is None else 1 + list(StatementColumn).index(column))


def read(page: ReadingPage, path: Path) -> None:
    """F8, and the columns of a table that does not name them."""
    page.read()
    choice = HEADERLESS.get(path.stem)
    if choice is not None:
        dialog = page.on_top
        assert isinstance(dialog, ColumnsDialog)
        dialog.set_header(choice.header_row)
        say_columns(dialog, {place: column for column, place in choice.roles.items()})
        page.key(Qt.Key.Key_Return, _CONTROL)
        page.qtbot.waitUntil(page.statement.isActiveWindow)


def paid(statement: Statement) -> list[StatementRow]:
    return [row for row in statement.rows if may_be_transfer(row)]


@pytest.mark.parametrize("name", [*OTHER_MONEY, *YUAN])
def test_a_payment_of_each_becomes_a_transfer_of_the_case(
    name: str, page: ReadingPage, attach: Attach, seat: Seat
) -> None:
    path = SAMPLES / name
    item = attach(path.name, path.read_bytes())
    read(page, path)
    row = paid(the_same(path))[-1]
    page.go_to(row.row)
    other = in_other_money(row)
    assert other == (name in OTHER_MONEY)
    assert ("金额留空" in page.label("reading_detail")) == other
    page.key(Qt.Key.Key_Space)
    assert [one.row for one in page.statement.rows.picked] == [row.row]
    page.key(Qt.Key.Key_Return, _CONTROL)
    page.key(Qt.Key.Key_Escape)
    (typed,) = page.form.transfers
    if other:
        assert typed.amount == ""
        page.widget.model.put("transfers.0.amount", "1,234.56")
    case = CaseId(page.form.case_id)
    register_report(seat.session, page.form)
    (recorded,) = case_file(seat.session, case).transfers
    assert recorded.origin == EvidencePlace(item, row.row).to_text()
    assert recorded.amount_fen == (123_456 if other else row.amount_fen)
    assert recorded.payee.name == row.counterparty
