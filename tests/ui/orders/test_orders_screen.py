"""Orders and clocks on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QTableView
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.shift_briefing import CaseNews, News, NewsKind
from desktop.domain.errors import AppError, TrustError
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.order import OrderKind
from desktop.services.orders.make_slip import Slip
from desktop.services.orders.order_request import About
from desktop.services.ports import HandoverClock, HandoverFacts, HandoverTask, Pdf
from desktop.ui.orders.orders_screen import OrdersScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme, Tone
from desktop.ui.shared.orders.order_clock import OrderRow
from desktop.ui.shared.widgets.inspection import clipped_texts, overlaps
from desktop.ui.shared.widgets.rows_model import ROW_ROLE, TONE_ROLE
from tests.support.clocks import HandClock
from tests.support.held_runner import HeldRunner
from tests.ui.case.fake_ordering import FakeOrdering
from tests.ui.orders import samples
from tests.ui.pages.orders import OrdersPage

_CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class FakeDesk:
    """The orders, and the ways out, in one."""

    rows: tuple[OrderRow, ...] = field(default_factory=samples.rows)
    calls: list[tuple[str, str]] = field(default_factory=list)
    error: AppError | None = None
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def ordering(self) -> FakeOrdering:
        return FakeOrdering(self.asked, [])

    def load(self) -> tuple[OrderRow, ...]:
        return self.rows

    def slip(self, order: OrderId) -> Slip:
        if self.error is not None:
            raise self.error
        self.calls.append(("slip", order))
        return Slip((samples.rows()[0].view.order,), (b"",), 812, Pdf(b"%PDF slip", 1))

    def draw_stop_form(self, order: OrderId) -> Pdf:
        self.calls.append(("print", order))
        return Pdf(b"%PDF form", 1)

    def handover(
        self, name_of: Callable[[str], str], tell: Callable[[CaseNews], str]
    ) -> HandoverFacts:
        new = CaseNews(CaseId("c9"), "x", "马强", "report", 999_900, (News(NewsKind.REGISTERED),))
        clock = HandoverClock("1124-A-0010", "孙丽", name_of("stop_end"), samples.at(69))
        late = HandoverClock("1124-A-0009", "刘芳", name_of("filing"), samples.at(-5))
        promise = HandoverTask("1124-A-0017", "李秀兰", "回电告知止付结果", samples.at(30))
        return HandoverFacts(
            "张掖路派出所", samples.NOW, samples.NOW, (("620134", "王建国"),), clocks=(late, clock),
            promises=(promise,), tasks=(HandoverTask("1124-A-0017", "李秀兰", "取回单"),),
            news=(HandoverTask("1124-A-0018", "马强", tell(new)),),
        )  # fmt: skip

    def print_handover(self, facts: HandoverFacts) -> Pdf:
        self.calls.append(("handover", f"{facts.incoming} {facts.remarks}"))
        return Pdf(b"%PDF handover", 1)

    def officers(self) -> Mapping[str, str]:
        return {"620177": "马晓梅"}

    def open_case(self, case: CaseId) -> None:
        self.calls.append(("open", case))

    def open_paper(self, pdf: Pdf, title: str) -> None:
        self.calls.append(("paper", f"{title} {pdf.data.decode()}"))


@dataclass
class Bench:
    """Everything a test of the screen holds in its hands."""

    page: OrdersPage
    session: FakeDesk
    runner: HeldRunner
    clock: HandClock
    kit: Kit

    def show(self, rows: tuple[OrderRow, ...]) -> None:
        """The database holds something else; the screen reads it."""
        self.session.rows = rows
        self.page.widget.opened()
        self.runner.run_all()


@pytest.fixture
def bench(kit: Kit, qtbot: QtBot) -> Bench:
    runner, session = HeldRunner(), FakeDesk()
    held = replace(kit, runner=runner)
    screen = OrdersScreen(held, session, session, samples.LIMITS)
    qtbot.addWidget(screen)
    page = OrdersPage(qtbot, screen)
    page.show(1366 - 72, 768 - 48 - 28)
    clock = held.ticks.clock
    assert isinstance(clock, HandClock)
    made = Bench(page, session, runner, clock, held)
    made.show(session.rows)
    return made


def test_the_tiles_count_what_presses(bench: Bench) -> None:
    figures = [
        bench.page.figure(name) for name in ("due_soon", "unreceived", "stopped_today", "median")
    ]
    assert figures == ["4", "3", "¥ 61,320", "07:42"]


def test_the_list_begins_with_what_runs_out_first(bench: Bench) -> None:
    assert bench.page.victims()[:5] == ["马强", "李秀兰", "孙丽", "刘芳", "何平"]
    assert bench.page.victims()[-1] == "吴海燕"


def test_states_are_told_in_plain_words(bench: Bench) -> None:
    page = bench.page
    told = {name: page.cell(name, "state") for name in ("李秀兰", "马强", "刘芳", "孙丽", "吴海燕")}
    assert told == {
        "李秀兰": "已下达，待导出",
        "马强": "已带出，待回执",
        "刘芳": "已止付 480,000",
        "孙丽": "部分止付 41,020",
        "吴海燕": "已撤回",
    }
    assert page.cell("李秀兰", "target") == "农业银行 6230…8994"
    assert page.cell("丁建军", "clock") == "已等 2 小时"
    assert page.cell("高山", "clock").startswith("止付已于 11-")


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


def test_a_clock_slept_over_moves_its_order_and_is_no_longer_due(bench: Bench) -> None:
    bench.page.stand_on("孙丽")
    bench.clock.advance(hours=2)
    bench.kit.ticks.tick()
    assert bench.page.victims()[0] == "刘芳"
    assert bench.page.figure("due_soon") == "1"
    selected = bench.page.widget.table.chosen()
    assert selected is not None
    assert selected.view.victim == "孙丽"
    bench.clock.advance(hours=-2)
    bench.kit.ticks.tick()
    assert bench.page.victims()[0] == "马强"


def test_keys_open_the_case_show_the_code_and_print_the_form(bench: Bench) -> None:
    page = bench.page
    page.stand_on("刘芳")
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_P, _CONTROL)
    page.press(Qt.Key.Key_Q, _CONTROL)
    page.press(Qt.Key.Key_Q, _CONTROL)  # each making is recorded
    bench.runner.run_all()
    QApplication.processEvents()
    page.dialog("slip_dialog").click("slip_print")
    assert bench.session.calls == [
        ("open", "case-9"),
        ("print", "order-9"),
        ("paper", "1124-A-0009-Z1 %PDF form"),
        ("slip", "order-9"),
        ("paper", "1124-A-0017-Z1 %PDF slip"),
    ]


def test_the_shift_is_handed_over_by_keys(bench: Bench) -> None:
    page = bench.page
    page.press(Qt.Key.Key_H, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    bench.runner.run_all()
    dialog = page.dialog("handover_dialog")
    shown = dialog.find("handover_table", QTableView)
    model = shown.model()
    cells = [[str(model.index(row, col).data()) for col in range(4)] for row in range(5)]
    assert cells == [
        ["时限", "11-24 10:26", "刘芳 1124-A-0009", "立案审查"],
        ["时限", "11-24 11:40", "孙丽 1124-A-0010", "止付到期"],
        ["答应的事", "11-24 11:01", "李秀兰 1124-A-0017", "回电告知止付结果"],
        ["待办", "", "李秀兰 1124-A-0017", "取回单"],
        ["本班情况", "", "马强 1124-A-0018", "新接报案 ¥ 9,999"],
    ]
    dialog.fill("handover_incoming", "620177")
    dialog.click("handover_print")
    bench.runner.run_all()
    assert bench.session.calls == [
        ("handover", "(('620177', '马晓梅'),) "),
        ("paper", "值班交接单 %PDF handover"),
    ]


def test_a_shift_is_handed_over_once_however_often_the_keys_are_pressed(bench: Bench) -> None:
    page = bench.page
    for _ in range(2):
        page.press(Qt.Key.Key_H, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    bench.runner.run_all()
    dialog = page.dialog("handover_dialog")
    dialog.click("handover_print")
    dialog.click("handover_print")
    dialog.press(Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    bench.runner.run_all()
    assert [call[0] for call in bench.session.calls] == ["handover", "paper"]
    assert page.closed("handover_dialog")


def test_each_form_has_the_number_of_its_own_order(bench: Bench) -> None:
    page = bench.page
    orders = [page.widget.table.orders_model.orders[place].view for place in (0, 1)]
    for view in orders:  # the second is asked for while the first is still drawn
        page.stand_on(view.victim)
        page.press(Qt.Key.Key_P, _CONTROL)
    bench.runner.run_all()
    titles = [title.partition(" ")[0] for name, title in bench.session.calls if name == "paper"]
    assert titles == [view.order.number for view in orders]


def test_without_a_centre_the_code_is_refused_with_the_reason(bench: Bench) -> None:
    bench.page.stand_on("刘芳")
    bench.session.error = TrustError("centre.unknown")
    bench.page.click("orders_slip")
    bench.runner.run_all()
    assert bench.page.text("orders_banner_message")


def test_nothing_can_be_shown_while_nothing_is_chosen(bench: Bench) -> None:
    bench.show(())
    assert not bench.page.find("orders_slip").isEnabled()
    assert bench.page.figure("median") == "—"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
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


def test_the_model_keeps_qt_s_rules_while_orders_change(bench: Bench) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(bench.page.widget.table.orders_model, fatal)
    rows = samples.rows()
    for shown in (rows[3:], rows, tuple(reversed(rows)), rows[:1], ()):
        bench.show(shown)
    assert tester.model() is not None


def test_what_comes_next_is_chosen_without_leaving_the_list(bench: Bench) -> None:
    bench.page.stand_on("孙丽")
    bench.page.press(Qt.Key.Key_Return, _CONTROL)
    bench.runner.run_all()
    bench.page.dialog("order_act_dialog").click("act_withdraw_")
    word = bench.page.dialog("order_withdraw_dialog")
    word.fill("order_word", "账号抄错")
    word.click("order_word_accept")
    bench.runner.run_all()
    assert bench.session.asked[-1] == ("withdraw", "order-10", "账号抄错")
    assert bench.page.focused() is bench.page.widget.table


def test_of_two_orders_asked_about_on_a_busy_desk_the_last_is_told(bench: Bench) -> None:
    for victim in ("孙丽", "刘芳"):
        bench.page.stand_on(victim)
        bench.page.press(Qt.Key.Key_Return, _CONTROL)
    bench.runner.run_all()
    tops = QApplication.topLevelWidgets()
    (shown,) = [w for w in tops if w.objectName() == "order_act_dialog" and w.isVisible()]
    last = next(row.view.order for row in bench.session.rows if row.view.victim == "刘芳")
    assert any(last.number in label.text() for label in shown.findChildren(QLabel))
    assert bench.session.asked[-1][-1] == last.id
    bench.page.dialog("order_act_dialog").widget.close()


def test_where_the_money_went_on_is_stopped_from_the_list(bench: Bench) -> None:
    first = next(row for row in bench.session.rows if row.view.victim == "孙丽")
    bench.show(tuple(replace(r, open_hops=(0, 2)) if r is first else r for r in bench.session.rows))
    bench.page.stand_on("刘芳")
    assert not bench.page.find("orders_stop_hops").isEnabled()
    bench.page.stand_on("孙丽")
    bench.page.press(Qt.Key.Key_T, _CONTROL)
    bench.runner.run_all()
    form = bench.page.dialog("order_form_dialog")
    abouts = (About(order="order-10", hop=0), About(order="order-10", hop=2))
    assert bench.session.asked[-1] == ("propose", "case-10", OrderKind.STOP, abouts)
    form.click("order_form_accept")
    bench.runner.run_all()
    assert [call[0] for call in bench.session.asked] == ["propose", "order"]
