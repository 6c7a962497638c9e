"""Orders and clocks on screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.sent_despite import SentDespite
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.errors import RuleError, WorldError
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.law.deadlines import golden
from desktop.domain.orders.order import ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.domain.progress import SILENT
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_SIGNED_IN, SHIFT_HANDED_OVER
from desktop.services.cases.tasks import add_task
from desktop.services.orders import page_orders
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import OrdersView
from desktop.services.ports import HandoverTask
from desktop.services.session import Session
from desktop.ui.orders.shift_handover_dialog import lines_of
from desktop.ui.shared.kit.theme import Scheme, Tone
from desktop.ui.shared.widgets.pages.tile import Tile
from desktop.ui.shared.widgets.tables.rows_model import ROW_ROLE, TONE_ROLE
from desktop.ui.shared.widgets.texts.label import ElidedLabel
from tests.documents.sheet_samples import handover_facts
from tests.support.clocks import START
from tests.support.counted_orders import by_time_left, orders_on_clock
from tests.support.sessions import RULES, signed_in
from tests.support.texts import zh
from tests.ui.orders import samples
from tests.ui.orders.conftest import Bench
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.window_page import WindowPage
from tests.ui.pages.words import words_in

HOPS = ("6222021001116245702", "6228480402563307")
_CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_tiles_count_what_presses(bench: Bench) -> None:
    figures = [
        bench.page.figure(name) for name in ("due_soon", "unreceived", "stopped_today", "median")
    ]
    assert figures == ["4", "2", "¥ 61,320", "7.7 分钟"], (
        "what has not left the desk waits for no receipt"
    )


def test_large_counts_are_grouped(bench: Bench) -> None:
    screen = bench.page.widget
    view = screen.work()(SILENT)
    counts = replace(
        view.counts, due_soon=12345, unreceived=1234, unsent=70000, broken=999, median_of=2000
    )
    flows = [replace(part, count=100000) for part in view.flows]
    screen.show_view(replace(view, counts=counts, flows=tuple(flows)))
    assert [bench.page.figure(name) for name in ("due_soon", "unreceived", "broken")] == [
        "12,345",
        "1,234",
        "999",
    ]
    assert "70,000" in bench.page.find("orders_tile_unreceived", Tile).accessibleName()
    assert "100,000" in bench.page.headings()[0]
    told = bench.page.find("orders_tile_median", Tile).accessibleName()
    assert zh("orders.tile.median_newest", count="2,000") in told
    assert zh("orders.tile.median_lately") not in told


def test_the_list_begins_with_what_runs_out_first(bench: Bench) -> None:
    assert bench.page.victims()[:5] == ["马强", "李秀兰", "孙丽", "刘芳", "何平"]
    assert bench.page.victims()[-1] == "吴海燕"


def test_states_are_shown_in_plain_words(bench: Bench) -> None:
    page = bench.page
    told = {name: page.cell(name, "state") for name in ("李秀兰", "马强", "刘芳", "孙丽", "吴海燕")}
    assert told == {
        "李秀兰": zh("orders.state.issued"),
        "马强": zh("orders.state.carried"),
        "刘芳": "已止付 480,000",
        "孙丽": "部分止付 41,020",
        "吴海燕": zh("orders.state.withdrawn"),
    }
    assert page.cell("李秀兰", "target") == "农业银行 6230…8994"
    assert page.cell("丁建军", "clock") == "已等 2 小时"
    assert page.cell("高山", "clock").startswith("止付已于 11-")


def test_a_stop_that_lapsed_is_no_longer_green(bench: Bench) -> None:
    bench.show(samples.rows())
    state = {name: bench.page.cell(name, "state") for name in ("田甜", "白玉", "孙丽")}
    lapsed = {name for name, words in state.items() if words.endswith(zh("orders.lapsed"))}
    assert lapsed == {"田甜"}, "白玉's case has gone on, 孙丽's stop still runs"


def test_what_has_not_left_the_desk_is_amber_also_when_no_clock_runs(bench: Bench) -> None:
    table = bench.page.widget.table
    model = table.model()
    columns = {model.headerData(n, Qt.Orientation.Horizontal): n for n in range(7)}
    shown: dict[str, tuple[object, object]] = {}
    for row in range(model.rowCount()):
        line = model.index(row, 0).data(ROW_ROLE)
        if isinstance(line, OrderRow):
            state, clock = (model.index(row, columns[name]) for name in ("状态", "时限"))
            shown[line.view.victim] = (state.data(TONE_ROLE), clock.data(TONE_ROLE))
    assert shown["李秀兰"] == (Tone.WARN, Tone.WARN)
    assert shown["马强"] == (None, Tone.NEUTRAL)


def test_why_an_order_was_sent_despite_the_check_stands_below_it(bench: Bench) -> None:
    reason = SentDespite("order-17", ("victim_id_checksum",), "身份证复印件模糊，手机 13800138000")
    page = bench.page
    rows = [
        replace(row, view=replace(row.view, despite=reason)) if row.view.victim == "李秀兰" else row
        for row in samples.rows()
    ]
    bench.show(tuple(rows))
    page.stand_on("李秀兰")
    note = page.widget.detail.findChild(ElidedLabel, "order_detail_despite")
    assert note is not None
    assert note.isVisibleTo(page.widget)
    assert "身份证复印件模糊" in note.whole_text()
    assert "13800138000" not in note.whole_text()
    page.stand_on("马强")
    assert not note.isVisibleTo(page.widget)


def test_the_detail_tells_of_the_clock_that_it_shows(bench: Bench) -> None:
    """Its money went on: the stop's own end is not what presses."""
    onward = golden(RULES, samples.NOW - timedelta(minutes=18))
    rows = [
        replace(row, open_hops=(0,), onward=onward) if row.view.victim == "孙丽" else row
        for row in samples.rows()
    ]
    bench.show(tuple(rows))
    page = bench.page
    page.stand_on("孙丽")
    rule = page.widget.detail.findChild(ElidedLabel, "order_detail_rule")
    assert rule is not None
    assert rule.whole_text().startswith("钱已转到下一级，未止付；2026-11-24 10:43 前")
    bench.clock.advance(minutes=20)
    bench.tick()
    page.stand_on("孙丽")
    assert "未止付；2026-11-24 10:43 已过" in rule.whole_text()
    bench.clock.advance(hours=1)
    bench.tick()
    page.stand_on("孙丽")
    assert "到期，依据" in rule.whole_text()


