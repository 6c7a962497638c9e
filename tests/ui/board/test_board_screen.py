"""What the board shows, when it changes, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.services.ports import BoardOrder
from desktop.ui.board.board_filter import Arranged, BoardFilter
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.deck import Deck, placed
from desktop.ui.shared.kit.theme import Scheme
from tests.support.strict import all_of
from tests.support.texts import zh
from tests.ui.board import samples
from tests.ui.board.conftest import Bench
from tests.ui.board.samples import held
from tests.ui.pages.looks import LOOKS


def _with(items: tuple[BoardItem, ...], victim: str, **card: object) -> tuple[BoardItem, ...]:
    """The items, one card changed."""
    return tuple(
        replace(i, card=replace(i.card, **card)) if i.victim == victim and i.card else i  # type: ignore[arg-type]
        for i in items
    )


def test_a_deadline_slept_over_shows_at_the_next_tick(bench: Bench) -> None:
    page = bench.page
    assert page.chip("孙丽") == zh("board.chip.stop", time="01:09:54")
    assert page.column("stopping")[0] == "孙丽"
    bench.tick(hours=1, minutes=30)
    assert page.chip("孙丽") == zh("board.chip.overdue", time="20 分钟")
    assert page.chip("李秀兰") == zh("board.chip.unsent")
    assert page.column("new")[0] == "陈志远"


def test_a_clock_set_back_gives_the_time_back(bench: Bench) -> None:
    bench.tick(hours=2)
    bench.tick(hours=-2)
    assert bench.page.chip("孙丽") == zh("board.chip.stop", time="01:09:54")
    assert bench.page.chip("李秀兰") == "11:30"


def test_cards_stand_before_their_clocks_are_reckoned(bench: Bench) -> None:
    bench.work.items, bench.work.waiting = bench.work.items[:3], 9
    hint = bench.page.find("board_waiting", QLabel)
    bench.page.widget.reload()
    bench.runner.tasks[-1].run()
    assert len(bench.page.widget.items()) == 3
    assert hint.isVisible()
    bench.work.items = bench.work.items[:2]
    bench.runner.tasks[-1].run()
    assert bench.work.asked[-1].wait
    assert len(bench.page.widget.items()) == 2
    assert not hint.isVisible()


def test_a_board_that_cannot_be_read_is_not_asked_for_every_second(bench: Bench) -> None:
    """A clock ran out on a card that was not read, and the server is gone."""
    bench.work.next_change = samples.NOW
    bench.show(bench.work.items)
    bench.work.unread = WorldError("database.server_gone")
    readings = len(bench.work.asked)
    for _ in range(3):
        bench.tick(seconds=1)
        bench.runner.run_all()
    assert len(bench.work.asked) == readings + 1
    bench.work.unread = None
    bench.tick(minutes=1)
    bench.runner.run_all()
    assert len(bench.work.asked) == readings + 2


def test_out_of_sight_nothing_is_sorted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    wishes: list[BoardFilter] = []
    arranged = Deck.arranged

    def noting(deck: Deck, wanted: BoardFilter, now: datetime) -> Arranged:
        wishes.append(wanted)
        return arranged(deck, wanted, now)

    monkeypatch.setattr(Deck, "arranged", noting)
    bench.work.next_change = samples.NOW
    bench.show(bench.work.items)
    screen = bench.page.widget
    screen.hide()
    wishes.clear()
    for _ in range(3):
        bench.tick(hours=1)
    assert not wishes
    screen.show()
    bench.tick(seconds=1)
    assert bench.page.column("new")[0] == "陈志远"


def _many(bench: Bench, state: str, count: int) -> None:
    first = next(item for item in samples.items() if item.state is CaseState(state))
    bench.work.page = 100
    bench.show(tuple(replace(first, id=CaseId(f"c{n}"), victim=f"{n:03}") for n in range(count)))


def test_a_column_counts_all_its_cases_and_reads_on_towards_its_end(bench: Bench) -> None:
    _many(bench, "frozen", 250)
    view = bench.page.view("frozen")
    assert (bench.page.count("frozen"), len(bench.page.column("frozen"))) == ("250", 100)
    for shown in (200, 250, 250):
        QApplication.processEvents()
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        bench.runner.run_all()
        assert len(bench.page.column("frozen")) == shown
    bench.page.widget.reload()
    bench.runner.run_all()
    assert bench.work.asked[-1].shown[CaseState.FROZEN] == 250
    assert len(bench.page.column("frozen")) == 250


def test_the_table_reads_on_too_and_asks_for_another_order(bench: Bench) -> None:
    bench.page.widget.filters.toggle_mode()
    _many(bench, "frozen", 250)
    table = bench.page.widget.table
    assert table.rows.rowCount() == 100
    QApplication.processEvents()
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    bench.runner.run_all()
    assert table.rows.rowCount() > 100
    names = [column.name for column in table.rows.columns]
    table.horizontalHeader().sectionClicked.emit(names.index("loss"))
    bench.runner.run_all()
    (asked,) = bench.work.asked[-1].lists.values()
    assert (asked.order, asked.descending) == (BoardOrder.LOSS, False)


def test_a_case_of_a_type_that_comes_is_in_a_table_sorted_by_types(bench: Bench) -> None:
    bench.page.widget.filters.toggle_mode()
    rows = bench.page.widget.table.rows
    names = [column.name for column in rows.columns]
    bench.page.widget.table.horizontalHeader().sectionClicked.emit(names.index("type"))
    bench.runner.run_all()
    items = tuple(item for item in bench.work.items if item.card)
    bench.show(tuple(item for item in items if item.type != items[0].type))
    bench.show(items)
    assert rows.rowCount() == len(items)
    readings = len(bench.work.asked)
    bench.show(bench.work.items)
    assert len(bench.work.asked) == readings + 1, "nothing new came"


def test_a_move_counts_in_both_columns_at_once_and_when_it_is_recorded(bench: Bench) -> None:
    before = int(bench.page.count("investigating"))
    bench.page.stand_on("闫石")
    for act in (partial(bench.page.carry, Qt.Key.Key_Right), bench.runner.run_all):
        act()
        assert int(bench.page.count("investigating")) == before - 1
        found = bench.page.column("awaiting_evidence")
        assert int(bench.page.count("awaiting_evidence")) == len(found)


class _Regions(QObject):
    """Remembers what was repainted."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: list[int] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.heights += [rect.height() for rect in event.region()]  # type: ignore[attr-defined]  # the stubs lack it
        return False


