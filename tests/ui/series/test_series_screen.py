"""The series page over a real store: found, decided by keys, undone, proposed, the money of all its cases."""

from __future__ import annotations

import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.analysis.case_linker import Linker
from desktop.app.pages.pages_of_both import series_screen
from desktop.domain.flow.flow_moves import FlowScope
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.order import OrderKind
from desktop.domain.series.events import SeriesEventKind
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.people_sheet import TargetState
from desktop.domain.series.series import LinkVerdict
from desktop.domain.series.watch_list import watch_digest
from desktop.runtime.packages.package_readers import package_readers
from desktop.runtime.packages.package_shelf import FolderShelf
from desktop.runtime.packages.watch_list import FILE
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders.issue_order import issue_order
from desktop.services.series.decide_link import decide_link
from desktop.services.series.find_series import find_series
from desktop.services.series.propose_series import series_hint
from desktop.services.session import Session
from desktop.ui.flow.pane import FlowPane
from desktop.ui.people.actions import PersonDialog
from desktop.ui.people.pane import PeoplePane
from desktop.ui.series.series_screen import SeriesScreen
from desktop.ui.series.tables import plain
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.fields import ComboField
from tests.support.flow_cases import with_analyst
from tests.support.held_runner import HeldRunner
from tests.support.sessions import a_form, take_seat
from tests.support.texts import zh
from tests.ui.pages.file_page import FilePage
from tests.ui.pages.flow import take_scope
from tests.ui.pages.window_page import WindowPage, type_text


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """With cases that no bundle had to bring."""
    monkeypatch.setattr("desktop.services.session._INTO_CASES", frozenset())
    session = take_seat(tmp_path / "centre", "Z", role=InstallationRole.CENTRE).session
    packs = FolderShelf(tmp_path / "packs", package_readers())
    linker = Linker(HubList(), lambda _number: None)
    return replace(with_analyst(session), linker=linker, packages=packs)


@pytest.fixture
def cases(centre: Session) -> list[CaseId]:
    return [
        register_report(centre, a_form(centre, name)).case for name in ("李秀兰", "周卫东", "宋涛")
    ]


@pytest.fixture
def screen(kit: Kit, qtbot: QtBot, centre: Session) -> SeriesScreen:
    made = series_screen(kit, centre, str, lambda _pdf, _title: None)
    qtbot.addWidget(made)
    WindowPage(qtbot, made).show(1294, 692)
    return made


def shown_dialogs() -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if top.isVisible()]


def answer(qtbot: QtBot, text: str) -> None:
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, ReasonDialog) and w.isVisible()
    )
    page = WindowPage(qtbot, dialog)
    if text:
        type_text(dialog.focusWidget(), text)
    page.press(Qt.Key.Key_Return)


def turn_to(screen: SeriesScreen, part: str) -> None:
    """Choose a part of the page with the mouse."""
    button = screen.detail.parts.findChild(Button, f"series_parts_{part}")
    assert button is not None
    button.click()


def press(qtbot: QtBot, screen: SeriesScreen, key: Qt.Key) -> None:
    qtbot.keyClick(screen, key, Qt.KeyboardModifier.ControlModifier)


def test_an_empty_centre_says_what_to_do(screen: SeriesScreen) -> None:
    screen.opened()
    assert not screen.table.isVisible()


