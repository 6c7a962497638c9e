"""What the case page shows, and what it does to its case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.views import Conflict, Contested, OrderView
from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.victim import VICTIM_FIELDS
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.errors import RuleError, WorldError
from desktop.domain.ids import CaseId, PartyId
from desktop.domain.orders.machine import OrderStep
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.journal.kinds import DATA_REVEALED
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders.make_slip import Slip
from desktop.services.orders.order_options import Options
from desktop.services.ports import Pdf
from desktop.ui.case.cards.decision_cards import ValueCard
from desktop.ui.case.parts.tabs import COUNTED, Tab
from desktop.ui.shared.kit.theme import Scheme
from tests.support.noted import noted
from tests.support.strict import all_of
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench
from tests.ui.case.fakes import FakePane, code_png
from tests.ui.pages.looks import LOOKS

_ORDERING = "desktop.ui.shared.orders.ordering.actions"
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


def slip(views: Sequence[OrderView]) -> Slip:
    """A code for each."""
    orders = tuple(view.order for view in views)
    return Slip(orders, (code_png(),) * len(orders), 812, Pdf(b"%PDF slip", 1))


def test_the_header_says_who_how_much_and_how_long(bench: Bench) -> None:
    words = bench.page.words(bench.page.widget.header)
    for told in ("李秀兰", "刷单返利", "1124-A-0017", "¥ 118,000", "¥ 61,320", "47:46:00"):
        assert told in words
    number = bench.page.find("case_header_number")
    assert number.toolTip() == number.accessibleName() == samples.NUMBER
    assert bench.page.tab_text("orders") == "指令 2"
    assert bench.page.tab_text("money") == zh("case.tab.money")


def test_nothing_of_one_case_is_counted_for_the_next(bench: Bench) -> None:
    header = bench.page.widget.header
    for tab in COUNTED:
        header.tabs.set_count(tab, 7)
    header.clear()
    assert not [tab for tab in Tab if "7" in bench.page.tab_text(tab.value)]


def test_the_card_of_the_person_shows_what_is_known(bench: Bench) -> None:
    """Of what is masked the middle only once it is asked for."""
    sheet, page = samples.sheet(), bench.page
    rows = [row for row in VICTIM_FIELDS.rows if row.card]
    texts = {row: f"某处某{row.attribute}某处" for row in rows}
    known = VICTIM_FIELDS.from_fields({row.key: text for row, text in texts.items()})
    case = replace(sheet.file.case, victim=known)
    bench.show(replace(sheet, file=replace(sheet.file, case=case)))
    shown = page.words(page.widget.overview)
    assert {row.attribute for row, text in texts.items() if text in shown} == {
        row.attribute for row in rows if not row.mask
    }
    page.click("case_reveal")
    bench.runner.run_all()
    shown = page.words(page.widget.overview)
    assert [row.attribute for row, text in texts.items() if text not in shown] == []


def _with_parties(*parties: Party, **facts: str) -> CaseSheet:
    sheet = samples.sheet()
    case = replace(sheet.file.case, parties=parties, **facts)  # type: ignore[arg-type]  # texts
    return replace(sheet, file=replace(sheet.file, case=case))


DAUGHTER = Party(
    PartyId("p1"), role="agent ambassador", name="王芳", relation="女儿", id_kind="passport",
    id_number="E12345678", phone="13893100027", address="兰州市七里河区西津路 3 号", papers="户口簿",
)  # fmt: skip


def test_the_card_of_the_parties_shows_who_reports(bench: Bench) -> None:
    """In person until another party is named; numbers are masked until they are asked for."""
    page = bench.page
    assert page.text("case_who_roles") == "报案人 · 被害人"
    bench.show(_with_parties(DAUGHTER, reported_by="p1", source="police_110"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.text("case_who_roles") == zh("party.role_is.victim")
    assert page.text("case_party_1") == "报案人 · 代理人 · ambassador"
    assert page.text("case_source") == zh("party.source_is.police_110")
    facts = {
        name: page.text(f"case_party_1_{name}")
        for name in ("relation", "papers", "phone", "id_number", "address")
    }
    assert facts == {
        "relation": "女儿", "papers": "户口簿", "phone": "138****0027", "id_number": "E123*5678",
        "address": "兰州市七里河区****",
    }  # fmt: skip
    page.click("case_reveal")
    bench.runner.run_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.text("case_party_1_phone") == "13893100027"


def test_very_many_parties_are_counted(bench: Bench) -> None:
    several = tuple(replace(DAUGHTER, id=PartyId(f"p{n:03}"), name=f"证人{n}") for n in range(60))
    bench.show(_with_parties(*several))
    words = bench.page.words(bench.page.widget.overview)
    assert "证人19" in words
    assert "证人20" not in words
    assert zh("party.listed", count=40) in words


def test_a_transfer_without_a_stop_offers_one(bench: Bench) -> None:
    assert not bench.page.offers("case_stop_1")
    assert bench.page.offers("case_stop_3")


def test_a_stop_is_ordered_after_a_question(desk: Bench) -> None:
    page = desk.page
    page.click("case_stop_1")
    page.dialog("confirm_dialog").click("confirm_accept")
    (view,) = desk.file().orders
    assert view.order.about == f"transfer/{desk.file().transfers[0].id}"
    assert page.part() is Tab.ORDERS


def test_a_failed_stop_can_be_ordered_again(bench: Bench) -> None:
    failed = tuple(replace(view, state=OrderState.FAILED) for view in samples.ORDERS)
    bench.show(samples.sheet(orders=failed))
    assert bench.page.offers("case_stop_1")
    assert bench.page.offers("case_stop_2")


def test_doubts_are_shown_and_a_person_decides(desk: Bench) -> None:
    page, form = desk.page, form_of(desk.session, samples.CASE)
    nameless = replace(form.transfers[0], payee_name="")
    register_report(desk.session, replace(form, transfers=(nameless,)))
    desk.show_held()
    page.click("case_stop_1")
    page.dialog("confirm_dialog").click("confirm_accept")
    assert desk.file().orders == ()
    QApplication.processEvents()
    doubts = page.dialog("send_despite_dialog")
    assert "1" in page.words(doubts.widget)
    assert doubts.focused().objectName() == "send_despite_cancel"
    doubts.click("send_despite_accept")
    assert len(desk.file().orders) == 1


def test_a_forbidden_stop_is_explained_and_nothing_else_happens(desk: Bench) -> None:
    desk.note(
        "case.actions.case_actions.stop_transfer", RuleError("order.stops_exhausted", limit=2)
    )
    desk.page.click("case_stop_1")
    desk.page.dialog("confirm_dialog").click("confirm_accept")
    assert desk.file().orders == ()
    assert desk.page.text("case_banner_message")
    assert desk.page.part() is Tab.OVERVIEW


def test_a_contested_payment_stays_until_somebody_decides(bench: Bench) -> None:
    told = (
        Contested("1", "620134", "2026-11-24T02:20:00.000Z"),
        Contested("", "620177", "2026-11-24T02:26:30.000Z"),
    )
    contested = Conflict("transfer/transfer-2", FIELD, told)
    bench.show(samples.sheet(conflicts=(contested,)))
    QApplication.processEvents()  # new rows are shown by the layout
    out, keeps_open = (c for c in bench.page.widget.findChildren(ValueCard) if c.isVisible())
    assert zh("case.conflict.shown") not in bench.page.words(out)
    assert zh("case.conflict.shown") in bench.page.words(keeps_open)
    assert "已被他人修改，或者已发起指令" in bench.page.words(keeps_open)


def test_an_order_at_odds_with_the_case_is_shown_and_acted_on(bench: Bench) -> None:
    page = bench.page
    assert not page.find("case_odds").isVisible()
    first, paid, *rest = samples.TRANSFERS
    one_digit_else = replace(paid.payee, number="6230520010137788994")
    amended = replace(paid, amount_fen=10_800_000, payee=one_digit_else)
    bench.show(samples.sheet(transfers=(first, amended, *rest)))
    (order,) = [v.order for v in samples.ORDERS if v.order.about == f"transfer/{paid.id}"]
    told = page.text(f"case_odds_{order.number}")
    assert told.splitlines() == [
        "收款账号：指令写的是 623*******0****8994，案件现在是 623*******1****8994",
        "金额：指令写的是 ¥ 15,000，案件现在是 ¥ 108,000",
    ]
    assert "1 条指令与案件不一致" in page.text("case_glance_next")
    options = Options((OrderStep.DONE, OrderStep.WITHDRAW), (OrderKind.FREEZE,))
    asked = noted(bench.monkeypatch, f"{_ORDERING}.options_in", answer=options)
    page.click(f"case_odds_act_{order.number}")
    bench.runner.run_all()
    assert asked == [(samples.CASE, order.id)]
    assert not page.closed("order_act_dialog")


def test_what_the_wizard_holds_of_the_case_is_said_and_led_to(bench: Bench) -> None:
    page = bench.page
    assert not page.find("case_amendment").isVisible()
    draft = Draft(IntakeForm(samples.CASE), "620177", "2026-11-24T01:20:00.000Z", 3)
    bench.show(replace(samples.sheet(), amendment=draft))
    page.widget.header.tabs.choose(Tab.PAPERS)
    assert "马晓梅 今天 09:20 改过" in page.text("case_amendment_message")
    page.click("case_amendment_action")
    assert bench.ways.calls == [("edit", samples.CASE)]
    bench.show(samples.sheet())
    assert not page.find("case_amendment").isVisible()


def test_a_conflict_shows_both_values_and_is_decided_for_one(bench: Bench) -> None:
    page = bench.page
    decided = bench.note("case.actions.case_actions.resolve_conflict", answer=None)
    words = page.words(page.find("case_conflicts"))
    for told in ("被害人电话", "138****5678", "138****5687", "王建国", "马晓梅", "B 机", "暂用"):
        assert told in words
    row = page.find("case_conflict")
    for _ in range(2):  # a double click
        row.findChildren(QAbstractButton, "case_conflict_take")[1].click()
    bench.runner.run_all()
    assert decided == [(samples.CONFLICT, "13893345687")]
    bench.show(samples.sheet(conflicts=()))
    assert not page.find("case_conflicts").isVisible()


def test_numbers_are_masked_until_the_look_is_in_the_journal(bench: Bench) -> None:
    page = bench.page
    plain = (samples.VICTIM.id_number, samples.VICTIM.phone, "6230520010037788994")
    assert not any(number in page.words() for number in plain)
    page.click("case_reveal")
    assert not any(number in page.words() for number in plain)
    assert bench.kinds().count(DATA_REVEALED) == 1
    assert all_of(number in page.words() for number in plain)
    page.click("case_reveal")
    assert not any(number in page.words() for number in plain)
    assert bench.kinds().count(DATA_REVEALED) == 1


def test_a_look_that_cannot_be_recorded_shows_nothing(bench: Bench) -> None:
    bench.note("shared.kit.revealing.reveal_case", WorldError("database.busy"))
    bench.page.click("case_reveal")
    bench.runner.run_all()
    assert samples.VICTIM.phone not in bench.page.words()
    assert bench.page.text("case_banner_message")


@pytest.mark.parametrize("way", ["other case", "page left and opened"])
def test_revealed_numbers_do_not_stay(bench: Bench, way: str) -> None:
    bench.page.click("case_reveal")
    bench.runner.run_all()
    if way == "other case":
        bench.page.widget.open_case(CaseId("another"))
    else:
        bench.page.widget.opened()
    assert samples.VICTIM.phone not in bench.page.words()
    bench.runner.run_all()
    assert samples.VICTIM.phone not in bench.page.words()


def test_a_late_answer_about_another_case_is_not_shown(bench: Bench) -> None:
    screen = bench.page.widget
    screen.reload()
    screen.open_case(CaseId("another"))
    bench.runner.run_next()
    assert screen.case == "another"
    assert "李秀兰" not in bench.page.words()
    bench.runner.run_all()
    bench.page.go_to("evidence")
    assert FakePane.made == ["another"]


def test_opening_reads_once(bench: Bench) -> None:
    bench.page.widget.open_case(samples.CASE)
    bench.page.widget.opened()
    assert len(bench.runner.tasks) == 1


def test_the_evidence_is_made_when_looked_at_and_once_a_case(bench: Bench) -> None:
    page = bench.page
    assert FakePane.made == []
    for tab in ("evidence", "overview", "evidence"):
        page.go_to(tab)
    assert FakePane.made == [samples.CASE]
    page.widget.open_case(CaseId("another"), Tab.EVIDENCE)
    bench.runner.run_all()
    assert FakePane.made == [samples.CASE, "another"]


def test_parts_are_reached_by_keys(bench: Bench) -> None:
    page = bench.page
    for place, tab in enumerate(Tab):
        page.press(Qt.Key(Qt.Key.Key_0 + (place + 1) % 10), _ALT)
        assert page.part() is tab
    page.find("case_tab_people").setFocus()
    page.press(Qt.Key.Key_Right)
    assert page.part() is Tab.OVERVIEW
    page.find("case_tab_overview").clearFocus()
    page.press(Qt.Key.Key_3, _ALT)
    assert page.find("case_tab_money").hasFocus()
    page.press(Qt.Key.Key_E, _CONTROL)
    assert bench.ways.calls == [("edit", samples.CASE)]


def test_orders_show_their_replies_and_their_papers(bench: Bench) -> None:
    page = bench.page
    forms = bench.note("shared.orders.handouts.draw_stop_form", answer=Pdf(b"stop", 1))
    slips = bench.note("shared.orders.handouts.make_slip", answer=slip(samples.ORDERS[:1]))
    page.go_to("orders")
    words = page.words(page.find("case_order_1124-A-0017-Z1"))
    for told in (
        "紧急止付",
        "部分止付 61,320",
        "¥ 61,320.50",
        "11-24 10:17",
        "11-26 10:17",
        "农业银行兰州分行",
        "止付到期",
    ):
        assert told in words
    assert samples.REPLY.remark in words
    page.click("case_order_paper")
    page.click("case_order_slip")
    page.click("case_order_slip")  # each making is recorded
    bench.runner.run_all()
    QApplication.processEvents()
    page.dialog("slip_dialog").click("slip_print")
    assert (len(forms), len(slips)) == (1, 1)
    bench.ways.calls.clear()
    works = page.handouts
    for view in bench.sheet.file.orders:  # the second while the first is still drawn
        works.print_form(view.order)
    bench.runner.run_all()
    numbers = [view.order.number for view in bench.sheet.file.orders]
    assert [call[2] for call in bench.ways.calls] == numbers
    assert [call[0] for call in bench.ways.calls] == ["paper", "paper"]
    assert not page.find("case_all_slips").isVisible(), "one order has been heard of, one is left"


def test_what_is_recorded_while_the_case_is_read_is_read_after(bench: Bench) -> None:
    """Evidence is recorded beside the lane of the database: the reading may have looked before."""
    bench.page.go_to("orders")
    QApplication.processEvents()
    assert bench.page.offers("case_order_act_1124-A-0017-Z1")

    def slow(case: CaseId) -> CaseSheet:
        found = bench.shown(case)
        if bench.sheet.file.orders:
            bench.sheet = samples.sheet(orders=())
            bench.page.widget.reload()
        return found

    bench.load = slow
    bench.page.widget.reload()
    bench.page.widget.reload()
    bench.runner.run_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert bench.page.widget.findChild(QAbstractButton, "case_order_act_1124-A-0017-Z1") is None


def test_the_keyboard_stays_where_it_was_when_the_case_is_read_anew(bench: Bench) -> None:
    page = bench.page
    page.go_to("orders")
    for name in ("case_order_act_1124-A-0017-Z2", "case_order_act_1124-A-0017-Z1"):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        page.find(name).setFocus()
        bench.show(samples.sheet())
        assert page.focused().objectName() == name
        page.press(Qt.Key.Key_H, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
        bench.runner.run_all()
        assert page.focused().objectName() == name
    left = tuple(view for view in samples.ORDERS if not view.order.number.endswith("Z1"))
    bench.show(samples.sheet(orders=left))
    assert page.focused().objectName() == "case_tab_orders", "that order is gone"


def test_what_was_made_for_a_page_that_was_left_opens_over_no_other(bench: Bench) -> None:
    page = bench.page
    made = bench.note("shared.orders.handouts.draw_stop_form", answer=Pdf(b"stop", 1))
    made += bench.note("shared.orders.handouts.make_slip", answer=slip(samples.ORDERS[:1]))
    page.go_to("orders")
    for button in ("case_order_paper", "case_order_slip"):
        page.click(button)
    page.widget.hide()
    bench.ways.calls.clear()
    bench.runner.run_all()
    assert page.closed("slip_dialog")
    assert not [call for call in bench.ways.calls if call[0] == "paper"]


def test_all_orders_the_centre_has_not_heard_of_go_on_one_slip(bench: Bench) -> None:
    sheet = samples.sheet()
    views = tuple(
        samples.view(samples.order(place, samples.TRANSFERS[place], 20 - place), state)
        for place, state in enumerate(
            (OrderState.ISSUED, OrderState.CARRIED, OrderState.ACKNOWLEDGED)
        )
    )
    bench.show(replace(sheet, file=replace(sheet.file, orders=views)))
    slips = bench.note("shared.orders.handouts.make_slip", answer=slip(views[:2]))
    page = bench.page
    page.go_to("orders")
    assert page.find("case_all_slips", QAbstractButton).text() == "一并出示 2 条"
    page.press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    bench.runner.run_all()
    QApplication.processEvents()
    assert [set(slip) for slip in slips] == [{views[0].order.id, views[1].order.id}]
    dialog = page.dialog("slip_dialog")
    assert dialog.text("code_number") == "第 1 张 / 共 2 张"
    dialog.widget.activateWindow()
    for key, number in (
        (Qt.Key.Key_Right, 2), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 2),
    ):  # fmt: skip
        QTest.keyClick(dialog.widget, key)
        assert dialog.text("code_number") == f"第 {number} 张 / 共 2 张"
    pause = dialog.find("code_pause", QAbstractButton)
    assert pause.text() == zh("code_pages.go_on"), "turning by hand holds it"
    QTest.keyClick(dialog.widget, Qt.Key.Key_P)
    assert pause.text() == zh("code_pages.pause")
    dialog.click("slip_close")


def test_an_order_nobody_answered_is_not_overdue_when_its_golden_window_closes(
    bench: Bench,
) -> None:
    newest = replace(samples.TRANSFERS[1], time=samples.ago(minutes=18.5))
    waiting = samples.view(samples.order(2, newest, 11), OrderState.CARRIED)
    bench.show(samples.sheet(orders=(waiting,)))
    bench.page.go_to("orders")
    words = bench.page.words(bench.page.widget.parts.orders)
    assert "11:30" in words
    assert zh("deadlines.golden") in words
    bench.clock.advance(minutes=40)
    bench.kit.ticks.tick()
    words = bench.page.words(bench.page.widget.parts.orders)
    assert "超时" not in words
    assert "已过 28:30" in words, "red for an hour: banks often still find the money"
    assert zh("orders.state.carried") in words
    bench.clock.advance(minutes=40)
    bench.kit.ticks.tick()
    words = bench.page.words(bench.page.widget.parts.orders)
    assert zh("case.deadline.past") not in words
    assert "已等 1 小时" in words, "as in the list of all orders"


def test_the_chosen_entry_of_the_history_is_unfolded(bench: Bench) -> None:
    page = bench.page
    page.go_to("history")
    table = page.widget.parts.history.table
    table.select_key(("7QK2M9XD41TCZP8A", 9))
    words = page.words(page.widget.parts.history)
    assert "138****5687" in words
    assert "13893345687" not in words
    page.click("case_reveal")
    bench.runner.run_all()
    assert "13893345687" in page.words(page.widget.parts.history)


def test_the_history_says_each_day_once(bench: Bench) -> None:
    """And the whole time of the entry that is chosen."""
    older = tuple(replace(row, wall=row.wall - timedelta(days=1)) for row in samples.history()[:2])
    bench.show(replace(bench.sheet, history=(*older, *samples.history()[2:4])))
    page = bench.page
    page.go_to("history")
    model = page.widget.parts.history.table.rows
    told = [model.columns[0].text(row) for row in model.rows]
    assert told == ["2026-11-24 10:05:07", "10:05:07", "2026-11-23 10:04:49", "10:04:43"]
    page.widget.parts.history.table.select_key(("7QK2M9XD41TCZP8A", 3))
    assert "2026-11-24 10:05:07" in page.words(page.widget.parts.history)


def test_empty_parts_say_what_to_do(bench: Bench) -> None:
    bench.show(samples.sheet(transfers=(), orders=(), narrative=""))
    for tab, told in (("overview", "Ctrl+E"), ("money", "Ctrl+E"), ("orders", "概览")):
        bench.page.go_to(tab)
        assert told in bench.page.words()


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_every_part_fits_on_the_smallest_screen(
    bench: Bench, language: str, scheme: Scheme
) -> None:
    bench.kit.texts.set_language(language)
    bench.kit.theme.set_scheme(scheme)
    for tab in Tab:
        bench.page.go_to(tab.value)
        bench.runner.run_all()
        QApplication.processEvents()
        QApplication.processEvents()
        assert clipped_texts(bench.page.widget) == []
        assert overlaps(bench.page.widget) == []


def test_switching_the_language_leaves_no_word_of_the_other_behind(bench: Bench) -> None:
    def words() -> dict[Tab, str]:
        told = {}
        for tab in Tab:
            bench.page.go_to(tab.value)
            bench.runner.run_all()
            told[tab] = bench.page.words()
        return told

    sheet = samples.sheet()
    distant = [  # days are told in words
        replace(line, deadline=replace(line.deadline, at=samples.NOW + timedelta(days=100)))
        for line in sheet.deadlines
    ]
    sheet = replace(sheet, deadlines=(*sheet.deadlines, *distant))
    bench.show(sheet)
    words()
    bench.kit.texts.set_language("en")
    switched = words()
    bench.show(replace(samples.sheet(transfers=(), orders=()), deadlines=()))
    bench.show(sheet)
    assert switched == words()


def test_models_keep_qt_s_rules(bench: Bench) -> None:
    screen = bench.page.widget
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    models = (
        screen.parts.timeline.table.rows,
        screen.parts.money.table.rows,
        screen.parts.leads.table.rows,
        screen.parts.papers.table.rows,
        screen.parts.history.table.rows,
    )
    testers = [QAbstractItemModelTester(model, fatal) for model in models]
    sheet = samples.sheet()
    for changed in (
        samples.sheet(transfers=samples.TRANSFERS[1:]),
        replace(sheet, history=sheet.history[:5], forms=()),
        sheet,
    ):
        bench.show(changed)
    assert all_of(tester.model() for tester in testers)


def test_a_long_name_and_a_long_day_leave_the_strip_whole(bench: Bench) -> None:
    sheet = bench.sheet
    victim = replace(sheet.file.case.victim, name="买买提依明·阿卜杜热合曼·" * 3)
    case = replace(sheet.file.case, victim=victim)
    bench.show(replace(sheet, file=replace(sheet.file, case=case)))
    bench.clock.advance(hours=timedelta(days=400) // timedelta(hours=1))
    bench.kit.ticks.tick()
    QApplication.processEvents()
    assert bench.page.widget.width() == 1366 - 72
    assert clipped_texts(bench.page.widget.header) == []
