"""The dispatch desk: elements out, answers in, replies back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.centre.replies import ReplyBundle
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.sent_despite import SentDespite
from desktop.domain.errors import RuleError, TrustError, UserInputError, WorldError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind, OrderState, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.services.orders.answers.current_reply import CurrentReply
from desktop.services.orders.order_options import Options
from desktop.services.orders.order_request import About
from desktop.services.ports import OrderChoices
from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.rows_model import END_ROLE, SPAN_ROLE, Keeps
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from tests.support.clocks import HandClock
from tests.support.held_runner import HeldRunner
from tests.support.texts import zh
from tests.ui.centre.bench import CentreBench
from tests.ui.centre.conftest import STICK, MakeDispatch
from tests.ui.centre.samples import LIMITS, NOW, a_reply, an_item, an_order
from tests.ui.pages.centre import DispatchPage
from tests.ui.pages.looks import LOOKS
from tests.ui.sync.samples import CardboardDrives

PROPOSE = "shared.orders.ordering.actions.propose_orders"
VIEWS = (
    an_order("1"),
    an_order("2", minutes=26, bank="工商银行", unit="酒泉路派出所"),
    an_order("3", minutes=220, bank="招商银行", account="6214831234567720"),
    an_order("4", OrderState.DONE, minutes=60),
    an_order("5", OrderState.PARTIAL, minutes=600),
    an_order("6", OrderState.FAILED, minutes=900),
)


@pytest.fixture(autouse=True)
def views(bench: CentreBench) -> None:
    bench.views = VIEWS


def test_the_most_urgent_is_chosen_with_all_its_elements(make_dispatch: MakeDispatch) -> None:
    page = make_dispatch()
    assert page.column("dispatch_table", 1)[0].startswith("工商银行")
    assert page.text("element_payee_account") == "6230 5200 1003 7788 994"
    assert page.text("element_amount") == "¥98,000（玖万捌仟元整）"
    assert page.text("element_officer") == "王建国 620134"
    told = "待反馈 3 笔 · 其中黄金时间内 2 笔 · 下一级待止付 0 笔 · 今日已止付 ¥147,000"
    assert page.text("dispatch_figures") == told
    page.click("dispatch_copy")
    copied = QGuiApplication.clipboard().text()
    assert "收款账号：6230 5200 1003 7788 994" in copied
    assert "转账时间：2026-11-24 10:05:07" in copied
    tester = QAbstractItemModelTester(
        page.widget.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert tester is not None


def test_clocks_and_waiting_are_shown(make_dispatch: MakeDispatch) -> None:
    page = make_dispatch()
    model = page.widget.table.rows
    assert isinstance(model.index(0, 5).data(SPAN_ROLE), ClockSpan)
    assert page.column("dispatch_table", 5)[2] == "已等 3 小时"
    clock = page.widget.kit.ticks.clock
    clock.advance(minutes=6)  # type: ignore[attr-defined]
    page.widget.kit.ticks.tick()
    assert page.column("dispatch_table", 1)[0].startswith("农业银行")  # the other ran out


def test_the_end_of_a_number_is_seen_behind_a_long_name(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    """Of a carrier's orders nothing but the number tells one from the other."""
    bench.views = (an_order(bank="中国移动/虚拟运营商"),)
    target = make_dispatch().widget.table.rows.index(0, 1)
    assert target.data().endswith("994")
    assert target.data(END_ROLE) is Keeps.ENDS


def test_lacking_elements_are_named(make_dispatch: MakeDispatch, bench: CentreBench) -> None:
    bench.views = (an_order(account="", fen=0),)
    page = make_dispatch()
    assert page.text("order_lacks").startswith("缺少收款账号、金额")


