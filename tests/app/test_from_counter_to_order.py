"""Whoever comes to the counter: by keys from F2 to the registered case and to whoever can still halt the money."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.windows.window import Program
from desktop.domain.case_file.views import CaseFile
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.services.look_up import board, case_file
from desktop.services.session import Session
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.ui.pages.intake import IntakePage

TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
ALT = Qt.KeyboardModifier.AltModifier
PAID = {"time": "10:12", "amount": "98000"}
BANK = {
    "payer_account": "6217004230001234569", "payee_account": "6230520010037788996", "payee_name": "陈某某",
    "payee_bank": "中国农业银行", "serial": "26112400128841", "channel": "mobile_bank",
}  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """``reporter``: as what somebody else reports, and what is typed of him. ``way``: by which the money left, and
    ``before`` and ``after`` that was chosen what is typed of the payment."""

    asked: str
    kind: OrderKind = OrderKind.REVOKE
    victim: dict[str, str] = field(default_factory=dict)
    reporter: tuple[str, dict[str, str]] = ("", {})
    way: str = ""
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)


VISITS = {
    "a daughter for her mother": Visit(
        "中国农业银行", OrderKind.STOP, reporter=("agent", {"name": "王芳", "relation": "女儿", "papers": "户口簿"}),
        before=BANK,
    ),
    "a company by its handler": Visit(
        "中国农业银行", OrderKind.STOP,
        victim={"id_kind": "uscc", "id_number": "91110000600037341L", "representative": "赵建华"},
        reporter=("handler", {"name": "孙会计", "papers": "授权委托书"}), before=BANK,
    ),
    "a minor by the guardian": Visit(
        "中国农业银行", OrderKind.STOP, victim={"id_number": "620102201204152045"},
        reporter=("guardian", {"name": "王大山", "relation": "父亲"}), before=BANK,
    ),
    "a coin": Visit(
        "OKX", way="coin", before={"payee_account": TRON}, after={"way_hash": "ab" * 32, "payee_bank": "OKX"}
    ),
    "a courier": Visit(
        "滴滴", way="cash",
        after={"way_goods": "gold", "way_handover": "on_the_way", "payee_bank": "滴滴", "order_number": "DD20261124",
               "way_plate": "甘A12345"},
    ),
    "a transfer abroad": Visit(
        "中国银行", way="cross_border", before={"payee_account": "GB82WEST12345698765432", "payee_name": "Smith"},
        after={"way_currency": "GBP", "way_foreign_amount": "1000", "payer_bank": "中国银行",
               "way_swift": "MIDLGB22"},
    ),
}  # fmt: skip


@pytest.fixture
def counter(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[tuple[IntakePage, Session, Callable[[], str]]]:
    """The wizard after F2 in the window of a desk, and which page is in front."""
    make_desk(tmp_path / "desk")
    program = Program(
        qapp, tmp_path / "desk", machine=machine(), runner=InlineTaskRunner(), lacks_chinese=lambda _language: False
    )  # fmt: skip
    program.start()
    session = program.installation.sign_in(OFFICER, PASSWORD)
    program.open_desk(session)
    desk = program.desk_window
    assert desk is not None
    window = desk.window
    window.resize(1366, 768)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F2)
    yield IntakePage(qtbot, desk.intake), session, lambda: window.current_page
    window.close()
    program.shut_down()


def _type(page: IntakePage, part: str, facts: dict[str, str]) -> None:
    for name, text in facts.items():
        page.focus(f"{part}.{name}").type(text).press(Qt.Key.Key_Tab)


def _choose_way(page: IntakePage, way: str) -> None:
    if way == "coin":
        page.focus("transfers.0.payee_account").press(Qt.Key.Key_K, ALT)
        return
    page.press(Qt.Key.Key_K, ALT)
    page.field("transfers.0.way_kind").editor.hidePopup()  # type: ignore[attr-defined]  # a combo
    page.type(way)


def _report(page: IntakePage, visit: Visit) -> None:
    role, facts = visit.reporter
    page.go_to(2)
    _type(page, "victim", visit.victim)
    if role:
        page.window.find("reported_by_self").setFocus()
        while page.focused().objectName() != f"reported_by_{role}":
            page.press(Qt.Key.Key_Right)
        _type(page, "parties.0", facts)


@pytest.mark.parametrize("name", VISITS)
def test_from_f2_to_the_registered_case_and_the_order(
    counter: tuple[IntakePage, Session, Callable[[], str]], name: str
) -> None:
    page, session, shown = counter
    visit = VISITS[name]
    assert shown() == "intake"
    page.fill(victim_name="李秀兰", victim_phone="13919364417")
    _type(page, "transfers.0", PAID | visit.before)
    if visit.way:
        _choose_way(page, visit.way)
    _type(page, "transfers.0", visit.after)
    page.stop()
    page.stop()
    case = CaseId(page.form.case_id)
    _report(page, visit)
    page.go_to(6).register()
    file = case_file(session, case)
    _expect(file, visit)
    assert [card.id for card in board(session)] == [case]


def _expect(file: CaseFile, visit: Visit) -> None:
    (view,) = file.orders
    order = view.order
    assert (order.kind, order.addressee or order.payee.bank) == (visit.kind, visit.asked)
    role, facts = visit.reporter
    assert file.case.reporter.name == facts.get("name", "李秀兰")
    assert file.case.reporter.roles[:1] == ((role,) if role else ("victim",))
    assert file.transfers[0].way.kind == visit.way
    assert file.case.victim.representative == visit.victim.get("representative", "")
