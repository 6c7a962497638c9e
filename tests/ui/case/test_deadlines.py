"""The clocks of a case: in its header and on their card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication

from desktop.domain.cases.case import CaseState
from desktop.ui.case.cards.procedure_card import DeadlineRow, DeadlinesCard
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench


def test_the_header_s_clock_follows_what_still_runs(bench: Bench) -> None:
    header = bench.page.widget.header
    bench.show(samples.sheet(orders=()))
    sheet = bench.sheet
    no_stop = tuple(
        x
        for x in sheet.deadlines
        if "stop" not in x.deadline.name and x.deadline.name != "file_and_freeze"
    )
    bench.show(replace(sheet, deadlines=no_stop))
    assert zh("case.clock.golden") in bench.page.words(header)
    bench.clock.advance(minutes=20)
    bench.kit.ticks.tick()
    assert zh("case.clock.golden") not in bench.page.words(header)


def test_a_deadline_slept_over_turns_past_or_overdue(bench: Bench) -> None:
    bench.clock.advance(hours=50)
    bench.kit.ticks.tick()
    words = bench.page.words(bench.page.widget.overview)
    assert words.count(zh("case.deadline.past")) == 1
    assert words.count("超时") == 3
    bench.show(samples.sheet(state=CaseState.FROZEN))
    words = bench.page.words(bench.page.widget.overview)
    assert words.count("超时") == 3, "a stop that ran out stays red in whatever column the case is"


def test_the_clocks_of_a_case_stand_by_their_urgency_at_any_time(bench: Bench) -> None:
    """What was missed stays on top, red, for its hour; then it is past and goes to the end."""
    sheet = bench.sheet
    bench.show(
        replace(sheet, deadlines=tuple(replace(x, money_moves=True) for x in sheet.deadlines))
    )
    card = bench.page.widget.overview.findChildren(DeadlinesCard)[0]
    golden = next(x.deadline for x in sheet.deadlines if x.deadline.name == "golden")

    def names() -> list[str]:
        QApplication.processEvents()  # new rows are shown by the layout
        rows = [row for row in card.findChildren(DeadlineRow) if row.isVisible()]
        return [row.line.deadline.name for row in sorted(rows, key=lambda row: row.y())]

    assert names()[0] == "golden"
    for hours, first in ((0, True), (0.9, True), (2, False)):
        late = golden.at + timedelta(hours=hours, seconds=1) - bench.clock.now()
        bench.clock.advance(seconds=int(late.total_seconds()))
        bench.kit.ticks.tick()
        assert (names().index("golden") <= 1) is first
        assert (names()[-1] == "golden") is not first
        assert (zh("case.deadline.past") in bench.page.words(card).splitlines()) is not first