def test_why_an_order_was_sent_despite_the_check_is_read_before_it_goes_on(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    reason = SentDespite("o1", ("time_in_future",), "本机慢三分钟，手机 13800138000")
    bench.views = (replace(an_order("1"), despite=reason), an_order("2", minutes=5))
    page = make_dispatch()
    page.widget.table.select_key("o1")
    assert "本机慢三分钟" in page.text("order_despite")
    assert "13800138000" not in page.text("order_despite")
    page.widget.table.select_key("o2")
    note = page.widget.findChild(QLabel, "order_despite")
    assert isinstance(note, QLabel)
    assert not note.isVisibleTo(page.widget)


def test_a_call_back_is_called_by_what_it_asks_for(
    make_dispatch: MakeDispatch, bench: CentreBench, kit: Kit
) -> None:
    answered = an_order("2", OrderState.DONE, kind=OrderKind.REVOKE, minutes=60)
    bench.views = (
        replace(an_order("1", kind=OrderKind.REVOKE), way="coin"),
        replace(answered, way="cross_border"),
        an_order("3", kind=OrderKind.REVOKE, minutes=50),
    )
    page = make_dispatch()
    page.click("dispatch_filter_all")
    assert page.column("dispatch_table", 0) == [
        zh("ways.called.coin"),
        zh("orders.kind.revoke"),
        zh("ways.called.cross_border"),
    ]
    assert page.column("dispatch_table", 4)[2] == "已召回 98,000"
    kit.texts.set_language("en")
    assert page.column("dispatch_table", 0) == ["Halt payouts", "Revoke", "Recall money"]


def test_answered_ones_are_shown_on_demand_with_the_answer(make_dispatch: MakeDispatch) -> None:
    page = make_dispatch()
    assert len(page.column("dispatch_table", 0)) == 3
    page.click("dispatch_filter_all")
    assert len(page.column("dispatch_table", 0)) == 6
    page.widget.table.select_key("o5")
    assert page.text("order_reply").startswith("农业银行部分止付 ¥49,000")
    assert page.column("dispatch_table", 4)[3:] == [
        "已止付 98,000",
        "部分止付 49,000",
        zh("order_states.failed.stop"),
    ]


def test_where_the_money_went_on_is_stopped_from_here(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    view = an_order("7", OrderState.PARTIAL)
    assert view.order.reply is not None
    hops = (NextHop("王五", "6217001234567890123", "建设银行", 5_000_000), NextHop("", "", "", 1))
    reply = replace(view.order.reply, hops=hops)
    bench.views = (replace(view, order=replace(view.order, reply=reply)), an_order("8"))
    page = make_dispatch()
    assert not page.enabled("dispatch_hops")
    assert "下一级待止付 1 笔" in page.text("dispatch_figures")
    page.click("dispatch_filter_hops")
    assert [row.view.order.id for row in page.widget.table.rows.rows] == ["o7"]
    assert "¥50,000 转往 王五　建设银行　6217 0012 3456 7890 123" in page.text("order_reply")
    proposed = bench.note(PROPOSE, answer=())
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert proposed == [("c1", OrderKind.STOP, (About(order="o7", hop=0),))]


def test_a_server_that_is_back_is_no_longer_missed(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    bench.fail_with = WorldError("database.server_gone")
    page = make_dispatch()
    assert "连不上数据库服务器" in page.message("dispatch_banner")
    page.press(Qt.Key.Key_F5)
    assert page.message("dispatch_banner") == ""
    assert len(page.column("dispatch_table", 0)) == 3


def test_nothing_waiting_says_so(make_dispatch: MakeDispatch, bench: CentreBench) -> None:
    bench.views = VIEWS[3:]
    page = make_dispatch()
    assert not page.widget.table.isVisible()
    assert not page.enabled("dispatch_reply")
    assert page.widget.first_focus() is page.find("dispatch_target")
    (empty,) = page.widget.findChildren(EmptyState)
    assert empty.accessibleName() == empty.sentence.text()


def test_the_list_has_the_keyboard_from_the_first_moment(
    kit: Kit, qtbot: QtBot, bench: CentreBench
) -> None:
    screen = DispatchScreen(kit, bench.session, CardboardDrives(STICK), LIMITS)
    qtbot.addWidget(screen)
    assert screen.first_focus() is screen.table, "before anything was read"
    screen.opened()
    assert screen.first_focus() is screen.table


def test_after_the_last_answer_the_keyboard_is_where_replies_are_written(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    page = make_dispatch()
    page.widget.table.setFocus()
    bench.views = VIEWS[3:]
    page.press(Qt.Key.Key_F5)
    assert page.widget.window().focusWidget() is page.find("dispatch_target")


def test_an_answer_is_recorded_with_the_period_of_the_rule_pack(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    page = make_dispatch()
    page.widget.table.select_key("o1")
    page.widget.table.setFocus()
    page.press(Qt.Key.Key_Return)
    dialog = page.active_dialog("reply_dialog")
    dialog.click("reply_result_done")
    assert dialog.find("reply_amount", QLineEdit).text() == "98,000"
    assert dialog.find("reply_ends", QLineEdit).text() == "2026-11-26 10:31:07"
    assert dialog.find("reply_organisation", QLineEdit).text() == "农业银行"
    dialog.fill("reply_balance", "98,012.50")
    dialog.fill("reply_operator", "赵敏 0931-8840000")
    with page.qtbot.waitSignal(page.widget.changed):
        dialog.click("reply_accept")
    ((order, answer),) = bench.replies
    assert order == "o1"
    assert (answer.amount_fen, answer.balance_fen) == (9_800_000, 9_801_250)
    assert (answer.starts_at, answer.ends_at) == (NOW, NOW + timedelta(hours=48))
    assert answer.result is ReplyResult.DONE
    assert page.closed("reply_dialog")


def test_more_than_was_asked_is_refused_with_the_reason(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    page = make_dispatch()
    page.click("dispatch_reply")
    dialog = page.active_dialog("reply_dialog")
    dialog.click("reply_result_done")
    dialog.fill("reply_amount", "99000")
    assert "超过指令金额 98,000 元，多出 1,000 元" in dialog.text("reply_amount_hint")
    dialog.click("reply_accept")
    assert bench.replies == []
    assert not page.closed("reply_dialog")
    dialog.click("reply_result_failed")
    dialog.click("reply_accept")
    assert "写明原因" in dialog.text("reply_remark_hint")
    dialog.find("reply_remark", QPlainTextEdit).setPlainText("账户已销户")
    dialog.click("reply_accept")
    assert bench.replies[0][1].amount_fen == 0
    assert bench.replies[0][1].starts_at is None


def test_where_the_money_went_on_is_seen_whole_while_it_is_typed(
    make_dispatch: MakeDispatch,
) -> None:
    page = make_dispatch()
    page.click("dispatch_reply")
    dialog = page.active_dialog("reply_dialog")
    dialog.click("reply_result_partial")
    dialog.click("hop_add")
    for name, text in (
        ("account", "6217001234567890127"),
        ("name", "兰州某某商贸有限公司"),
        ("bank", "中国建设银行兰州分行"),
        ("amount", "1,280,000.00"),
        ("time", "2026-11-24 10:05:07"),
    ):
        field = dialog.find(f"hop_{name}_1", QLineEdit)
        field.setText(text)
        room = field.width() - 2 * field.fontMetrics().horizontalAdvance("8")
        assert field.fontMetrics().horizontalAdvance(text) <= room, name


def test_what_the_station_attached_stands_beside_its_order(
    make_dispatch: MakeDispatch, bench: CentreBench, qtbot: QtBot
) -> None:
    bench.views = (VIEWS[0], replace(VIEWS[1], case=CaseId("c2")))
    bench.attached[CaseId("c1")] = tuple(an_item(f"凭证{n}.png") for n in range(1, 7))
    page = make_dispatch()
    page.widget.table.select_key("o1")
    assert page.text("order_evidence_count") == "证据 6"
    names = page.find("order_evidence")
    assert names.toolTip().splitlines()[0] == "凭证1.png　140 KB"
    with qtbot.waitSignal(page.widget.evidence_wanted) as wanted:
        page.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == ["c1"]
    page.widget.table.select_key("o2")
    assert not page.find("order_evidence").isVisible()
    assert not page.enabled("dispatch_evidence")


def test_a_refusal_of_the_centre_keeps_what_was_typed(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    page = make_dispatch()
    page.click("dispatch_reply")
    dialog = page.active_dialog("reply_dialog")
    dialog.click("reply_result_done")
    dialog.fill("reply_operator", "赵敏")
    bench.fail_with = RuleError("reply.exists")
    dialog.click("reply_accept")
    assert dialog.find("reply_banner", QWidget).isVisible()
    assert dialog.find("reply_operator", QLineEdit).text() == "赵敏"


def busy_page(kit: Kit, qtbot: QtBot, bench: CentreBench) -> tuple[HeldRunner, DispatchPage]:
    """A page whose desk is busy until the runner is told."""
    runner = HeldRunner()
    screen = DispatchScreen(
        replace(kit, runner=runner), bench.session, CardboardDrives(STICK), LIMITS
    )
    qtbot.addWidget(screen)
    page = DispatchPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    runner.run_all()
    return runner, page


@pytest.mark.parametrize("refused", [False, True])
def test_what_comes_of_a_reply_leaves_the_form_of_another_order_alone(
    kit: Kit, qtbot: QtBot, bench: CentreBench, *, refused: bool
) -> None:
    """Its own was closed while the desk was busy; a refusal is told all the same."""
    runner, page = busy_page(kit, qtbot, bench)
    screen = page.widget
    screen.table.select_key("o1")
    page.click("dispatch_reply")
    first = page.active_dialog("reply_dialog")
    first.click("reply_result_done")
    first.click("reply_accept")
    page.press(Qt.Key.Key_Escape)
    screen.table.select_key("o2")
    page.click("dispatch_reply")
    second = page.active_dialog("reply_dialog")
    second.fill("reply_operator", "赵敏")
    bench.fail_with = RuleError("reply.exists") if refused else None
    runner.run_all()
    assert second.widget.isVisible()
    assert not second.find("reply_banner", QWidget).isVisible()
    assert bool(page.message("dispatch_banner")) is refused
    assert [order for order, _ in bench.replies] == ([] if refused else ["o1"])
    second.widget.close()


def test_what_stands_for_one_order_is_not_compared_over_the_form_of_another(
    kit: Kit, qtbot: QtBot, bench: CentreBench
) -> None:
    """The first form was closed while the standing reply was read for it."""
    runner, page = busy_page(kit, qtbot, bench)
    screen = page.widget
    page.click("dispatch_filter_all")
    runner.run_all()
    screen.table.select_key("o5")
    page.click("dispatch_reply")
    first = page.active_dialog("reply_dialog")
    stands = CurrentReply(a_reply(ReplyResult.PARTIAL, 4_000_000), "620777", NOW, "X:9")
    bench.note("shared.orders.ordering.reply_flow.current_reply_of", answer=stands)
    first.click("reply_result_done")
    first.fill("reply_operator", "赵敏")
    first.click("reply_accept")
    assert runner.tasks
    first.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.closed("reply_dialog"))
    screen.table.select_key("o1")
    page.click("dispatch_reply")
    second = page.active_dialog("reply_dialog")
    runner.run_all()
    assert page.closed("compare_dialog")
    assert bench.replies == []
    second.widget.close()


def test_no_order_is_copied_by_the_entry_of_another(
    kit: Kit, qtbot: QtBot, bench: CentreBench
) -> None:
    """Two were copied while the desk was busy, and the entry of the second could not be written."""
    bench.views = (VIEWS[0], replace(VIEWS[1], case=CaseId("c2")))
    runner, page = busy_page(kit, qtbot, bench)
    QGuiApplication.clipboard().clear()
    for order in ("o1", "o2"):
        page.widget.table.select_key(order)
        page.click("dispatch_copy")
    while not bench.calls:
        runner.run_next()
    bench.fail_with = WorldError("database.server_gone")
    runner.run_all()
    assert bench.calls == ["reveal c1"]
    assert QGuiApplication.clipboard().text() == ""
    page.click("dispatch_copy")
    runner.run_all()
    assert bench.calls == ["reveal c1", "reveal c2"]
    assert "工商银行" in QGuiApplication.clipboard().text()


def test_what_was_to_follow_a_reading_that_failed_comes_upon_nobody_later(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    """Minutes later its form opened by itself, over whatever was being typed then."""
    view, hop = an_order("7", OrderState.PARTIAL), NextHop("王五", "6217001234567890123", "", 100)
    assert view.order.reply is not None
    reply = replace(view.order.reply, hops=(hop,))
    bench.views = (replace(view, order=replace(view.order, reply=reply)),)
    proposed = bench.note(PROPOSE, answer=())
    bench.note("shared.orders.ordering.actions.options_in", WorldError("database.server_gone"))
    page = make_dispatch()
    page.follow(bench.views[0])
    assert page.message("dispatch_banner")
    page.press(Qt.Key.Key_F5)
    assert proposed == []


def test_what_a_reply_names_next_is_stopped_once_it_is_recorded(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    proposed = bench.note(PROPOSE, answer=())
    bench.note("shared.orders.ordering.actions.options_in", answer=Options((), (), (0,)))
    page = make_dispatch()
    page.widget.table.select_key("o1")
    page.click("dispatch_reply")
    dialog = page.active_dialog("reply_dialog")
    dialog.widget.followed.emit(a_reply(ReplyResult.PARTIAL, 100))  # type: ignore[attr-defined]
    assert [order for order, _ in bench.replies] == ["o1"]
    assert proposed == [("c1", OrderKind.STOP, (About(order="o1", hop=0),))]


def test_what_is_typed_narrows_the_list_and_the_case_opens(
    make_dispatch: MakeDispatch, qtbot: QtBot
) -> None:
    page = make_dispatch()
    assert len(page.column("dispatch_table", 1)) == 3
    page.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    page.fill("dispatch_find", "6214 8312 3456 7720")
    assert [text[:4] for text in page.column("dispatch_table", 1)] == ["招商银行"]
    page.fill("dispatch_find", "酒泉路 工商")
    assert [text[:4] for text in page.column("dispatch_table", 1)] == ["工商银行"]
    with qtbot.waitSignal(page.widget.case_wanted) as wanted:
        page.click("dispatch_case")
    assert wanted.args == [VIEWS[1].case]
    page.fill("dispatch_find", "无此单位")
    (empty,) = page.widget.findChildren(EmptyState)
    assert empty.sentence.text() == zh("centre.dispatch.none_found")
    page.find("dispatch_find", QLineEdit).clear()
    assert len(page.column("dispatch_table", 1)) == 3


def test_a_colleague_was_quicker(make_dispatch: MakeDispatch, bench: CentreBench) -> None:
    """Who and when is told, what was typed stays, and the list behind is read anew."""
    page = make_dispatch()
    page.click("dispatch_reply")
    dialog = page.active_dialog("reply_dialog")
    dialog.click("reply_result_done")
    dialog.fill("reply_operator", "赵敏")
    bench.note("shared.orders.ordering.reply_flow.current_reply_of", answer=None)
    bench.fail_with = RuleError("reply.meanwhile", by="620777", at="2026-11-24 10:03:00")
    bench.views = (an_order("1", OrderState.DONE), *VIEWS[1:])
    dialog.click("reply_accept")
    said = " ".join(
        label.text() for label in dialog.find("reply_banner", QWidget).findChildren(QLabel)
    )
    assert "民警 620777 已于 2026-11-24 10:03:00 登记" in said
    assert bench.replies == []
    assert len(page.column("dispatch_table", 1)) == 2, "answered ones wait no more"
    assert dialog.find("reply_operator", QLineEdit).text() == "赵敏"


def test_replies_are_written_and_only_then_may_one_unplug(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    page = make_dispatch()
    page.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert bench.calls == [f"write {STICK.root}"]
    assert "已为 2 个单位写好 2 个包、2 卷" in page.message("dispatch_banner")
    bench.unwritten = (ReplyBundle("雁滩派出所", "", (), 0, TrustError("journal.centre_set_back")),)
    page.click("dispatch_write")
    assert "已为 2 个单位写好 2 个包、2 卷" in page.message("dispatch_banner")
    told = page.text("dispatch_banner_detail")
    assert told.startswith("雁滩派出所：中心的数据比这个单位收到过的还旧")
    bench.fail_with = WorldError("disk.failed", errno=5)
    page.click("dispatch_write")
    assert "可以拔出" not in page.message("dispatch_banner")
    bench.fail_with = UserInputError("export.nothing")
    page.click("dispatch_write")
    assert "没有需要导出的新内容" in page.message("dispatch_banner")


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped_and_the_window_does_not_grow(
    make_dispatch: MakeDispatch, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.theme.set_scheme(scheme)
    kit.texts.set_language(language)
    page = make_dispatch()
    page.click("dispatch_filter_all")
    page.widget.table.select_key("o5")
    page.click("dispatch_write")
    page.qtbot.waitUntil(lambda: clipped_texts(page.widget) + overlaps(page.widget) == [])
    assert (page.widget.width(), page.widget.height()) == (1294, 692)
    page.click("dispatch_reply")
    dialog = page.dialog("reply_dialog").widget
    page.qtbot.waitUntil(lambda: clipped_texts(dialog) + overlaps(dialog) == [])


def test_the_language_is_switched_live(make_dispatch: MakeDispatch, kit: Kit) -> None:
    page = make_dispatch()
    kit.texts.set_language("en")
    assert page.text("element_amount").startswith("¥98,000 (")
    assert "golden window" in page.text("dispatch_figures")


def test_what_a_colleague_recorded_is_shown_beside_what_was_typed(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    """Leaving it keeps what was typed; replacing it says which reply was seen."""
    stands = CurrentReply(a_reply(ReplyResult.PARTIAL, 4_000_000), "620777", NOW, "X:9")
    page = make_dispatch()
    page.click("dispatch_reply")
    dialog = page.active_dialog("reply_dialog")
    dialog.click("reply_result_done")
    dialog.fill("reply_operator", "赵敏")
    bench.note("shared.orders.ordering.reply_flow.current_reply_of", answer=stands)
    for way in ("compare_keep", "compare_replace"):
        bench.fail_with = RuleError("reply.meanwhile", by="620777", at="2026-11-24 10:03:00")
        dialog.click("reply_accept")
        both = page.active_dialog("compare_dialog")
        assert "620777" in both.text("compare_told")
        assert both.widget.findChild(QWidget, "compare_aside") is None
        assert bench.replies == []
        both.click(way)
        if way == "compare_keep":
            page.qtbot.waitUntil(lambda: page.closed("compare_dialog"))
            assert dialog.find("reply_operator", QLineEdit).text() == "赵敏"
    ((_order, answer),) = bench.replies
    assert answer.operator == "赵敏"
    assert bench.seen == stands.reply
    assert page.closed("reply_dialog")
    assert page.closed("compare_dialog")


def test_the_chosen_order_is_in_sight_after_a_search_was_cleared(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    """Ctrl+R would act on an order that nobody sees."""
    bench.views = tuple(an_order(str(number), minutes=5 * number) for number in range(1, 80))
    page = make_dispatch()
    table = page.widget.table
    last = table.rows.row_at(78)
    page.fill("dispatch_find", last.view.order.number)
    page.widget.bar.text.clear()
    chosen = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(chosen)
    assert not chosen.isEmpty()


def test_the_dispatch_shows_what_goes_to_a_bank_from_a_station(
    make_dispatch: MakeDispatch, bench: CentreBench
) -> None:
    """What there is to choose from comes with the list; how many were found stands above it."""
    bench.choices = OrderChoices(units=("张掖路派出所",))
    page = make_dispatch()
    bar = page.widget.bar
    assert not bar.unit.isVisible(), "of one station"
    names = ("工商银行", "招商银行"), ("张掖路派出所", "酒泉路派出所")
    bench.choices = OrderChoices((OrderKind.STOP,), (), *names)
    page.press(Qt.Key.Key_F5)
    assert bar.unit.isVisible()
    bar.receiver.setCurrentIndex(1)
    assert page.column("dispatch_table", 1)[0].startswith("工商银行")
    assert page.text("dispatch_figures").startswith("符合条件 1 笔 · 待反馈 3 笔")
    bar.unit.setCurrentIndex(1)
    assert page.column("dispatch_table", 1) == []
    (empty,) = page.widget.findChildren(EmptyState)
    assert empty.accessibleName() == zh("centre.dispatch.none_found")
    bar.clear()
    assert len(page.column("dispatch_table", 1)) == 3


def test_a_dispatch_that_cannot_be_read_is_not_asked_for_every_second(
    make_dispatch: MakeDispatch, bench: CentreBench, kit: Kit
) -> None:
    """A clock ran out, and the server is gone."""
    screen, clock = make_dispatch().widget, kit.ticks.clock
    assert isinstance(clock, HandClock)
    readings = Mock(wraps=screen.work)
    screen.work = readings  # type: ignore[method-assign]  # counted
    clock.advance(minutes=10)
    for _ in range(3):
        bench.fail_with = WorldError("database.server_gone")
        kit.ticks.tick()
    assert readings.call_count == 1
    bench.fail_with = None
    clock.advance(minutes=1)
    kit.ticks.tick()
    assert readings.call_count == 2