def test_a_clock_slept_over_moves_its_order_and_is_no_longer_due(bench: Bench) -> None:
    bench.page.stand_on("孙丽")
    bench.clock.advance(hours=2)
    bench.tick()
    assert bench.page.victims()[:2] == ["孙丽", "刘芳"], "what just ran out stays on top"
    assert bench.page.figure("due_soon") == "1"
    selected = bench.page.widget.table.chosen()
    assert selected is not None
    assert selected.view.victim == "孙丽"
    bench.clock.advance(hours=-2)
    bench.tick()
    assert bench.page.victims()[0] == "马强"


def test_a_reading_that_failed_is_not_asked_for_every_second(bench: Bench) -> None:
    asked: list[int] = []

    def fail(_progress: object) -> OrdersView:
        asked.append(1)
        raise WorldError("database.busy")

    bench.page.widget.work = lambda: fail  # type: ignore[method-assign]  # of this one screen
    bench.clock.advance(hours=2)
    for _ in range(3):
        bench.tick()
        bench.clock.advance(seconds=1)
    assert len(asked) == 1
    bench.clock.advance(minutes=1)
    bench.tick()
    assert len(asked) == 2
    bench.page.widget.reload()
    bench.runner.run_all()
    assert len(asked) == 3, "the button asks at once"


def test_a_list_that_is_read_by_itself_takes_no_word_away(bench: Bench) -> None:
    bench.page.widget.fail(RuleError("rights.missing"))
    said = bench.page.text("orders_banner_message")
    assert said
    bench.clock.advance(hours=2)
    bench.tick()
    assert bench.page.figure("due_soon") == "1"
    assert bench.page.text("orders_banner_message") == said


@pytest.mark.usefixtures("centre")
def test_keys_open_the_case_show_the_code_and_print_the_form(desk: Bench) -> None:
    order = desk.stop("刘芳")
    desk.stop("马强")
    desk.read()
    page = desk.page
    page.stand_on("刘芳")
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_P, _CONTROL)
    page.press(Qt.Key.Key_Q, _CONTROL)
    page.press(Qt.Key.Key_Q, _CONTROL)  # each making is recorded
    desk.runner.run_all()
    QApplication.processEvents()
    page.dialog("slip_dialog").click("slip_print")
    (case,) = desk.opened
    assert desk.kinds(case).count("slip.shown") == 1
    assert desk.papers == [
        (order.number, f"stop {order.number}".encode()),
        (order.number, f"slip {order.number}".encode()),
    ]


