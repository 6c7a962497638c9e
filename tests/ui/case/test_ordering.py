"""Orders from the page of a case: made, approved, answered, taken back, all of it by keyboard on a real desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.money import ApplicationType, MoneyTerms, Urgency
from desktop.domain.orders.number import Anomaly, LineKind, NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.problems import Problem, Severity
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.look_up import case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.case_orders import Ordered
from desktop.services.orders.issue_order import issue_order
from desktop.services.orders.record_step import record_step
from desktop.services.session import Session
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.shared.dialogs.dialog_frame import BodyRoom
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.actions import OrderNewDialog
from tests.support.noted import noted
from tests.support.sessions import a_form, signed_in, take_seat
from tests.support.texts import zh
from tests.support.upgrades import heard_centre
from tests.ui.case.fakes import SETUP, Ways
from tests.ui.pages.case import CasePage
from tests.ui.pages.window_page import WindowPage

_ORDERING = "desktop.ui.shared.orders.ordering"
_ACTIONS, _CLASH = f"{_ORDERING}.actions", f"{_ORDERING}.reply_flow"
ENTER = Qt.Key.Key_Return


@dataclass
class Table:
    """A real desk with one case of two payments and two leads, its page at the orders."""

    page: CasePage
    session: Session
    case: CaseId

    def active(self, name: str) -> WindowPage:
        """The open dialog, once it has the keyboard."""
        found = self.page.dialog(name)
        self.page.qtbot.waitUntil(lambda: QApplication.activeWindow() is found.widget)
        return found

    def front(self) -> None:
        """The page has the keyboard again after a dialog."""
        window = self.page.widget.window()
        window.activateWindow()
        self.page.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)

    def orders(self) -> tuple[OrderView, ...]:
        return case_file(self.session, self.case).orders

    def newest(self) -> Order:
        return self.orders()[0].order

    def new(self, kind: OrderKind, *places: int) -> WindowPage:
        """Ctrl+O, the kind, what it is about; the form is open then."""
        self.front()
        self.page.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        dialog = self.active("order_new_dialog")
        self.choose(dialog, "order_kind", list(OrderKind).index(kind))
        for place, tick in enumerate(self.ticks(dialog), 1):
            if tick.isChecked() is not (place in places):
                tick.setFocus()
                dialog.press(Qt.Key.Key_Space)
        dialog.find("order_new_next").setFocus()
        dialog.press(ENTER)
        return self.active("order_form_dialog")

    def choose(self, dialog: WindowPage, name: str, index: int) -> None:
        combo = dialog.find(name)
        combo.setFocus()
        dialog.press(Qt.Key.Key_Home)
        for _ in range(index):
            dialog.press(Qt.Key.Key_Down)

    def ticks(self, dialog: WindowPage) -> list[QAbstractButton]:
        QApplication.processEvents()  # what was just added becomes visible
        found = dialog.widget.findChildren(QAbstractButton)
        named = [x for x in found if x.objectName().startswith("order_about_") and x.isVisible()]
        return sorted(named, key=lambda tick: tick.objectName())

    def act(self, number: str, name: str) -> None:
        """The order's button, then down to the step, Enter."""
        self.front()
        named = self.page.widget.findChildren(QAbstractButton, f"case_order_act_{number}")
        next(button for button in named if button.isVisible()).setFocus()
        self.page.press(Qt.Key.Key_Space)
        dialog = self.active("order_act_dialog")
        while dialog.focused().objectName() != name:
            before = dialog.focused()
            dialog.press(Qt.Key.Key_Down)
            assert dialog.focused() is not before
        dialog.press(ENTER)

    def issue(self, form: WindowPage, *, confirm: bool = True) -> None:
        form.find("order_form_accept").setFocus()
        form.press(Qt.Key.Key_Space)
        if confirm:
            assert not form.find("order_form_accept").hasFocus()
            form.find("order_form_accept").setFocus()
            form.press(Qt.Key.Key_Space)


@pytest.fixture
def table(kit: Kit, qtbot: QtBot, tmp_path: Path) -> Table:
    session = take_seat(tmp_path, "A").session
    form = a_form(session)
    second = replace(form.transfers[0], id=session.ids.new_id(), amount="500", serial="2")
    leads = tuple(
        IdentifierText(session.ids.new_id(), kind, value)
        for kind, value in (("mobile", "17062048831"), ("url", "https://jd-kefu88.top"))
    )
    form = replace(form, transfers=(*form.transfers, second), identifiers=leads)
    case = register_report(session, form).case
    screen = CaseScreen(kit, session, Ways(), replace(SETUP, type_name=str))
    qtbot.addWidget(screen)
    page = CasePage(qtbot, screen)
    screen.open_case(case)
    page.show()
    screen.header.tabs.choose(Tab.ORDERS)
    return Table(page, session, case)