def test_a_case_is_put_apart_and_brought_back(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    screen.opened()
    assert [case.victim for case in screen.detail.cases.rows.rows] == ["李秀兰", "周卫东", "宋涛"]
    screen.detail.cases.select_key(cases[2])
    press(qtbot, screen, Qt.Key.Key_D)
    answer(qtbot, "账户被冒用")
    (series,) = find_series(centre).series
    assert set(series.group.cases) == set(cases[:2])
    (act,) = screen.detail.decisions.rows.rows
    assert (act.verdict, act.case, set(act.others)) == (
        LinkVerdict.DIFFERENT,
        cases[2],
        {*cases[:2]},
    )
    told = screen.detail.decisions.rows
    row = [str(told.index(0, column).data()) for column in range(told.columnCount())]
    assert row[:4] == [zh("series.verdict.different"), "宋涛", "2", "李秀兰、周卫东"]
    turn_to(screen, "decisions")
    screen.detail.decisions.selectRow(0)
    press(qtbot, screen, Qt.Key.Key_Z)
    assert len(find_series(centre).series[0].group.cases) == 3


def test_nothing_is_decided_about_a_case_that_is_out_of_sight(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    screen.opened()
    screen.detail.cases.select_key(cases[2])
    turn_to(screen, "links")
    for key in (Qt.Key.Key_T, Qt.Key.Key_U, Qt.Key.Key_D):
        press(qtbot, screen, key)
        assert screen.detail.part() == "cases", "where it is to be chosen"
        assert screen.detail.cases.isVisible()
        assert screen.window().focusWidget() is screen.detail.cases
        turn_to(screen, "links")
    assert screen.detail.decisions.rows.rows == ()
    assert len(find_series(centre).series[0].group.cases) == 3


def test_what_was_said_last_is_taken_back_though_no_series_is_left_to_show_it(
    qtbot: QtBot, screen: SeriesScreen, centre: Session
) -> None:
    for name in ("李秀兰", "周卫东"):
        register_report(centre, a_form(centre, name))
    screen.opened()
    screen.detail.cases.selectRow(0)
    press(qtbot, screen, Qt.Key.Key_D)
    answer(qtbot, "按错了")
    assert find_series(centre).series == ()
    press(qtbot, screen, Qt.Key.Key_Z)
    assert len(find_series(centre).series) == 1
    assert len(screen.detail.cases.rows.rows) == 2
    press(qtbot, screen, Qt.Key.Key_Z)
    assert len(find_series(centre).series) == 1, "once"


def test_undoing_a_slip_brings_back_what_was_said_before(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    """A colleague's verdict with its reason, under the key that was pressed by mistake."""
    decide_link(centre, cases[0], cases[2], LinkVerdict.UNDECIDED, "等银行流水")
    screen.opened()
    (said,) = screen.detail.decisions.rows.rows
    screen.detail.cases.select_key(cases[2])
    press(qtbot, screen, Qt.Key.Key_D)
    answer(qtbot, "按错了")
    press(qtbot, screen, Qt.Key.Key_Z)
    assert screen.detail.decisions.rows.rows == (said,)
    assert len(find_series(centre).series[0].group.cases) == 3


def test_a_value_is_called_no_link(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    screen.opened()
    turn_to(screen, "links")
    links = screen.detail.links.rows
    assert [str(links.index(0, column).data()) for column in (0, 3)] == [
        "6230520010037788996", "李秀兰、周卫东、宋涛",
    ]  # fmt: skip
    screen.detail.links.select_key("6230520010037788996")
    press(qtbot, screen, Qt.Key.Key_B)
    assert find_series(centre).series == ()
    assert screen.detail.sheet is None, "no key acts on a series that is gone"
    press(qtbot, screen, Qt.Key.Key_P)
    assert not any(isinstance(top, ReasonDialog) for top in shown_dialogs())
    turn_to(screen, "hubs")
    screen.detail.hubs.select_key("6230520010037788996")
    press(qtbot, screen, Qt.Key.Key_Z)
    assert len(find_series(centre).series) == 1, "a slip of the hand is taken back"
    assert len(screen.detail.cases.rows.rows) == 3


def test_an_answer_is_about_what_the_question_named(
    kit: Kit, qtbot: QtBot, centre: Session, cases: list[CaseId]
) -> None:
    """Also when another series, chosen before, is read while the question stands."""
    other = [
        register_report(centre, replace(form, transfers=(paid,))).case
        for form in (a_form(centre, "赵敏"), a_form(centre, "吴刚"))
        for paid in [replace(form.transfers[0], payee_account="6222021001116245702")]
    ]
    runner = HeldRunner()
    screen = series_screen(replace(kit, runner=runner), centre, str, lambda _pdf, _title: None)
    qtbot.addWidget(screen)
    WindowPage(qtbot, screen).show(1294, 692)
    screen.opened()
    runner.run_all()
    first, second = (row.group.id for row in screen.table.rows.rows)
    screen.detail.cases.select_key(cases[2])
    screen.table.select_key(second)
    press(qtbot, screen, Qt.Key.Key_D)
    runner.run_all()
    assert {case.id for case in screen.detail.cases.rows.rows} == set(other)
    answer(qtbot, "账户被冒用")
    runner.run_all()
    assert {len(row.group.cases) for row in find_series(centre).series} == {2}
    screen.table.select_key(second)
    runner.run_all()
    screen.table.select_key(first)
    press(qtbot, screen, Qt.Key.Key_P)
    runner.run_all()
    answer(qtbot, "")
    runner.run_all()
    assert series_hint(centre, other[0]) is not None
    assert series_hint(centre, cases[0]) is None


def test_the_stations_are_notified(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    screen.opened()
    press(qtbot, screen, Qt.Key.Key_P)
    answer(qtbot, "")
    hint = series_hint(centre, cases[0])
    assert hint is not None
    assert (hint.cases, hint.loss_fen) == (3, 29_400_000)


def test_the_desks_warn_by_the_list_that_is_written(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId], tmp_path: Path
) -> None:
    screen.opened()
    press(qtbot, screen, Qt.Key.Key_W)
    page = FilePage(qtbot, screen)
    page.choose_in_dialog(tmp_path)
    (written,) = tmp_path.glob("预警名单-*.fzp")
    assert "1 个账号、号码" in page.message("series_banner")
    with tarfile.open(written) as pack:
        listed = pack.extractfile(next(name for name in pack.getnames() if name.endswith(FILE)))
        assert listed is not None
        assert watch_digest("6230520010037788996").encode() in listed.read()


def test_the_money_of_all_its_cases(
    qtbot: QtBot, screen: SeriesScreen, cases: list[CaseId]
) -> None:
    screen.opened()
    press(qtbot, screen, Qt.Key.Key_L)
    pane = screen.findChild(FlowPane)
    assert pane is not None
    assert pane.sheet is not None
    assert len(pane.sheet.cases) == 3
    assert screen.window().focusWidget() is pane.drawing, "no key decides about a case unseen"
    assert pane.findChild(Button, "flow_statements") is not None
    press(qtbot, screen, Qt.Key.Key_L)
    assert screen.detail.isVisible()
    assert screen.window().focusWidget() is screen.table


def test_cases_of_a_series_are_named_by_their_victims(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    """Orders about one account, and the cases to which a person may belong: numbers tell nobody which is which."""
    for case in cases:
        issue_order(centre, case, OrderKind.STOP, 1)
    screen.opened()
    press(qtbot, screen, Qt.Key.Key_L)
    pane = screen.findChild(FlowPane)
    assert pane is not None
    pane.drawing.choose("6230520010037788996")
    told = [line.what.partition(" · ")[0] for line in pane.details.lines.rows.rows if line.order]
    assert sorted(told) == ["周卫东", "宋涛", "李秀兰"]
    press(qtbot, screen, Qt.Key.Key_L)
    turn_to(screen, "people")
    people = screen.findChild(PeoplePane)
    assert people is not None
    qtbot.keyClick(people, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    (dialog,) = (
        w for w in QApplication.topLevelWidgets() if isinstance(w, PersonDialog) and w.isVisible()
    )
    combo = dialog.field("case", ComboField).combo
    assert sorted(combo.itemText(place).partition("　")[2] for place in range(3)) == sorted(told)
    dialog.reject()


def test_the_money_stays_open_while_the_series_is_found_anew(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    """Also when the page is left and entered again: with the span of time somebody chose."""
    screen.opened()
    press(qtbot, screen, Qt.Key.Key_L)
    pane = screen.findChild(FlowPane)
    assert pane is not None
    take_scope(pane, FlowScope(until=datetime(2026, 11, 1, tzinfo=UTC)))
    screen.opened()
    assert pane.isVisible()
    assert pane.sheet is not None
    assert (pane.sheet.moves, pane.sheet.left_out) == ((), 1)
    register_report(centre, a_form(centre, "赵敏"))
    screen.opened()
    fresh = next(found for found in screen.findChildren(FlowPane) if found.isVisible())
    assert fresh.sheet is not None
    assert len(fresh.sheet.cases) == 4, "a case that joined brings its money"


def test_the_map_names_cases_and_values(screen: SeriesScreen, cases: list[CaseId]) -> None:
    screen.opened()
    turn_to(screen, "timeline")
    assert screen.detail.map.accessibleDescription() == "3 案、1 条共同线索"
    screen.detail.map.choose(cases[0])
    assert not screen.detail.map.grab().isNull()


def test_the_persons_of_a_series_take_the_room_of_the_list(
    qtbot: QtBot, screen: SeriesScreen, centre: Session, cases: list[CaseId]
) -> None:
    screen.opened()
    alone = screen.detail.minimumSizeHint().width()
    turn_to(screen, "people")
    pane = screen.findChild(PeoplePane)
    assert pane is not None
    assert not screen.table.isVisible()
    turn_to(screen, "links")
    assert screen.table.isVisible()
    assert screen.detail.minimumSizeHint().width() == alone, "what is hidden asks for room"
    turn_to(screen, "people")
    (target,) = pane.table.rows.rows
    assert (target.name, len(target.cases)) == ("陈某某", 3)
    qtbot.keyClick(pane, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert screen.findChild(PeoplePane) is pane, "the page stays while the series is found anew"
    assert [t.state for t in pane.table.rows.rows] == [TargetState.CONFIRMED]
    turn_to(screen, "cases")
    assert screen.table.isVisible()


def test_what_happened_is_shown_over_all_cases(
    screen: SeriesScreen, qtbot: QtBot, cases: list[CaseId]
) -> None:
    screen.opened()
    events = screen.detail.events.rows.rows
    assert [event.kind for event in events] == [SeriesEventKind.PAID] * 3 + [
        SeriesEventKind.ACCEPTED
    ] * 3
    turn_to(screen, "timeline")
    screen.detail.events.select_key(events[0].key)
    screen.detail.events.setFocus()
    with qtbot.waitSignal(screen.case_wanted) as opened:
        qtbot.keyClick(screen.detail.events, Qt.Key.Key_Return)
    assert opened.args == [events[0].case]


def test_stories_alike_are_a_hint_that_people_decide_about(
    qtbot: QtBot, screen: SeriesScreen, centre: Session
) -> None:
    story = (
        "客服来电称快递丢失可以双倍理赔，引导下载会议软件共享屏幕，把卡内余额分三次转到所谓安全账户"
    )
    for name, account in (("李秀兰", "6230520010037788996"), ("周卫东", "6222021001116245702")):
        form = a_form(centre, name, narrative=story)
        paid = replace(form.transfers[0], payee_account=account)
        register_report(centre, replace(form, transfers=(paid,)))
    screen.opened()
    (pair,) = screen.detail.stories.rows.rows
    assert pair.percent == 100
    assert find_series(centre).series == (), "a hint links nothing"
    turn_to(screen, "stories")
    screen.detail.stories.select_key((pair.first.id, pair.second.id))
    press(qtbot, screen, Qt.Key.Key_T)
    assert len(find_series(centre).series) == 1
    press(qtbot, screen, Qt.Key.Key_D)
    answer(qtbot, "话术相同，账户和团伙不同")
    assert find_series(centre).series == ()
    assert screen.detail.stories.rows.rows == (), "what was told apart is no hint any more"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("620102196804152044", "6201**********2044"),
        ("620102196804152045", "620102196804152045"),
        ("6230520010037788996", "6230520010037788996"),
        ("", ""),
    ],
)
def test_only_numbers_of_identity_are_masked_among_links(value: str, shown: str) -> None:
    assert plain(value) == shown


def test_an_empty_list_says_what_it_is_for(screen: SeriesScreen, cases: list[CaseId]) -> None:
    screen.opened()
    turn_to(screen, "decisions")
    assert not screen.detail.decisions.isVisible()
    turn_to(screen, "links")
    assert screen.detail.links.isVisible()


def _searching(kit: Kit, qtbot: QtBot, centre: Session) -> tuple[HeldRunner, SeriesScreen]:
    """The page was just opened; the search has not begun."""
    runner = HeldRunner()
    screen = series_screen(replace(kit, runner=runner), centre, str, lambda _pdf, _title: None)
    qtbot.addWidget(screen)
    WindowPage(qtbot, screen).show(1294, 692)
    screen.opened()
    return runner, screen


def test_whoever_leaves_waits_for_no_search_and_who_comes_back_gets_one(
    kit: Kit, qtbot: QtBot, centre: Session, cases: list[CaseId]
) -> None:
    runner, screen = _searching(kit, qtbot, centre)
    (searching,) = runner.tasks
    screen.hide()
    assert searching.cancelled
    screen.show()
    runner.run_all()
    (found,) = screen.table.rows.rows
    assert set(found.group.cases) == set(cases)
    assert not screen.banner.isVisible(), "nobody asked it to stop"


def test_whoever_left_as_the_search_was_over_waits_for_no_comparing(
    kit: Kit, qtbot: QtBot, centre: Session, cases: list[CaseId]
) -> None:
    runner, screen = _searching(kit, qtbot, centre)
    (searching,) = runner.tasks
    screen.hide()
    searching.cancelled = False  # it had looked for the last time before
    runner.run_next()
    assert len(runner.tasks) == 1, "the detail of the first series, no comparing"
    screen.show()
    runner.run_all()
    (found,) = screen.table.rows.rows
    assert set(found.group.cases) == set(cases)
