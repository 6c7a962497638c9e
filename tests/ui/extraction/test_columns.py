"""A table nobody knows: the columns are said once; the next table with the same header is read by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.statements.statement import StatementColumn
from desktop.ui.extraction.columns_dialog import ColumnsDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.input.line_edit import Combo
from tests.ui.extraction.conftest import Attach
from tests.ui.pages.errors import assert_about
from tests.ui.pages.extraction import ReadingPage, save
from tests.ui.pages.looks import LOOKS

_CONTROL = Qt.KeyboardModifier.ControlModifier
TABLE = """某某村镇银行 客户回单
首栏,次栏,甲数,乙数,丙数,彼方,彼方号码,缘由
2026-11-24,10:12:35,98000.00,,1200.55,陈志强,6230520010037788996,网上汇款
2026-11-24,10:21:07,20000.00,,-18799.45,陈志强,6230520010037788996,网上汇款
2026-11-23,09:00:00,,5200.00,99200.55,工资,,代发工资
""".encode("gb18030")


def asked(page: ReadingPage) -> ColumnsDialog:
    found = page.on_top
    assert isinstance(found, ColumnsDialog)
    return found


def say(dialog: ColumnsDialog, *columns: StatementColumn | None) -> None:
    for combo, column in zip(dialog.choices, columns, strict=True):
        combo.setCurrentIndex(0 if column is None else 1 + list(StatementColumn).index(column))


ALL = (
    StatementColumn.DATE,
    StatementColumn.TIME,
    StatementColumn.OUTGOING,
    StatementColumn.INCOMING,
    StatementColumn.BALANCE,
    StatementColumn.COUNTERPARTY,
    StatementColumn.ACCOUNT,
    StatementColumn.SUMMARY,
)


def test_the_columns_are_said_once_for_all_tables_of_the_kind(
    page: ReadingPage, attach: Attach
) -> None:
    attach("回单.csv", TABLE)
    page.read()
    dialog = asked(page)
    assert dialog.choice().header_row == 2, "the row before the first with a day and a sum"
    assert StatementColumn.AMOUNT not in dialog.choice().roles, (
        "paid out or come in: not for us to guess"
    )
    say(dialog, *ALL)
    page.key(Qt.Key.Key_Return, _CONTROL)
    rows = page.statement.statement.rows
    assert [row.amount_fen for row in rows] == [98_000_00, 20_000_00, 5_200_00]
    assert [row.direction for row in rows] == ["out", "out", "in"]
    assert rows[0].account == "6230520010037788996"
    page.key(Qt.Key.Key_Escape)
    attach("下个月的另一份.csv", b"\xff\xfe" + TABLE.decode("gb18030").encode("utf-16-le"))
    page.read()
    assert len(page.statement.statement.rows) == 3


def test_what_is_missing_is_said_before_anything_is_read(page: ReadingPage, attach: Attach) -> None:
    attach("回单.csv", TABLE)
    page.read()
    dialog = asked(page)
    say(dialog, *(None,) * 8)
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert asked(page) is dialog
    assert "金额" in page.label("columns_missing")
    say(dialog, StatementColumn.DATE, None, StatementColumn.OUTGOING, *(None,) * 5)
    assert "金额" not in page.label("columns_missing")


def test_a_wrong_choice_stays_open_and_can_be_mended(page: ReadingPage, attach: Attach) -> None:
    attach("回单.csv", TABLE)
    page.read()
    dialog = asked(page)
    say(dialog, None, None, StatementColumn.AMOUNT, None, None, StatementColumn.DATE, None, None)
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert asked(page) is dialog
    assert dialog.findChild(QLabel, "columns_banner_message").text()  # type: ignore[union-attr]
    say(dialog, *ALL)
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert len(page.statement.statement.rows) == 3


def test_a_known_table_can_be_read_by_hand_too(page: ReadingPage, attach: Attach) -> None:
    attach(
        "回单.csv",
        "交易日期,交易金额,对方户名\n05/01/2026,-12.00,甲\n06/01/2026,-13.00,乙\n".encode(),
    )
    page.read()
    assert page.statement.statement.rows[0].time_text == "05/01/2026"
    page.key(Qt.Key.Key_M, _CONTROL)
    dialog = asked(page)
    assert dialog.choice().header_row == 1
    order = dialog.findChild(Combo, "columns_order")
    assert order is not None
    order.setCurrentIndex(1)
    page.qtbot.waitUntil(dialog.isActiveWindow)
    page.key(Qt.Key.Key_Return, _CONTROL)
    first = page.statement.statement.rows[0].time
    assert first is not None
    assert (first.month, first.day) == (1, 5)


def test_what_was_said_of_a_table_that_tells_but_a_part_is_remembered(
    page: ReadingPage, attach: Attach
) -> None:
    table = "记账日期,支出,收入,彼方,彼方号码\n2026-11-24,98000.00,,陈志强,6230520010037788996\n"
    attach("流水.csv", table.encode())
    page.read()
    assert "彼方、彼方号码" in page.label("reading_warnings")
    page.key(Qt.Key.Key_M, _CONTROL)
    dialog = asked(page)
    page.qtbot.waitUntil(dialog.isActiveWindow)
    say(
        dialog,
        StatementColumn.DATE,
        StatementColumn.OUTGOING,
        StatementColumn.INCOMING,
        StatementColumn.COUNTERPARTY,
        StatementColumn.ACCOUNT,
    )
    page.key(Qt.Key.Key_Return, _CONTROL)
    page.key(Qt.Key.Key_Escape)
    attach("下个月.csv", table.encode("gb18030"))
    page.read()
    (row,) = page.statement.statement.rows
    assert row.account == "6230520010037788996"
    assert "按指定的各列读取" in page.label("reading_warnings")


def test_a_text_without_a_table_is_no_table(page: ReadingPage, attach: Attach) -> None:
    attach("随笔.txt", "今天去了公园。\n天气很好。\n".encode())
    assert_about(page.read(), "statement.unknown")


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_it_fits_the_smallest_screen(
    page: ReadingPage, attach: Attach, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    attach("村镇银行回单.csv", TABLE)
    dialog = page.read()
    QApplication.processEvents()
    save(page, f"columns-{language}-{scheme.value}")
    assert dialog.width() <= 1366
    assert dialog.height() <= 740
    assert clipped_texts(dialog) == []
    assert overlaps(dialog) == []
