"""From an empty screen to an issued stop order by keys alone: how many keys beyond the facts themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from desktop.services.look_up import orders
from tests.support.sessions import Seat
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.window_page import type_text

FACTS = (
    ("victim.name", "李秀兰"),
    ("victim.id_number", "620102196804152044"),
    ("victim.phone", "13919364417"),
    ("transfers.0.time", "10:12:35"),
    ("transfers.0.amount", "98000"),
    ("transfers.0.channel", "mobile_bank"),
    ("transfers.0.arrival", "next_day"),
    ("transfers.0.serial", "26112400128841"),
    ("transfers.0.payer_account", "6217004230001234569"),
    ("transfers.0.payee_account", "6230520010037788996"),
    ("transfers.0.payee_name", "陈某某"),
)
MOST = 12


def test_at_most_twelve_keys_beyond_the_facts(page: IntakePage, seat: Seat) -> None:
    beyond = 0
    for place, (path, fact) in enumerate(FACTS):
        if place:
            page.enter()  # goes past what the program filled in itself
            beyond += 1
        assert page.focused_path() == path
        focused = page.focused()
        if isinstance(focused, QComboBox):
            page.type(fact)  # the choice is the fact
        else:
            type_text(focused, fact)
    page.stop()
    page.stop()
    beyond += 2
    assert beyond <= MOST
    (order,) = orders(seat.session)
    assert order.order.amount_fen == 9_800_000
    assert order.order.payee.name == "陈某某"
    assert order.order.payer.bank == "中国建设银行"


def test_tab_still_visits_what_the_program_filled_in(page: IntakePage) -> None:
    page.fill(victim_name="李秀兰")
    page.focus("transfers.0.payer_account").type("6217004230001234569")
    QTest.keyClick(page.focused(), Qt.Key.Key_Tab)
    assert page.focused_path() == "transfers.0.payer_name"