def _wrong_password(_number: str, _password: str) -> None:
    raise UserInputError("password.wrong", tries=4)


def shown_text(dialog: WindowPage) -> str:
    return "\n".join(label.text() for label in dialog.widget.findChildren(QLabel))


def test_what_waits_for_the_filing_says_so_before_its_form_is_filled_in(table: Table) -> None:
    table.front()
    table.page.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = table.active("order_new_dialog")
    assert isinstance(dialog.widget, OrderNewDialog)
    texts = dialog.widget.kit.texts
    table.choose(dialog, "order_kind", list(OrderKind).index(OrderKind.FREEZE))
    assert dialog.text("order_kind_note") == texts.text("ordering.new.unfiled")
    table.choose(dialog, "order_kind", list(OrderKind).index(OrderKind.STOP))
    assert dialog.text("order_kind_note") == texts.text("ordering.about.stop")
    dialog.press(Qt.Key.Key_Escape)


def test_what_another_ordered_alone_is_confirmed_by_one_act(table: Table) -> None:
    heard_centre(table.session)
    colleague = signed_in(table.session, Officer("620178", "孙立", (Role.FRONT_DESK,)))
    made = issue_order(colleague, table.case, OrderKind.STOP, 1).order
    table.page.widget.reload()
    waiting = table.page.widget.kit.texts.text("orders.alone.open")
    assert waiting in table.page.words()
    table.act(made.number, "act_confirm_")
    assert table.newest().confirmation is not None
    assert waiting not in table.page.words()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_form_of_a_stop_is_no_wider_than_its_dialog(table: Table, language: str) -> None:
    table.page.widget.kit.texts.set_language(language)
    form = table.new(OrderKind.STOP, 1)
    (contents,) = (room.widget() for room in form.widget.findChildren(BodyRoom))
    assert contents.minimumSizeHint().width() <= form.widget.width()


def test_two_payments_are_stopped_in_one_go(table: Table) -> None:
    form = table.new(OrderKind.STOP, 1, 2)
    assert "¥ 98,000" in shown_text(form)
    assert "¥ 500" in shown_text(form)
    table.issue(form, confirm=False)
    assert [view.order.amount_fen for view in table.orders()] == [50_000, 9_800_000]
    assert "1124-A-0001-Z2" in table.page.words()


def test_a_displayed_or_real_number_must_be_said_before_it_is_shut(table: Table) -> None:
    form = table.new(OrderKind.SHUTDOWN, 1)
    form.fill("order_addressee", "中国联通")
    table.issue(form, confirm=False)
    assert table.orders() == ()
    assert form.focused() is form.find("order_line")
    table.choose(form, "order_line", list(LineKind).index(LineKind.REAL) + 1)
    form.fill("order_first_at", "2026-11-24 09:10:11")
    table.issue(form)
    terms = table.newest().terms
    assert isinstance(terms, NumberTerms)
    assert (terms.line, terms.raw, table.newest().addressee) == (
        LineKind.REAL, "17062048831", "中国联通",
    )  # fmt: skip
    assert terms.first_at is not None
    assert table.orders()[0].state is OrderState.PROPOSED


