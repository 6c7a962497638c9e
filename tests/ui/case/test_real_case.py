"""The case page on a real desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RuleError, TrustError
from desktop.domain.ids import TransferId
from desktop.domain.law.amount_tiers import Tier
from desktop.domain.orders.order import OrderKind
from desktop.services.case_sheet import CaseSheet, read_sheet
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.cases.tasks import add_task
from desktop.services.orders.issue_order import issue_order
from desktop.services.orders.make_slip import make_slip
from desktop.services.papers.draw_form import draw_form, draw_stop_form
from desktop.services.papers.note_print import PrintRun, note_print, note_saved
from desktop.services.papers.show_paper import show_form
from desktop.ui.case.actions.case_actions import _issue_stop
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.case.tasks.line import TaskLine
from desktop.ui.shared.kit.kit import Kit
from tests.support.sessions import a_form, take_seat
from tests.support.texts import zh
from tests.ui.case.fakes import SETUP, Ways
from tests.ui.pages.case import CasePage


def test_a_payment_two_reports_tell_is_one_loss_and_one_tier(tmp_path: Path) -> None:
    session = take_seat(tmp_path, "A").session
    forms = [a_form(session), a_form(session)]
    small = [replace(form.transfers[0], amount="2,000.00") for form in forms]
    lead, other = (
        register_report(session, replace(form, transfers=(paid,))).case
        for form, paid in zip(forms, small, strict=True)
    )
    alone = read_sheet(session, lead).deadlines
    merge_cases(session, lead, other)
    sheet = read_sheet(session, lead)
    assert sheet.money is not None
    assert sheet.money.loss is not None
    assert (sheet.money.amounts.net_fen, sheet.money.loss.tier) == (200_000, Tier.ADMINISTRATIVE)
    assert sheet.deadlines == alone, "the clocks go by the same sum, and each payment has one"
    assert sheet.loss_fen == sheet.money.amounts.gross_fen
    first = sheet.file.transfers[0]
    assert sheet.may_stop(first)
    issue_order(session, other, OrderKind.STOP, 1)
    stopped = read_sheet(session, lead)
    assert not stopped.may_stop(first), "the other report of it has a stop"
    assert stopped.stop_of(first.id) is not None


def test_a_stop_is_of_the_transfer_that_was_shown_whatever_was_recorded_meanwhile(
    tmp_path: Path,
) -> None:
    session = take_seat(tmp_path, "A").session
    form = a_form(session)
    paid = [
        replace(form.transfers[0], id=session.ids.new_id(), amount=amount)
        for amount in ("1000", "2000", "3000", "4000")
    ]
    case = register_report(session, replace(form, transfers=tuple(paid))).case
    _, second, third, fourth = read_sheet(session, case).file.transfers
    now = form_of(session, case)
    left = (now.transfers[1], replace(now.transfers[2], amount="3500"), now.transfers[3])
    register_report(session, replace(now, transfers=left, removed=(now.transfers[0].id,)))
    order = _issue_stop(session, case, second, confirmed=True)
    (view,) = read_sheet(session, case).file.orders
    assert (view.order.id, view.order.amount_fen) == (order, 200_000)
    with pytest.raises(RuleError) as caught:
        _issue_stop(session, case, third, confirmed=True)
    assert caught.value.code == "order.shown_amended"
    gone = replace(fourth, id=TransferId("gone"))
    with pytest.raises(RuleError, match=r"^order\.shown_amended$"):
        _issue_stop(session, case, gone, confirmed=True)


def test_a_real_case_is_shown_stopped_printed_and_revealed(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    session = take_seat(tmp_path, "A").session
    case = register_report(session, a_form(session)).case
    save_draft(session, form_of(session, case))
    assert read_sheet(session, case).amendment is None, "a draft that says what is recorded"
    order = _issue_stop(session, case, read_sheet(session, case).file.transfers[0], confirmed=True)
    stop_form = draw_stop_form(session, order)
    with pytest.raises(TrustError, match=r"^centre\.unknown$"):
        make_slip(session, order)
    reveal_case(session, case)
    form = read_sheet(session, case).forms[0]
    before = read_sheet(session, case).history
    assert show_form(session, form.id, case).pdf.pages
    assert read_sheet(session, case).history == before
    drawn = draw_form(session, form.id, case)
    assert read_sheet(session, case).history == before, (
        "drawn for the screen, and printed by nobody"
    )
    assert stop_form.record is not None
    note_print(session, stop_form.record, PrintRun(stop_form.pages))
    note_saved(session, drawn)
    screen = CaseScreen(kit, session, Ways(), replace(SETUP, type_name=str))
    qtbot.addWidget(screen)
    page = CasePage(qtbot, screen)
    screen.open_case(case)
    page.show()
    words = page.words()
    for told in ("李秀兰", "¥ 98,000", "139****4417", "黄金止付时间"):
        assert told in words
    screen.header.tabs.choose(Tab.HISTORY)
    model = screen.parts.history.table.rows
    sentences = [model.index(row, 2).data() for row in range(model.rowCount())]
    assert sentences[:3] == [
        f"打印《{form.title('zh_CN')}（存为文件）》", "打印《紧急止付申请表》", zh("case.history.revealed"),
    ]  # fmt: skip
    assert "发起紧急止付 98,000" in sentences
    assert {zh("case.history.registered"), "记录转账 98,000"} <= set(sentences)


class CountedPart:
    """Stands where the money flow or the persons would; counts how often it was read."""

    def __init__(self) -> None:
        self.reads = 0

    def reload(self) -> None:
        self.reads += 1

    def show_revealed(self, *, revealed: bool) -> None:
        """Nothing to show."""


def test_an_act_shows_anew_only_what_it_touched(
    kit: Kit, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = take_seat(tmp_path, "A").session
    case = register_report(session, a_form(session)).case
    part = CountedPart()
    setup = replace(SETUP, type_name=str, flow_factory=lambda _case: (QWidget(), part))
    screen = CaseScreen(kit, session, Ways(), setup)
    qtbot.addWidget(screen)
    screen.open_case(case, Tab.FLOW)
    CasePage(qtbot, screen).show()
    assert part.reads == 1
    shown: set[str] = set()
    parts = (
        "header",
        "timeline",
        "money",
        "leads",
        "orders",
        "papers",
        "history",
        "people",
        "flow",
    )

    def of(name: str) -> Any:
        return screen.header if name == "header" else getattr(screen.parts, name)

    def watched(name: str) -> Callable[..., None]:
        show: Callable[..., None] = of(name).show_sheet

        def call(sheet: CaseSheet, **more: bool) -> None:
            shown.add(name)
            show(sheet, **more)

        return call

    for name in parts:
        monkeypatch.setattr(of(name), "show_sheet", watched(name))

    def after(act: Callable[[], object]) -> set[str]:
        shown.clear()
        act()
        screen.renew()
        return set(shown)

    add = partial(add_task, session, case, "回拨")
    assert after(add) == {"header", "timeline", "orders", "history"}
    assert after(partial(reveal_case, session, case)) == {"history"}
    assert part.reads == 1, "the money was not read again"
    order = partial(issue_order, session, case, OrderKind.STOP, 1)
    assert after(order) == {*parts} - {"leads"}
    assert part.reads == 2
    shown.clear()
    screen.reload()
    assert shown == {*parts}
    told = [line.face.text for line in screen.overview.tasks.findChildren(TaskLine)]
    assert "回拨" in told
