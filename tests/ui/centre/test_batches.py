"""The screen of packs: what waits goes out, what comes back is taken or settled."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.orders.dispatch_batch import AND
from desktop.domain.errors import Cancelled, RuleError, UserInputError, WorldError
from desktop.domain.orders.sending.answer import Trouble
from desktop.services.orders.answers.take_answers import AnswerFile, TakenAnswers
from desktop.ui.centre.batches.batches_screen import BatchesScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme, Tone
from desktop.ui.shared.widgets.tables.rows_model import SPAN_ROLE
from desktop.ui.shared.widgets.texts.clock_face import read_span
from desktop.ui.shared.widgets.texts.label import Label
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat
from tests.ui.centre.batch_bench import SENT, BatchBench, a_pack, an_answer, stands
from tests.ui.centre.conftest import STICK
from tests.ui.centre.samples import LIMITS, NOW
from tests.ui.pages.centre import PacksPage
from tests.ui.pages.looks import LOOKS
from tests.ui.sync.samples import CardboardDrives

Make = Callable[[], PacksPage]
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLACE = str(STICK.root)


@pytest.fixture
def batches(centre_seat: Seat, monkeypatch: pytest.MonkeyPatch) -> BatchBench:
    return BatchBench(centre_seat.session, monkeypatch)


@pytest.fixture
def make(qtbot: QtBot, kit: Kit, batches: BatchBench) -> Make:
    def made() -> PacksPage:
        screen = BatchesScreen(
            kit, batches.session, CardboardDrives(STICK), LIMITS, batches.batch_files
        )
        qtbot.addWidget(screen)
        page = PacksPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return made


def test_whoever_chases_a_receiver_stands_on_its_late_batch(make: Make) -> None:
    page = make()
    late = next(one for one in page.widget.sent.rows.rows if one.unanswered and one.due_at <= NOW)
    page.widget.chase(late.receiver)
    chosen = page.widget.sent.selected()
    assert chosen is not None
    assert (chosen.receiver, chosen.due_at <= NOW) == (late.receiver, True)


def test_the_receiver_whose_clock_ends_first_is_on_top(make: Make) -> None:
    page = make()
    assert page.column("send_table", 0)[:2] == ["财付通支付科技有限公司", "中国农业银行"]
    assert page.column("send_table", 1)[1] == "2"
    assert page.text("packs_figures").startswith("4 家单位 · 5 条指令")


def test_a_receiver_whose_golden_time_is_over_says_so(make: Make) -> None:
    page = make()
    table = page.find("send_table", QTableView).model()
    told = {table.index(row, 0).data(): table.index(row, 3) for row in range(table.rowCount())}
    late = told["没有写明接收单位：按 Ctrl+B 写明"]
    assert (late.data(SPAN_ROLE), late.data()) == (None, "黄金时间已过 · 已等 14 小时")
    assert told["财付通支付科技有限公司"].data(SPAN_ROLE) is not None


@pytest.mark.parametrize(
    ("hours", "tone"), [(0, Tone.INFO), (2.9, Tone.INFO), (3.1, Tone.WARN), (4, Tone.BAD)]
)
def test_a_pack_warns_in_the_hour_before_it_is_due_and_is_red_once_it_is(
    make: Make, batches: BatchBench, hours: float, tone: Tone
) -> None:
    batches.made = (a_pack("1124-C-P03", "中国建设银行", 0, 2, hours=hours),)
    table = make().find("pack_table", QTableView).model()
    assert read_span(table.index(0, 4).data(SPAN_ROLE), NOW).tone is tone


def test_all_or_one_receiver_is_sent_by_key(make: Make, batches: BatchBench) -> None:
    page = make()
    page.press(Qt.Key.Key_D, _CTRL)
    page.widget.to_send.select_key("中国农业银行")
    page.press(Qt.Key.Key_D, _CTRL | _SHIFT)
    assert batches.calls == [
        ("send",),
        ("write", "1124-C-P03", PLACE),
        ("send", "中国农业银行"),
        ("write", "1124-C-P03", PLACE),
    ]
    assert "已写好 1 个派发包、2 条指令" in page.message("packs_banner")


def test_orders_that_name_nobody_are_not_sent(make: Make) -> None:
    page = make()
    page.widget.to_send.select_key("")
    assert not page.enabled("packs_send_one")
    assert page.enabled("packs_send")


def test_what_only_slips_tell_goes_out_while_there_is_any(make: Make, batches: BatchBench) -> None:
    assert not make().find("packs_send_slips", QWidget).isVisible()
    batches.slips = 2
    page = make()
    page.widget.kit.texts.set_language("en")
    assert page.widget.minimumSizeHint().width() <= 1294
    page.widget.kit.texts.set_language("zh_CN")
    page.click("packs_send_slips")
    assert batches.calls == [("slips",), ("write", "1124-C-P03", PLACE)]
    assert not page.find("packs_send_slips", QWidget).isVisible()
    assert clipped_texts(page.widget) == []


def test_a_full_stick_says_so_and_the_pack_can_be_written_again(
    make: Make, batches: BatchBench
) -> None:
    batches.fail_with = WorldError("disk.full", errno=28)
    page = make()
    page.click("packs_send")
    assert "已写好" not in page.message("packs_banner")
    assert "按“重写文件”" in page.text("packs_banner_detail")
    page.widget.sent.selectRow(0)
    page.press(Qt.Key.Key_W, _CTRL)
    assert batches.calls == [("write", "1124-C-P02", PLACE)]


def test_reminders_are_written_for_what_is_overdue(make: Make, batches: BatchBench) -> None:
    page = make()
    page.press(Qt.Key.Key_W, _CTRL | _SHIFT)
    assert batches.calls == [("remind",), ("write", "1124-C-P02", PLACE)]
    assert "已写好 1 家单位的催办函和催办表，共 2 条指令" in page.message("packs_banner")
    batches.made = (
        a_pack("1124-C-P03", "中国建设银行", 0, 2),
        a_pack("1124-C-P01", "招商银行", 1, 1, 30),
    )
    assert not make().enabled("packs_remind")


def test_who_stops_the_writing_learns_what_is_to_be_written_again(
    make: Make, batches: BatchBench
) -> None:
    """They wait no more: the next sending would leave them out."""
    batches.fail_with = Cancelled()
    page = make()
    page.click("packs_send")
    assert "按“重写文件”" in page.message("packs_banner")


def test_packs_of_one_sending_stand_by_their_number(make: Make, batches: BatchBench) -> None:
    numbers = [f"1124-C-P0{number}" for number in (4, 2, 3, 1)]
    batches.made = tuple(a_pack(number, "中国建设银行", 0, 2) for number in numbers)
    assert make().column("pack_table", 0) == sorted(numbers)


def test_what_should_have_been_answered_is_found_at_once(make: Make) -> None:
    page = make()
    assert page.column("pack_table", 0) == ["1124-C-P02", "1124-C-P03"]
    assert page.column("pack_table", 3) == ["3 / 5", "0 / 2"]
    page.click("packs_filter_late")
    assert page.column("pack_table", 0) == ["1124-C-P02"]
    page.click("packs_filter_all")
    assert len(page.column("pack_table", 0)) == 3


def test_files_are_taken_and_listed(make: Make, batches: BatchBench) -> None:
    batches.files = (AnswerFile("a.xlsx", TakenAnswers("a.xlsx", 4, 1, 2, 3)),)
    page = make()
    page.widget.take_files((Path("a.xlsx"),))
    assert batches.calls == [("take", "a.xlsx")]
    said = page.message("packs_banner")
    assert "已登记 4 条反馈；1 条以前登记过，3 条没有填，2 条新列入待处理" in said
    batches.files = (AnswerFile("b.xlsx", error=UserInputError("answers.unknown")),)
    page.widget.take_files((Path("b.xlsx"),))
    assert "b.xlsx：这个文件里没有反馈表" in page.message("packs_banner")


def test_a_file_that_can_not_be_read_hides_nothing_of_the_others(
    make: Make, batches: BatchBench, kit: Kit
) -> None:
    batches.files = (
        AnswerFile("a.xlsx", error=UserInputError("statement.unreadable")),
        AnswerFile("b.xlsx", TakenAnswers("b.xlsx", 4, stray=1, hops=3)),
        AnswerFile("c.csv", error=UserInputError("answers.unknown")),
    )
    page = make()
    page.widget.take_files((Path("a.xlsx"),))
    assert "已登记 4 条反馈" in page.message("packs_banner")
    said = page.text("packs_banner_detail").splitlines()
    assert said[0].startswith("a.xlsx：这个文件已损坏")
    assert "当事人" not in said[0], "a bank wrote it"
    assert said[1].startswith("c.csv：这个文件里没有反馈表")
    assert "3 笔转往下一级" in said[2]
    assert "1 笔下一级转账对不上" in said[3]
    kit.texts.set_language("en")
    assert not re.findall(r"[\u4e00-\u9fff]+", page.find("packs_banner").accessibleName())


def test_what_waits_still_and_what_nobody_read_is_said(make: Make, batches: BatchBench) -> None:
    batches.files = (
        AnswerFile("b.xlsx", TakenAnswers("b.xlsx", 4, waiting=2, unread=("网点负责人",))),
    )
    page = make()
    page.widget.take_files((Path("b.xlsx"),))
    still, columns = page.text("packs_banner_detail").splitlines()
    assert "2 条以前导入过，仍在" in still
    assert columns.startswith("b.xlsx 里不认识的列没有读：网点负责人")


def test_the_figures_follow_the_language(make: Make, kit: Kit) -> None:
    page = make()
    kit.texts.set_language("en")
    assert page.text("packs_figures").startswith("5 orders for")


def test_an_answer_of_no_known_order_shows_what_its_row_says_of_it(
    make: Make, batches: BatchBench
) -> None:
    item = an_answer("z", Trouble.DAMAGED, column="账号 accountNumber")
    asked = {"账户名 accountName": "陈某某", "转出金额(元) transferAmount": "98000.00"}
    batches.queued = (replace(item, answer=replace(item.answer, asked=asked)),)
    page = make()
    assert page.text("answer_text").endswith("转出金额(元) transferAmount：98000.00")
    page.press(Qt.Key.Key_R, _CTRL)
    assert "陈某某" in page.active_dialog("assign_dialog").text("assign_asked")


def test_what_waits_is_shown_with_its_words_and_settled(make: Make, batches: BatchBench) -> None:
    page = make()
    assert page.column("answer_table", 0)[0] == "无法识别办理结果（办理结果）"
    assert "执行金额(元)：98000.00" in page.text("answer_text")
    assert "“资金指令及反馈”表第 7 行" in page.text("answer_text"), "each sheet has a seventh row"
    page.widget.answers.table.select_key("b")
    page.press(Qt.Key.Key_R, _CTRL)
    dialog = page.active_dialog("assign_dialog")
    assert not dialog.find("assign_accept").isEnabled(), "two stations number alike"
    dialog.fill("assign_field", "西湖")
    batches.fail_with = UserInputError("order.unknown")
    dialog.click("assign_accept")
    assert dialog.find("assign_banner", QWidget).isVisible()
    dialog.click("assign_accept")
    assert batches.calls == [("settle", "b", "there", "")]
    assert page.closed("assign_dialog")
    page.click("answers_aside")
    dialog = page.active_dialog("aside_dialog")
    assert not dialog.find("aside_accept", QWidget).isEnabled()
    dialog.fill("aside_field", "银行重发")
    dialog.click("aside_accept")
    assert batches.calls[-1] == ("aside", "b", "银行重发")


def choose_first(page: PacksPage) -> None:
    """Of the orders with that number, the one on top, by keys alone."""
    dialog = page.active_dialog("assign_dialog")
    dialog.press(Qt.Key.Key_Down)
    assert dialog.find("assign_orders").hasFocus()
    dialog.press(Qt.Key.Key_Return)


def test_what_could_not_be_read_is_typed_from_its_cells(make: Make, batches: BatchBench) -> None:
    """The order it is known to be about is chosen already; typing and settling are one step."""
    batches.queued = (replace(batches.queued[0], order="there"),)
    page = make()
    page.press(Qt.Key.Key_R, _CTRL)
    page.active_dialog("assign_dialog").press(Qt.Key.Key_Return)
    dialog = page.active_dialog("reply_dialog")
    assert "办理结果：已经弄好" in dialog.text("reply_told")
    dialog.click("reply_accept")
    assert batches.calls == [], "what was done is never chosen beforehand"
    dialog.click("reply_result_done")
    dialog.click("reply_accept")
    assert batches.calls == [("settle", "a", "there", "")]
    assert [(typed.amount_fen, typed.operator) for typed in batches.typed] == [(9_800_000, "赵敏")]
    assert page.closed("reply_dialog")


def test_another_reply_is_shown_beside_it_and_a_person_chooses(
    make: Make, batches: BatchBench
) -> None:
    """Nothing is replaced unseen; and what somebody recorded since is shown before anything is."""
    batches.current = stands("620777", "客服 12")
    page = make()
    page.widget.answers.table.select_key("b")
    page.press(Qt.Key.Key_R, _CTRL)
    choose_first(page)
    dialog = page.active_dialog("compare_dialog")
    assert "民警 620777 已于 2026-11-24 10:31" in dialog.text("compare_told")
    shown = [label.text() for label in dialog.widget.findChildren(Label)]
    for text in ("部分办成", "办成", "40,000", "98,000", "客服 12"):
        assert any(text in said for said in shown), (text, shown)
    assert batches.calls == []
    batches.current = stands("620888", "柜员 3")
    batches.fail_with = RuleError("answer.other_stands", by="620888", at="2026-11-24 10:40:00")
    dialog.click("compare_replace")
    dialog = page.active_dialog("compare_dialog")
    assert "620888" in dialog.text("compare_told")
    assert batches.calls == []
    dialog.click("compare_replace")
    assert batches.calls == [("settle", "b", "o1", "柜员 3")]
    assert page.closed("compare_dialog")


def test_the_reply_that_stands_may_stay(make: Make, batches: BatchBench) -> None:
    batches.current = stands("620777", "客服 12")
    page = make()
    page.widget.answers.table.select_key("b")
    for way in ("compare_keep", "compare_aside"):
        page.click("answers_assign")
        choose_first(page)
        dialog = page.active_dialog("compare_dialog")
        assert dialog.find("compare_keep").hasFocus(), "Enter replaces nothing"
        dialog.click(way)
        assert batches.calls == []
    dialog = page.active_dialog("aside_dialog")
    dialog.fill("aside_field", "银行重发")
    dialog.click("aside_accept")
    assert batches.calls == [("aside", "b", "银行重发")]


def test_nothing_to_do_says_so(make: Make, batches: BatchBench) -> None:
    batches.waiting, batches.made, batches.queued = {}, (), ()
    page = make()
    for table in (page.widget.to_send, page.widget.sent, page.widget.answers.table):
        assert not table.isVisible()
    for button in ("packs_send", "packs_again", "answers_assign", "answers_aside"):
        assert not page.enabled(button)


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped(make: Make, kit: Kit, language: str, scheme: Scheme) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    page = make()
    page.qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
    assert overlaps(page.widget) == []
    assert (page.widget.width(), page.widget.height()) == (1294, 692)


@pytest.mark.parametrize("refused", [False, True])
def test_what_comes_of_an_answer_that_was_left_is_not_taken_for_the_next(
    kit: Kit, qtbot: QtBot, batches: BatchBench, *, refused: bool
) -> None:
    """Else the next answer would be recorded for the order of the first."""
    runner = HeldRunner()
    screen = BatchesScreen(
        replace(kit, runner=runner),
        batches.session,
        CardboardDrives(STICK),
        LIMITS,
        batches.batch_files,
    )
    qtbot.addWidget(screen)
    page = PacksPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    runner.run_all()
    screen.answers.table.select_key("b")
    page.click("answers_assign")
    runner.run_all()
    first = page.active_dialog("assign_dialog")
    first.fill("assign_field", "西湖")
    first.click("assign_accept")
    page.press(Qt.Key.Key_Escape)
    page.qtbot.waitUntil(lambda: page.closed("assign_dialog"))
    screen.answers.table.select_key("a")
    page.click("answers_assign")
    batches.current = stands("620777", "李警官")
    batches.fail_with = UserInputError("answer.unknown") if refused else None
    runner.run_all()
    assert page.closed("compare_dialog")
    second = page.active_dialog("assign_dialog")
    assert not second.find("assign_banner", QWidget).isVisible()
    assert bool(page.message("packs_banner")) is refused
    second.widget.close()


def test_the_place_is_not_changed_while_packs_are_written_to_it(
    kit: Kit, qtbot: QtBot, batches: BatchBench
) -> None:
    runner = HeldRunner()
    screen = BatchesScreen(
        replace(kit, runner=runner),
        batches.session,
        CardboardDrives(STICK),
        LIMITS,
        batches.batch_files,
    )
    qtbot.addWidget(screen)
    page = PacksPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    runner.run_all()
    assert page.enabled("packs_target")
    page.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert not page.enabled("packs_target")
    runner.run_all()
    assert page.enabled("packs_target")


def test_pressed_twice_the_form_of_an_answer_opens_once(
    kit: Kit, qtbot: QtBot, batches: BatchBench
) -> None:
    runner = HeldRunner()
    screen = BatchesScreen(
        replace(kit, runner=runner),
        batches.session,
        CardboardDrives(STICK),
        LIMITS,
        batches.batch_files,
    )
    qtbot.addWidget(screen)
    page = PacksPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    runner.run_all()
    page.click("answers_assign")
    page.click("answers_assign")
    runner.run_all()
    page.active_dialog("assign_dialog").widget.close()
    assert page.closed("assign_dialog")


def test_an_order_that_names_nobody_is_given_a_receiver_and_a_source(
    make: Make, batches: BatchBench
) -> None:
    page = make()
    page.press(Qt.Key.Key_B, _CTRL)
    assert not page.enabled("name_accept")
    page.fill("name_to", "甘肃银行")
    page.fill("name_source", "派出所来电")
    page.click("name_accept")
    assert batches.calls == [
        ("send", "甘肃银行", "派出所来电"),
        ("write", "1124-C-P03", PLACE),
    ]


def test_enter_on_a_batch_shows_its_orders_and_writes_nothing(
    make: Make, batches: BatchBench
) -> None:
    page = make()
    page.widget.sent.select_key((SENT[1].number, SENT[1].made_at.isoformat()))
    page.widget.sent.activated_row.emit(SENT[1])
    (numbers,) = page.column("batch_orders", 1)
    assert numbers.split(AND) == [view.order.number for view in SENT[1].orders], (
        "one account, one row"
    )
    assert batches.calls == []
    page.click("batch_close")


def test_a_table_that_is_another_now_is_named_and_left_alone(
    make: Make, batches: BatchBench, kit: Kit
) -> None:
    batches.beside = True
    page = make()
    page.widget.sent.selectRow(0)
    page.press(Qt.Key.Key_W, _CTRL)
    assert "1124-C-P02.xlsx" in (shown := page.text("packs_banner_detail"))
    kit.texts.set_language("en")
    assert "1124-C-P02.xlsx" in page.text("packs_banner_detail") != shown