def hand_over(desk: Bench) -> WindowPage:
    desk.page.press(Qt.Key.Key_H, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    desk.runner.run_all()
    return desk.page.dialog("handover_dialog")


def begin_shift(session: Session) -> None:
    subject = officer_subject(session.profile.device, session.officer.number)
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(OFFICER_SIGNED_IN, subject, {}))


def test_the_shift_is_handed_over_by_keys(desk: Bench) -> None:
    signed_in(desk.session, Officer("620177", "马晓梅", (Role.FRONT_DESK,)))
    begin_shift(desk.session)
    desk.stop("李秀兰")
    case = orders_on_clock(desk.session)[0].view.case
    add_task(desk.session, case, "回电告知止付结果", samples.at(30), source=TaskSource.PROMISE)
    add_task(desk.session, case, "取回单", None, source=TaskSource.OWN)
    dialog = hand_over(desk)
    shown = dialog.find("handover_table", QTableView)
    model = shown.model()
    cells = [
        tuple(str(model.index(row, col).data()) for col in range(4))
        for row in range(model.rowCount())
    ]
    assert (
        zh("orders.handover.group.promise"),
        "11-24 11:01",
        "李秀兰 1124-A-0001",
        "回电告知止付结果",
    ) in cells
    assert (zh("orders.handover.group.task"), "", "李秀兰 1124-A-0001", "取回单") in cells
    assert (zh("orders.handover.group.news"), "", "李秀兰 1124-A-0001", "新接报案 ¥ 98,000") in [
        (kind, at, case, what.partition("；")[0]) for kind, at, case, what in cells
    ]
    assert zh("orders.handover.group.clock") in [kind for kind, *_ in cells]
    dialog.fill("handover_incoming", "620177")
    dialog.click("handover_print")
    desk.runner.run_all()
    ((title, data),) = desk.papers
    assert (title, data.partition(b" ")[0]) == (zh("orders.handover.sheet"), b"HandoverFacts")
    assert handed_over(desk) == [["620177"]]


def test_a_deadline_of_an_order_says_which(desk: Bench) -> None:
    lines = lines_of(desk.kit, handover_facts())
    assert "农业银行 ￥61,320.00" in lines[0].what


def test_words_of_tasks_are_masked_before_the_sheet_is_printed(desk: Bench) -> None:
    promise = HandoverTask("", "李秀兰", "回电 13919364417", START)
    lines = lines_of(desk.kit, replace(handover_facts(), promises=(promise,)))
    (what,) = (line.what for line in lines if line.group == "promise")
    assert what.startswith("回电")
    assert "13919364417" not in what


def handed_over(desk: Bench) -> list[object]:
    """To whom, each time."""
    device = desk.session.profile.device
    with desk.session.store.read() as reader:
        entries = reader.entries(device, 1, reader.heads()[device])
        return [entry.fields["to"] for entry in entries if entry.kind == SHIFT_HANDED_OVER]