def test_a_freeze_waits_for_the_filing_and_then_for_the_approval(table: Table) -> None:
    form = table.new(OrderKind.FREEZE, 1)
    table.issue(form, confirm=False)
    assert table.orders() == ()
    form.press(Qt.Key.Key_Escape)
    record_step(table.session, table.case, StepKind.FILED, table.session.clock.now())
    form = table.new(OrderKind.FREEZE, 1)
    form.fill("order_freeze_amount_fen", "6万")
    table.issue(form)
    number = table.newest().number
    assert table.newest().amount_fen == 6_000_000
    table.act(number, "act_approve_")
    approval = table.active("approval_dialog")
    approval.fill("approval_by", "张局长")
    approval.fill("approval_number", "兰公（城）冻财字〔2026〕3号")
    approval.fill("approval_witness", "620199")
    approval.fill("approval_password", "wrong")
    approval.click("approval_accept")
    assert table.orders()[0].state is OrderState.PROPOSED, "a wrong password approves nothing"
    approval.fill("approval_witness", "")
    approval.fill("approval_at", "10:77")
    approval.click("approval_accept")
    assert approval.text("approval_at_hint")
    assert table.orders()[0].state is OrderState.PROPOSED, "no other time is taken instead"
    approval.fill("approval_at", "")
    approval.click("approval_accept")
    assert table.orders()[0].state is OrderState.ISSUED
    assert "张局长" in table.page.words()
    table.act(number, "act_reply_")
    reply = table.active("reply_dialog")
    reply.click("reply_result_done")
    reply.fill("reply_freeze_number", "F-20261124-9")
    reply.click("reply_accept")
    assert table.orders()[0].state is OrderState.DONE
    assert "F-20261124-9" in table.page.words()


def test_a_reply_by_telephone_names_the_next_tier_and_that_is_stopped(table: Table) -> None:
    table.issue(table.new(OrderKind.STOP, 1), confirm=False)
    number = table.newest().number
    table.act(number, "act_reply_")
    reply = table.active("reply_dialog")
    reply.click("reply_result_partial")
    reply.fill("reply_amount", "61,320")
    reply.click("hop_add")
    reply.fill("hop_account_1", "6222021001116245702")
    reply.fill("hop_name_1", "赵某")
    reply.fill("hop_amount_1", "36,680")
    reply.fill("hop_time_1", "2026-11-24 10:20:00")
    reply.click("reply_accept")
    assert table.orders()[0].state is OrderState.PARTIAL
    assert "赵某" in table.page.words()
    table.act(number, "act_hop_stop")
    table.issue(table.active("order_form_dialog"))
    assert table.newest().payee.number == "6222021001116245702"
    assert table.newest().payer.number == "6230520010037788996"
    names = [x.objectName() for x in table.page.widget.findChildren(QWidget)]
    assert f"case_order_act_{table.newest().number}" in names


def test_what_stands_is_shown_beside_what_the_bank_said_by_telephone(table: Table) -> None:
    """Whether it stood before or was recorded while somebody typed. Enter keeps it; only who saw it replaces it."""
    table.issue(table.new(OrderKind.STOP, 1), confirm=False)
    order, at = table.newest(), table.session.clock.now()
    colleague = replace(table.session, officer=replace(table.session.officer, number="620777"))
    stood = OrderReply(
        ReplyResult.PARTIAL, 4_000_000, 0, at, at + timedelta(hours=48), "中国农业银行", "柜员 3", "", at
    )  # fmt: skip
    table.act(order.number, "act_reply_")
    reply = table.active("reply_dialog")
    reply.click("reply_result_done")
    reply.fill("reply_operator", "赵敏")
    record_reply(colleague, order.id, stood)
    reply.click("reply_accept")
    both = table.active("compare_dialog")
    assert "620777" in both.text("compare_told")
    shown = shown_text(both)
    for text in ("部分办成", "40,000", "柜员 3", "办成", "98,000", "赵敏"):
        assert text in shown
    both.press(ENTER)
    table.page.qtbot.waitUntil(lambda: table.page.closed("compare_dialog"))
    assert table.newest().reply == stood
    assert reply.find("reply_operator", QLineEdit).text() == "赵敏"
    reply.press(Qt.Key.Key_Escape)
    table.act(order.number, "act_reply_")
    reply = table.active("reply_dialog")
    reply.click("reply_result_done")
    reply.fill("reply_operator", "赵敏")
    reply.click("reply_accept")
    table.active("compare_dialog").click("compare_replace")
    recorded = table.newest().reply
    assert recorded is not None
    assert (recorded.result, recorded.operator) == (ReplyResult.DONE, "赵敏")
    assert table.page.closed("reply_dialog")
    assert table.page.closed("compare_dialog")


def test_a_reply_is_recorded_and_its_next_tier_stopped_in_one_go(table: Table) -> None:
    table.issue(table.new(OrderKind.STOP, 1), confirm=False)
    number = table.newest().number
    table.act(number, "act_reply_")
    reply = table.active("reply_dialog")
    assert not reply.find("reply_follow").isVisible(), "nothing to follow yet"
    reply.click("reply_result_done")
    for place, account in enumerate(("6222021001116245702", "6228480402563307", ""), 1):
        reply.click("hop_add")
        reply.fill(f"hop_account_{place}", account)
        if account:
            reply.fill(f"hop_time_{place}", "2026-11-24 10:20:00")
            reply.fill(f"hop_amount_{place}", "36,680")
    reply.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    table.issue(table.active("order_form_dialog"))
    accounts = {view.order.payee.number for view in table.orders()[:2]}
    assert accounts == {"6222021001116245702", "6228480402563307"}
    assert not table.page.offers("case_order_hop_0"), "both are stopped"