def test_a_tick_repaints_chips_in_sight_and_nothing_else(bench: Bench) -> None:
    running, still = bench.page.view("stopping"), bench.page.view("closed")
    QApplication.processEvents()
    seen = {view: _Regions() for view in (running, still)}
    for view, regions in seen.items():
        view.viewport().installEventFilter(regions)
    bench.tick(seconds=1)
    QApplication.processEvents()
    card = bench.page.widget.cards.metrics.card_height
    assert seen[running].heights
    assert max(seen[running].heights) < card / 3
    assert not seen[still].heights


def test_new_facts_keep_the_selection_and_the_place(bench: Bench) -> None:
    page = bench.page
    page.stand_on("何平")
    view = page.view("stopping")
    view.verticalScrollBar().setValue(30)
    items = _with(bench.work.items, "何平", money=held(100), evidence_count=99)
    gone = tuple(i for i in items if i.victim not in ("田甜", "白玉"))
    bench.show(gone)
    assert page.current() == "何平"
    current = view.current()
    assert current is not None
    assert current.card is not None
    assert current.card.evidence_count == 99
    assert page.count("frozen") == "2"


def test_a_great_change_keeps_the_selection_too(bench: Bench) -> None:
    many = tuple(
        replace(i, id=CaseId(f"{i.id}-{n}"), victim=f"{i.victim}{n}")
        for n in range(60)
        for i in bench.work.items
    )
    bench.show(bench.work.items + many)
    bench.page.stand_on("刘芳")
    bench.show(bench.work.items[:10])
    assert bench.page.current() == "刘芳"


def test_filters_narrow_and_an_empty_result_offers_the_way_back(bench: Bench) -> None:
    page = bench.page
    page.fill("board_text", "马")
    assert page.column("new") == ["马强", "马依热·阿卜杜拉"]
    assert page.count("stopping") == "0"
    page.fill("board_text", "没有这个人")
    assert page.empty_text() == zh("board.empty.filtered")
    page.widget.filters.clear()
    assert page.empty_text() == ""
    page.click("board_mine")
    assert "郭淑珍" not in page.column("investigating")
    page.widget.filters.type.set_value("game")
    page.widget.filters.changed.emit()
    assert page.column("investigating") == ["冯雷"]


def test_old_cases_are_shown_only_when_asked_for(bench: Bench) -> None:
    page = bench.page
    old = tuple(
        replace(i, at=i.at.replace(month=8)) if i.victim == "谢军" else i for i in bench.work.items
    )
    bench.show(old)
    assert "谢军" not in page.column("closed")
    page.widget.filters.days.setCurrentIndex(2)
    assert "谢军" in page.column("closed")