def test_a_shift_is_handed_over_once_however_often_the_keys_are_pressed(desk: Bench) -> None:
    page = desk.page
    page.press(Qt.Key.Key_H, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    dialog = hand_over(desk)
    dialog.click("handover_print")
    dialog.click("handover_print")
    dialog.press(Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    desk.runner.run_all()
    assert len(handed_over(desk)) == 1
    assert len(desk.papers) == 1, "shown, although nobody waited for it"
    assert page.closed("handover_dialog")


def test_each_form_has_the_number_of_its_own_order(desk: Bench) -> None:
    page = desk.page
    orders = [desk.stop(name) for name in ("刘芳", "马强")]
    desk.read()
    for name in ("刘芳", "马强"):  # the second is asked for while the first is still drawn
        page.stand_on(name)
        page.press(Qt.Key.Key_P, _CONTROL)
    desk.runner.run_all()
    assert desk.papers == [(order.number, f"stop {order.number}".encode()) for order in orders]


def test_without_a_centre_the_code_is_refused_with_the_reason(desk: Bench) -> None:
    desk.stop("刘芳")
    desk.read()
    desk.page.stand_on("刘芳")
    desk.page.click("orders_slip")
    desk.runner.run_all()
    assert desk.page.text("orders_banner_message")
    assert "slip.shown" not in desk.kinds(orders_on_clock(desk.session)[0].view.case)


def test_more_orders_come_as_one_goes_down(desk: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_orders, "PAGE", 2)
    for name in ("孙丽", "刘芳", "马强", "李秀兰", "何平"):
        desk.stop(name)
    desk.read()
    page = desk.page
    expected = [row.view.victim for row in by_time_left(orders_on_clock(desk.session), START)]
    page.widget.table.setFocus()
    assert page.victims() == expected[:2]
    assert page.headings() == [
        zh("orders.flow.money", count=5), zh("orders.rest.money", count=3)
    ]  # fmt: skip
    for shown in (4, 5):
        page.press(Qt.Key.Key_Down)
        page.press(Qt.Key.Key_Down)
        assert not page.find("orders_open").isEnabled(), "no order is chosen"
        desk.runner.run_all()
        assert page.victims() == expected[:shown]
        chosen = page.widget.table.chosen()
        assert chosen is not None
        assert chosen.view.victim == expected[shown - 2 if shown == 4 else 4]
    assert page.headings() == [zh("orders.flow.money", count=5)]
    desk.read()
    assert page.victims() == expected, "what was read stays when the list is read anew"


def test_nothing_can_be_shown_while_nothing_is_chosen(bench: Bench) -> None:
    bench.show(())
    assert not bench.page.find("orders_slip").isEnabled()
    assert bench.page.figure("median") == "—"


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_everything_fits_on_the_smallest_screen(
    bench: Bench, language: str, scheme: Scheme
) -> None:
    bench.kit.texts.set_language(language)
    bench.kit.theme.set_scheme(scheme)
    for rows in (samples.rows(), ()):
        bench.show(rows)
        QApplication.processEvents()
        assert clipped_texts(bench.page.widget) == []
        assert overlaps(bench.page.widget) == []


def test_a_switch_of_the_language_leaves_no_word_behind(bench: Bench) -> None:
    rows = samples.rows()
    bench.show(rows)
    bench.kit.texts.set_language("en")
    switched = words_in(bench.page.widget)
    bench.show(())
    bench.show(rows)
    assert switched == words_in(bench.page.widget)


def test_the_model_keeps_qt_s_rules_while_orders_change(bench: Bench) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(bench.page.widget.table.orders_model, fatal)
    rows = samples.rows()
    for shown in (rows[3:], rows, tuple(reversed(rows)), rows[:1], ()):
        bench.show(shown)
    assert tester.model() is not None


def test_what_comes_next_is_chosen_without_leaving_the_list(desk: Bench) -> None:
    order = desk.stop("孙丽")
    desk.read()
    desk.page.stand_on("孙丽")
    desk.page.press(Qt.Key.Key_Return, _CONTROL)
    desk.runner.run_all()
    desk.page.dialog("order_act_dialog").click("act_withdraw_")
    word = desk.page.dialog("order_withdraw_dialog")
    word.fill("order_word", "账号抄错")
    word.click("order_word_accept")
    desk.runner.run_all()
    (row,) = orders_on_clock(desk.session)
    assert (row.view.order.id, row.view.order.withdrawal.reason) == (order.id, "账号抄错")
    assert desk.page.focused() is desk.page.widget.table


def test_of_two_orders_asked_about_on_a_busy_desk_the_last_is_shown(desk: Bench) -> None:
    orders = [desk.stop(victim) for victim in ("孙丽", "刘芳")]
    desk.read()
    for victim in ("孙丽", "刘芳"):
        desk.page.stand_on(victim)
        desk.page.press(Qt.Key.Key_Return, _CONTROL)
    desk.runner.run_all()
    tops = QApplication.topLevelWidgets()
    (shown,) = [w for w in tops if w.objectName() == "order_act_dialog" and w.isVisible()]
    assert any(orders[-1].number in label.text() for label in shown.findChildren(QLabel))
    desk.page.dialog("order_act_dialog").widget.close()


def test_where_the_money_went_on_is_stopped_from_the_list(desk: Bench) -> None:
    first = desk.stop("孙丽")
    desk.stop("刘芳")
    hops = tuple(NextHop("", number, "", 3_668_000, samples.at(-10)) for number in HOPS)
    record_reply(
        desk.session,
        first.id,
        replace(samples.reply(18_000, samples.hours(46), ReplyResult.PARTIAL), hops=hops),
    )
    desk.read()
    desk.page.stand_on("刘芳")
    assert not desk.page.find("orders_stop_hops").isEnabled()
    desk.page.stand_on("孙丽")
    desk.page.press(Qt.Key.Key_T, _CONTROL)
    desk.runner.run_all()
    form = desk.page.dialog("order_form_dialog")
    form.click("order_form_accept")
    desk.runner.run_all()
    if form.widget.isVisible():  # a doubt is shown first
        form.click("order_form_accept")
        desk.runner.run_all()
    stopped = [row.view.order for row in orders_on_clock(desk.session) if row.view.victim == "孙丽"]
    assert sorted(order.payee.number for order in stopped) == sorted((first.payee.number, *HOPS))