def test_each_unstopped_account_of_the_next_tier_has_its_button(table: Table) -> None:
    table.issue(table.new(OrderKind.STOP, 1), confirm=False)
    number = table.newest().number
    table.act(number, "act_reply_")
    reply = table.active("reply_dialog")
    reply.click("reply_result_done")
    reply.click("hop_add")
    reply.fill("hop_account_1", "6222021001116245702")
    reply.fill("hop_amount_1", "36,680")
    reply.fill("hop_time_1", "2026-11-24 10:20:00")
    reply.click("reply_accept")
    table.front()
    table.page.find("case_order_hop_0").setFocus()
    table.page.press(Qt.Key.Key_Space)
    table.issue(table.active("order_form_dialog"))
    assert table.newest().about == "account/6222021001116245702"
    assert not table.page.offers("case_order_hop_0")


def test_paperwork_after_the_stop_names_what_it_follows(table: Table) -> None:
    form = table.new(OrderKind.STOP, 1)
    assert not form.find("order_original_application").isVisible(), "asked for by no first request"
    kinds = list(ApplicationType)
    table.choose(form, "order_application", kinds.index(ApplicationType.AFTER))
    table.issue(form)
    assert table.orders() == ()
    assert form.focused() is form.find("order_original_application")
    form.fill("order_original_application", "620102540000202611240001")
    table.choose(form, "order_urgency", 0)
    table.issue(form, confirm=False)
    terms = table.newest().terms
    assert isinstance(terms, MoneyTerms)
    assert (terms.application, terms.original_application, terms.urgency) == (
        ApplicationType.AFTER, "620102540000202611240001", Urgency.NORMAL,
    )  # fmt: skip
    words = table.page.words()
    assert zh("order_terms.application_is.04") in words
    assert zh("order_terms.urgency_is.01") in words


def test_an_account_mark_typed_and_then_not_asked_for_stays_at_home(table: Table) -> None:
    form = table.new(OrderKind.STOP, 1)
    table.choose(form, "order_application", 1)
    form.fill("order_account_mark", "00012")
    table.choose(form, "order_application", 0)
    table.issue(form, confirm=False)
    terms = table.newest().terms
    assert isinstance(terms, MoneyTerms)
    assert terms.account_mark == ""


def test_what_is_odd_about_a_number_and_its_screenshots_go_along(
    table: Table, tmp_path: Path
) -> None:
    pictures = [tmp_path / "来电记录.png", tmp_path / "话单.pdf"]
    for picture in pictures:
        picture.write_bytes(picture.name.encode())
    shot, _bill = attach_files(table.session, table.case, pictures, SILENT)
    form = table.new(OrderKind.INTERCEPT, 1)
    form.find("order_anomalies_differs_from_callback").setFocus()
    form.press(Qt.Key.Key_Space)
    form.find("order_evidence").setFocus()
    form.press(Qt.Key.Key_Space)
    form.find("order_evidence_1").setFocus()
    form.press(Qt.Key.Key_Space)
    table.choose(form, "order_line", list(LineKind).index(LineKind.DISPLAYED) + 1)
    table.issue(form)
    terms = table.newest().terms
    assert isinstance(terms, NumberTerms)
    assert terms.anomalies == (Anomaly.DIFFERS_FROM_CALLBACK,)
    assert terms.evidence == (shot.evidence.sha256,)
    table.page.widget.reload()
    assert zh("order_terms.anomalies_is.differs_from_callback") in table.page.words()
    assert "1 项" in table.page.words()