def test_the_newest_first_when_asked(bench: Bench) -> None:
    bench.page.widget.filters.sort.setCurrentIndex(1)
    assert bench.page.column("stopping")[0] in ("周卫东", "丁建军")
    assert bench.page.column("stopping")[-1] in ("孙丽", "田甜")


def test_an_empty_desk_says_what_to_do(bench: Bench) -> None:
    bench.show(())
    assert bench.page.empty_text() == zh("board.empty.none")


def test_the_language_changes_while_it_is_shown(bench: Bench) -> None:
    page = bench.page
    lanes = [page.widget.lanes.lane(state) for state in CaseState]
    page.widget.grab()
    bench.kit.texts.set_language("en")
    drawn = page.widget.grab().toImage()
    page.widget.cards.forget()
    assert drawn == page.widget.grab().toImage(), "a card keeps the picture of its Chinese words"
    for lane in lanes:
        (hint,) = lane.view.viewport().findChildren(QLabel)
        assert hint.height() == hint.heightForWidth(lane.view.viewport().width())
    assert page.chip("赵敏") == "Enquiry"
    view = page.view("new")
    row = page.column("new").index("李秀兰")
    told = view.column.index(row).data(0x000B)  # Qt.AccessibleTextRole
    assert "Task rebate" in told
    assert "11:30" in told
    names = [page.widget.filters.type.itemText(i) for i in range(page.widget.filters.type.count())]
    assert names[0] == "All types"
    assert "Task rebate" in names


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_everything_fits_on_the_smallest_screen(
    bench: Bench, language: str, scheme: Scheme
) -> None:
    bench.kit.texts.set_language(language)
    bench.kit.theme.set_scheme(scheme)
    for _mode in ("board", "table"):
        QApplication.processEvents()
        assert clipped_texts(bench.page.widget) == []
        assert overlaps(bench.page.widget) == []
        bench.page.widget.filters.toggle_mode()


def test_models_keep_qt_s_rules_while_cases_come_go_and_move(bench: Bench) -> None:
    models = [bench.page.view(state.value).column for state in CaseState]
    models_and_table = [*models, bench.page.widget.table.model()]
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in models_and_table]
    items = bench.work.items
    for shown in (items[5:], items, items[::2], tuple(reversed(items)), ()):
        bench.show(shown)
        bench.page.widget.filters.toggle_mode()
        bench.show(tuple(placed(i, CaseState.CLOSED) for i in shown if i.card))
        bench.page.widget.filters.toggle_mode()
    assert all_of(tester.model() for tester in testers)


def test_a_card_seen_again_is_not_drawn_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = bench.page.widget.cards
    drawn: list[str] = []
    draw = cards._draw

    def counting(item: BoardItem, *rest: object):
        drawn.append(item.victim)
        return draw(item, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(cards, "_draw", counting)
    cards.forget()
    bench.page.widget.lanes.grab()
    once = list(drawn)
    bench.page.widget.lanes.grab()
    assert once
    assert drawn == once


def test_the_table_sorts_by_any_heading_and_back(bench: Bench) -> None:
    table = bench.page.widget.table
    bench.page.widget.filters.toggle_mode()
    header = table.horizontalHeader()
    names = [column.name for column in table.rows.columns]
    for section, name in enumerate(names):
        header.sectionClicked.emit(section)
        up = [i.id for i in table.rows.rows]
        header.sectionClicked.emit(section)
        down = [i.id for i in table.rows.rows]
        assert sorted(up) == sorted(down), name
    header.sectionClicked.emit(names.index("loss"))
    losses = [i.loss_fen for i in table.rows.rows]
    assert losses == sorted(losses)


def test_sorted_the_table_stays_where_it_is_scrolled_to(bench: Bench) -> None:
    """The card on top goes to the other end; who sorts wants to see what comes instead."""
    first, places = samples.items()[0], range(100)
    bench.show(tuple(replace(first, id=CaseId(f"c{n}"), victim=f"{n:02}") for n in places))
    bench.page.widget.filters.toggle_mode()
    table = bench.page.widget.table
    header = table.horizontalHeader()
    header.sectionClicked.emit(0)
    table.scrollTo(table.rows.index(10, 0), table.ScrollHint.PositionAtTop)
    header.sectionClicked.emit(0)
    assert table.rowAt(0) == 10
    assert table.rows.row_at(10).victim == "89"
