"""Rows that come, go and move; tables by keyboard."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.tables.rows_model import (
    END_ROLE,
    ROW_ROLE,
    TONE_ROLE,
    Keeps,
    RowsModel,
    TableColumn,
)
from desktop.ui.shared.widgets.tables.table import Table
from tests.support.texts import zh


@dataclass(frozen=True, slots=True)
class Row:
    """A record."""

    id: int
    text: str = ""


def _model(kit: Kit) -> RowsModel[Row]:
    return RowsModel(
        kit,
        (
            TableColumn("id", "shared.save", lambda row: str(row.id), align_right=True),
            TableColumn(
                "text",
                "shared.cancel",
                lambda row: row.text,
                chip=True,
                tone=lambda row: Tone.BAD if row.text else None,
            ),
        ),
        key=lambda row: row.id,
    )


def test_a_cell_shows_signs_that_would_turn_the_writing(kit: Kit) -> None:
    model = _model(kit)
    model.set_rows([Row(1, "陈\u202e强志")])
    assert model.data(model.index(0, 1)) == "陈‹202E›强志"


_ROWS = st.lists(
    st.builds(Row, st.integers(0, 12), st.sampled_from(["", "a", "b"])),
    unique_by=lambda row: row.id,
)


@given(st.lists(_ROWS, min_size=1, max_size=6))
def test_any_change_keeps_the_model_sound_and_indexes_on_their_records(
    steps: list[list[Row]],
) -> None:
    model = _model(_KIT[0])
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in steps:
        held = {
            record.id: QPersistentModelIndex(model.index(row, 0))
            for row, record in enumerate(model.rows)
        }
        emptied = not rows or not model.rows
        model.set_rows(rows)
        assert model.rows == tuple(rows)
        if not emptied:
            for id_, index in held.items():
                row = model.row_of(id_)
                assert index.isValid() == (row >= 0)
                assert row < 0 or index.row() == row


_KIT: list[Kit] = []


@pytest.fixture(autouse=True)
def _keep_kit(kit: Kit) -> None:
    """Hypothesis runs a test many times over one fixture; the kit is not changed by it."""
    _KIT[:] = [kit]


def test_two_rows_of_one_id_are_refused(kit: Kit) -> None:
    with pytest.raises(ValueError, match="same id"):
        _model(kit).set_rows((Row(1), Row(1)))


def test_only_changed_rows_are_signalled(kit: Kit, qtbot: QtBot) -> None:
    model = _model(kit)
    model.set_rows([Row(n) for n in range(5)])
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    rows = list(model.rows)
    rows[3] = replace(rows[3], text="new")
    model.set_rows(rows)
    assert told == [(3, 3)]


def test_roles_and_headings(kit: Kit) -> None:
    model = _model(kit)
    model.set_rows([Row(7, "x")])
    cell = model.index(0, 1)
    assert cell.data() == "x"
    assert cell.data(TONE_ROLE) is Tone.BAD
    assert cell.data(ROW_ROLE) == Row(7, "x")
    horizontal = Qt.Orientation.Horizontal
    assert model.headerData(1, horizontal) == zh("shared.cancel")
    kit.texts.set_language("en")
    assert model.headerData(1, horizontal) == "Cancel"


def test_a_table_by_keyboard(kit: Kit, qtbot: QtBot) -> None:
    model = _model(kit)
    table = Table(kit, model, "rows")
    model.setParent(table)
    qtbot.addWidget(table)
    model.set_rows([Row(n, "x") for n in range(4)])
    table.set_widths({"id": 60}, stretch="text")
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.selected() == Row(0, "x")
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.activated_row) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [Row(1, "x")]


def test_the_selection_survives_a_refresh_by_id(kit: Kit, qtbot: QtBot) -> None:
    model = _model(kit)
    table = Table(kit, model, "rows")
    model.setParent(table)
    qtbot.addWidget(table)
    model.set_rows([Row(n) for n in range(10)])
    assert table.select_key(6)
    model.set_rows([Row(n) for n in (9, 6, 3)])
    assert table.selected() == Row(6)
    model.set_rows([Row(n) for n in range(500)])  # so much at once that the model resets
    assert table.selected() == Row(6)
    assert not table.select_key(1000)


def test_the_chosen_row_stays_in_sight_with_less_room(kit: Kit, qtbot: QtBot) -> None:
    model = _model(kit)
    table = Table(kit, model, "table")
    qtbot.addWidget(table)
    model.set_rows([Row(number) for number in range(40)])
    table.resize(400, 500)
    table.show()
    table.setCurrentIndex(model.index(8, 0))
    table.resize(400, 200)
    row = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(row.center())
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    table.resize(400, 150)
    assert table.visualRect(table.currentIndex()).bottom() < 0, "who scrolled away stays there"


def test_painting_and_tips(kit: Kit, qtbot: QtBot) -> None:
    model = _model(kit)
    table = Table(kit, model, "rows")
    model.setParent(table)
    qtbot.addWidget(table)
    model.set_rows([Row(1, "x" * 200), Row(2)])
    table.set_widths({"id": 60, "text": 80})
    table.show()
    assert not table.grab().isNull()
    needs = table.itemDelegate().sizeHint(QStyleOptionViewItem(), model.index(0, 1))
    assert needs.width() > 80


def test_a_column_may_keep_both_ends_of_long_texts(kit: Kit) -> None:
    column: TableColumn[Row] = TableColumn(
        "text", "shared.cancel", lambda row: row.text, keeps=Keeps.ENDS
    )
    model = RowsModel(kit, (column,), key=lambda row: row.id)
    model.set_rows([Row(1, "a")])
    assert model.index(0, 0).data(END_ROLE) is Keeps.ENDS


def test_a_cell_that_fails_while_it_is_painted_is_reported_once_and_ends_nothing(
    kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that left ``data`` while a view painted ended the program: Qt has no way to pass it on."""
    reported: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: reported.append(str(error)))

    def failing(row: Row) -> str:
        raise KeyError(row.id)

    columns = (TableColumn("id", "shared.save", failing),)
    model = RowsModel(kit, columns, key=lambda row: row.id)
    table = Table[Row](kit, model, "failing")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    model.set_rows((Row(1), Row(2)))
    table.grab()
    table.grab()
    assert sorted(reported) == ["1", "2"]