@pytest.mark.parametrize("kind", [OrderKind.STOP, OrderKind.FREEZE, OrderKind.QUERY_DETAILS])
def test_evidence_goes_along_with_orders_about_money(
    table: Table, tmp_path: Path, kind: OrderKind
) -> None:
    receipt = tmp_path / "转账凭证.png"
    receipt.write_bytes(b"receipt")
    (item,) = attach_files(table.session, table.case, [receipt], SILENT)
    record_step(table.session, table.case, StepKind.FILED, table.session.clock.now())
    form = table.new(kind, 1)
    form.find("order_evidence").setFocus()
    form.press(Qt.Key.Key_Space)
    form.find("order_evidence_1").setFocus()
    form.press(Qt.Key.Key_Space)
    table.issue(form)
    terms = table.newest().terms
    assert isinstance(terms, MoneyTerms)
    assert terms.evidence == (item.evidence.sha256,)


def test_a_withdrawal_needs_its_reason_and_ends_everything(table: Table) -> None:
    table.issue(table.new(OrderKind.STOP, 1), confirm=False)
    number = table.newest().number
    table.act(number, "act_withdraw_")
    dialog = table.active("order_withdraw_dialog")
    assert not dialog.find("order_word_accept").isEnabled()
    dialog.fill("order_word", "账号抄错")
    dialog.click("order_word_accept")
    assert table.orders()[0].state is OrderState.WITHDRAWN
    assert "账号抄错" in table.page.words()
    table.act(number, "act_number_")
    dialog = table.active("order_number_dialog")
    dialog.fill("order_word", "620102540000202611240001")
    dialog.click("order_word_accept")
    assert table.newest().official == "620102540000202611240001"


@pytest.mark.parametrize("kind", OrderKind)
def test_every_kind_opens_its_form_within_the_screen(table: Table, kind: OrderKind) -> None:
    """In both languages, and with everything the check may say."""
    table.issue(table.new(OrderKind.STOP, 1), confirm=False)
    for language in ("zh_CN", "en"):
        table.page.widget.kit.texts.set_language(language)
        form = table.new(kind, 1)
        form.widget.show_problems(  # type: ignore[attr-defined]  # the dialog of the form
            tuple(Problem("order.line", code, Severity.BLOCK) for code in
                  ("line_unstated", "shutdown_no_phone", "addressee_missing", "approval_waits"))
        )  # fmt: skip
        QApplication.processEvents()
        assert form.widget.sizeHint().height() <= 768
        form.press(Qt.Key.Key_Escape)


def test_doubts_are_asked_about_once_and_anew_after_a_change(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = (Problem("transfers.0.payee_name", "payee_name_missing"),)
    asked = noted(monkeypatch, f"{_ACTIONS}.order_all", answer=Ordered((), problems))
    form = table.new(OrderKind.STOP, 1)
    for change in ("", "请先核实户名", ""):
        if change:
            form.fill("order_remark", change)
        form.click("order_form_accept")
    assert [confirmed for *_others, confirmed, _despite in asked] == [False, False, True]


def test_a_current_reply_that_can_not_be_read_is_no_secret(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.issue(table.new(OrderKind.STOP, 1), confirm=False)
    order, at = table.newest(), table.session.clock.now()
    table.act(order.number, "act_reply_")
    reply = table.active("reply_dialog")
    reply.click("reply_result_done")
    reply.fill("reply_operator", "赵敏")
    stood = OrderReply(
        ReplyResult.DONE, 9_800_000, 0, at, at + timedelta(hours=48), "中国农业银行", "柜员 3", "", at
    )  # fmt: skip
    record_reply(table.session, order.id, stood)

    def broken(*_: object) -> NoReturn:
        raise WorldError("disk.failed", errno=5)

    monkeypatch.setattr(f"{_CLASH}.current_reply_of", broken)
    reply.click("reply_accept")
    assert table.page.closed("compare_dialog")
    assert reply.text("reply_banner_message") == zh("errors.disk.failed.what")
    assert reply.find("reply_operator", QLineEdit).text() == "赵敏", "what was typed stays"


def test_a_doubt_beside_something_wrong_is_told_apart_from_it(table: Table) -> None:
    form = table.new(OrderKind.STOP, 1)
    wrong = Problem("order.line", "line_unstated", Severity.BLOCK)
    doubt = Problem("transfers.0.payee_name", "payee_name_missing", Severity.WARN)
    for problems, seen in (((wrong, doubt), (True, True)), ((doubt,), (False, True))):
        form.widget.show_problems(problems)  # type: ignore[attr-defined]
        labels = [form.find(name, QLabel) for name in ("order_problems", "order_doubts")]
        assert tuple(label.isVisible() for label in labels) == seen
        told = zh(f"problems.{doubt.code}")
        assert [told in label.text() for label in labels] == [False, True]
