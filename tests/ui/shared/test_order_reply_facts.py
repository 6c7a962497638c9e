"""What a reply tells beside its result: each kind of order asks for its own facts, and none is lost or made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import AccountFacts
from desktop.ui.shared.dialogs.dialog_frame import BodyRoom
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog
from desktop.ui.shared.orders.order_reply_facts import fact_names
from tests.domain.orders.samples import NOON, order
from tests.ui.pages.window_page import WindowPage

AT_WALLET = MoneyTerms(institution=True)
PERIOD = (NOON, NOON + timedelta(hours=48))


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[QWidget]:
    """The window that asks."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window
    for dialog in window.findChildren(ReplyDialog):
        dialog.reject()


class Asked:
    """The open dialog, and what it answered."""

    def __init__(self, kit: Kit, qtbot: QtBot, window: QWidget, made: Order) -> None:
        view = OrderView(made, made.id, "", "李秀兰", OrderState.ISSUED)  # type: ignore[arg-type]  # any id will do
        self.dialog = ReplyDialog(kit, window, view, PERIOD)
        self.page = WindowPage(qtbot, self.dialog)
        self.replies: list[OrderReply] = []
        self.dialog.answered.connect(self.replies.append)
        self.dialog.open()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.dialog)

    def reply(self, result: str = "done") -> OrderReply:
        self.page.click(f"reply_result_{result}")
        self.page.click("reply_accept")
        return self.replies[-1]


def test_a_payment_institution_tells_licence_terminal_and_freeze(
    kit: Kit, qtbot: QtBot, host: QWidget
) -> None:
    asked = Asked(kit, qtbot, host, replace(order(OrderKind.STOP), terms=AT_WALLET))
    for name, text in (
        ("merchant", "M8899"), ("licence_until", "2031-05-01"), ("pos_terminal", "T0077"),
        ("freeze_number", "F9"),
    ):  # fmt: skip
        asked.page.fill(f"reply_{name}", text)
    told = asked.reply().account
    assert told == AccountFacts(
        merchant="M8899", licence_until="2031-05-01", pos_terminal="T0077", freeze_number="F9"
    )


def test_an_earlier_freeze_has_its_sum_end_and_authority(
    kit: Kit, qtbot: QtBot, host: QWidget
) -> None:
    asked = Asked(kit, qtbot, host, order(OrderKind.FREEZE))
    asked.page.fill("reply_earlier_by", "七里河分局")
    asked.page.fill("reply_earlier_fen", "2万元整吗")
    asked.page.fill("reply_earlier_until", "下个月")
    asked.page.click("reply_result_done")
    asked.page.click("reply_accept")
    assert asked.replies == [], "what cannot be read is not left out in silence"
    assert asked.page.text("reply_earlier_fen_hint")
    asked.page.fill("reply_earlier_fen", "2万")
    asked.page.fill("reply_earlier_until", "2027-05-01 08:00")
    told = asked.reply().account
    assert (told.earlier_by, told.earlier_fen) == ("七里河分局", 2_000_000)
    assert told.earlier_until == datetime(2027, 5, 1, 0, 0, tzinfo=UTC)


def test_a_carrier_says_what_it_did_and_when(kit: Kit, qtbot: QtBot, host: QWidget) -> None:
    asked = Asked(kit, qtbot, host, order(OrderKind.SHUTDOWN))
    asked.page.fill("reply_action", "双向停机")
    asked.page.fill("reply_done_at", "2026-11-24 10:20")
    told = asked.reply().line
    assert (told.action, told.done_at) == ("双向停机", datetime(2026, 11, 24, 2, 20, tzinfo=UTC))


def test_a_technical_cause_is_enough_of_a_reason_and_belongs_to_failure(
    kit: Kit, qtbot: QtBot, host: QWidget
) -> None:
    asked = Asked(kit, qtbot, host, order(OrderKind.STOP))
    asked.page.click("reply_result_failed")
    asked.page.find("reply_failure").setFocus()
    asked.page.press(Qt.Key.Key_End)
    failed = asked.reply("failed")
    assert (failed.result, failed.failure, failed.remark) == (ReplyResult.FAILED, "200010", "")
    assert asked.reply().failure == ""


def test_nothing_is_said_of_the_money_before_somebody_says_it(
    kit: Kit, qtbot: QtBot, host: QWidget
) -> None:
    asked = Asked(kit, qtbot, host, order(OrderKind.STOP))
    asked.page.press(Qt.Key.Key_Return)
    assert asked.replies == []
    assert asked.page.text("reply_banner_message") == kit.texts.text("order_reply.choose")
    assert asked.page.find("reply_amount", QLineEdit).text() == ""
    asked.page.press(Qt.Key.Key_Right)
    assert asked.page.find("reply_amount", QLineEdit).text() == "98,000"
    asked.page.press(Qt.Key.Key_Return)
    assert [reply.result for reply in asked.replies] == [ReplyResult.DONE]
    last = Asked(kit, qtbot, host, order(OrderKind.STOP))
    last.page.press(Qt.Key.Key_Left)
    assert last.page.find("reply_failure").isVisible(), "the last choice is one key away too"


@pytest.mark.parametrize("kind", OrderKind)
@pytest.mark.parametrize("terms", [None, AT_WALLET])
def test_every_fact_has_its_words_and_the_dialog_its_room(
    kit: Kit, qtbot: QtBot, host: QWidget, kind: OrderKind, terms: MoneyTerms | None
) -> None:
    made = replace(order(kind), terms=terms)
    for language in ("zh_CN", "en"):
        kit.texts.set_language(language)
        asked = Asked(kit, qtbot, host, made)
        for name in fact_names(made):
            assert asked.page.find(f"reply_{name}").accessibleName()
        asked.page.click("reply_result_failed")
        if asked.page.find("hop_add").isVisible():
            for _ in range(9):
                asked.page.click("hop_add")
        qtbot.wait(1)  # what was added makes its room
        asked.dialog.adjustSize()
        assert asked.dialog.height() <= 768
        asked.dialog.reject()


@pytest.mark.parametrize("kind", [OrderKind.STOP, OrderKind.QUERY_HOLDER])
def test_it_is_as_high_as_its_fields(
    kind: OrderKind, kit: Kit, qtbot: QtBot, host: QWidget
) -> None:
    asked = Asked(kit, qtbot, host, order(kind))
    room = asked.dialog.findChild(BodyRoom)
    assert room is not None
    assert asked.dialog.height() < asked.dialog.screen().availableGeometry().height()
    assert room.verticalScrollBar().maximum() == 0
