"""A number of a case is read aloud by keys alone; who read it stands beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from desktop.domain.cases.read_aloud import ReadAloud
from desktop.journal.kinds import DATA_REVEALED
from desktop.ui.case.numbers_dialog import numbers_of
from tests.support.clocks import START
from tests.support.strict import all_of
from tests.ui.case.conftest import Bench


def press(bench: Bench, key: Qt.Key) -> None:
    dialog = QApplication.activeModalWidget()
    where = dialog if dialog is not None else bench.page.widget
    QTest.keyClick(where.focusWidget() or where, key)


def test_from_the_key_to_the_record(bench: Bench) -> None:
    press(bench, Qt.Key.Key_F10)
    numbers = numbers_of(bench.kit, bench.sheet)
    press(bench, Qt.Key.Key_Down)
    press(bench, Qt.Key.Key_Return)
    assert bench.kinds()[-1] == DATA_REVEALED, "it is shown in full"
    dialog = bench.page.dialog("read_aloud_dialog")
    while not dialog.find("read_aloud_confirm").isEnabled():
        press(bench, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.widget.focusWidget(), "620188")
    press(bench, Qt.Key.Key_Return)
    (reading,) = bench.file().readings
    assert (reading.number, reading.reader) == (numbers[1].text, "620188")


def test_a_number_is_shown_to_nobody_who_left_the_page(bench: Bench) -> None:
    press(bench, Qt.Key.Key_F10)
    press(bench, Qt.Key.Key_Return)
    bench.page.widget.hide()
    bench.runner.run_all()
    assert bench.page.closed("read_aloud_dialog")


def test_who_read_stands_beside_the_account(bench: Bench) -> None:
    sheet = bench.sheet
    number = sheet.file.transfers[0].payee.number
    reading = ReadAloud("1", number, "李静", "620134", START)
    bench.show(replace(sheet, file=replace(sheet.file, readings=(reading,))))
    bench.page.go_to("money")
    model = bench.page.find("case_money_table", QTableView).model()
    row = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert any("李静" in cell for cell in row)


def test_numbers_with_blots_are_not_offered(bench: Bench) -> None:
    sheet = bench.sheet
    first = sheet.file.transfers[0]
    blotted = replace(first, payee=replace(first.payee, number="6222****1234"))
    shown = numbers_of(bench.kit, replace(sheet, file=replace(sheet.file, transfers=(blotted,))))
    assert all_of("*" not in item.text for item in shown)
    assert len({item.text for item in shown}) == len(shown)
