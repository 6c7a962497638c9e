"""What the filter lets through is exactly what stands in the columns, in an order that follows urgency."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.card_clock import Phase
from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.ui.board.board_filter import (
    COLUMNS,
    BoardFilter,
    SortBy,
    arrange,
    passing,
    urgency,
)
from desktop.ui.board.board_item import BoardItem, board_items
from tests.ui.board import samples
from tests.ui.board.samples import held

_GOLDEN = samples.RULES.golden
_instants = st.integers(-60 * 24 * 40, 60 * 50).map(lambda m: samples.NOW + timedelta(minutes=m))
_past = st.integers(-60 * 24 * 40, 0).map(lambda m: samples.NOW + timedelta(minutes=m))


@st.composite
def cards(draw: st.DrawFn) -> tuple[BoardItem, ...]:
    """Any cards."""
    found = []
    for serial in range(draw(st.integers(0, 9))):
        orders = draw(st.integers(0, 3))
        made = samples.card(
            f"1124-A-{serial:04d}",
            draw(st.sampled_from(["李秀兰", "马强", "Müller", "", "阿卜杜拉"])),
            draw(st.sampled_from(list(samples.TYPES))),
            draw(st.integers(0, 10**6)),
            draw(st.sampled_from([state.value for state in CaseState])),
        )
        found.append(
            replace(
                made,
                accepted_at=draw(_past),
                accepted_by=draw(st.sampled_from([samples.ME, "620177"])),
                newest_transfer_at=draw(st.none() | _past),
                stop_ends_at=draw(st.none() | _instants),
                order_count=orders,
                unanswered_orders=draw(st.integers(0, orders)),
                money=held(draw(st.sampled_from([0, 100]))),
                visit=draw(st.sampled_from(["report", "enquiry"])),
            )
        )
    return board_items(tuple(found), samples.drafts() if draw(st.booleans()) else ())


filters = st.builds(
    BoardFilter,
    type=st.sampled_from(["", *samples.TYPES]),
    days=st.sampled_from([None, 7, 30]),
    officer=st.sampled_from(["", samples.ME]),
    text=st.sampled_from(["", "李", "mÜ", "0003", "刷单", " ", "nobody"]),
    sort=st.sampled_from(list(SortBy)),
)


def _let_through(item: BoardItem, wanted: BoardFilter) -> bool:
    """The filter's meaning, written down once more the slow way."""
    text = wanted.text.strip().lower()
    words = (item.victim, item.number, samples.TYPES[item.type][0] if item.type else "")
    return (
        wanted.type in ("", item.type)
        and (wanted.days is None or samples.NOW - item.at <= timedelta(days=wanted.days))
        and wanted.officer in ("", item.officer)
        and (not text or any(text in word.lower() for word in words))
    )


@given(cards(), filters)
@settings(max_examples=60)
def test_the_columns_together_are_the_filtered_set_each_card_once_and_in_its_place(
    items: tuple[BoardItem, ...], wanted: BoardFilter
) -> None:
    through = passing(items, wanted, samples.NOW, samples.type_name)
    arranged = arrange(through, wanted.sort, samples.NOW, _GOLDEN)
    assert sorted(i.id for i in arranged.all()) == sorted(
        item.id for item in items if _let_through(item, wanted)
    )
    assert set(arranged.columns) == set(COLUMNS)
    for state, found in arranged.columns.items():
        assert {item.state for item in found} <= {state}


@given(cards())
@settings(max_examples=60)
def test_what_can_still_be_saved_stands_first_and_what_was_just_missed_next(
    items: tuple[BoardItem, ...],
) -> None:
    arranged = arrange(items, SortBy.URGENT, samples.NOW, _GOLDEN)
    for column in arranged.columns.values():
        stand = [i.counts_to(samples.NOW, _GOLDEN) for i in column if i.card is not None]
        phases = [clock.phase for clock in stand]
        golden = [c.clock for c in stand if c.phase is Phase.GOLDEN and c.clock is not None]
        assert phases[: len(golden)] == [Phase.GOLDEN] * len(golden)
        assert golden == sorted(golden)
        missed = phases.count(Phase.GOLDEN_MISSED)
        near_the_top = phases[len(golden) : len(golden) + missed + phases.count(Phase.OVERDUE)]
        assert near_the_top.count(Phase.GOLDEN_MISSED) == missed


def test_a_case_whose_golden_window_just_ended_does_not_sink_to_the_bottom() -> None:
    plain = replace(samples.cards()[0], state=CaseState.NEW, stop_ends_at=None, order_count=0)
    ended = replace(
        plain,
        id=CaseId("ended"),
        newest_transfer_at=samples.NOW - _GOLDEN - timedelta(seconds=1),
        order_count=1,
        unanswered_orders=1,
    )
    others = tuple(
        replace(
            plain,
            id=CaseId(f"other-{n}"),
            newest_transfer_at=samples.NOW - timedelta(days=n + 1),
            accepted_at=samples.NOW - timedelta(minutes=n),
        )
        for n in range(9)
    )
    column = arrange(board_items((*others, ended), ()), SortBy.URGENT, samples.NOW, _GOLDEN)
    assert column.columns[CaseState.NEW][0].id == "ended"


@given(cards(), st.integers(0, 50 * 60))
@settings(max_examples=60)
def test_nothing_changes_its_phase_before_the_announced_instant(
    items: tuple[BoardItem, ...], minutes: int
) -> None:
    arranged = arrange(items, SortBy.URGENT, samples.NOW, _GOLDEN)
    later = samples.NOW + timedelta(minutes=minutes)
    if arranged.next_change is None or later < arranged.next_change:
        assert _phases(items, later) == _phases(items, samples.NOW)
        assert arrange(items, SortBy.URGENT, later, _GOLDEN).columns == arranged.columns
    else:
        assert _stand(items, arranged.next_change) != _stand(items, samples.NOW)


def _stand(items: tuple[BoardItem, ...], now: datetime) -> list[tuple[Phase, object]]:
    clocks = [(item, item.counts_to(now, _GOLDEN)) for item in items]
    return [(clock.phase, urgency(item, clock, now)) for item, clock in clocks]


def _phases(items: tuple[BoardItem, ...], now: datetime) -> list[Phase]:
    return [item.counts_to(now, _GOLDEN).phase for item in items]


def test_a_registered_case_with_an_open_draft_is_one_card() -> None:
    card = replace(samples.cards()[0], id=CaseId("case-draft-1"))
    (only,) = board_items((card,), samples.drafts())
    assert (only.card, only.draft) == (card, True)
