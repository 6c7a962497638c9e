"""What cases come to: exact sums, by every way of parting them, and only what was recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.figure_tallies import all_joined, rows_of, tallies_of, whole
from desktop.domain.case_file.statistics import CaseFigures, GroupBy, Pace
from desktop.domain.cases.answers import TICKED
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import TRANSFER_RECORDED
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import board, case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_stop
from desktop.services.read_statistics import read_figures, read_statistics
from desktop.services.session import Session
from desktop.services.where_money_is import sums_by_case
from tests.support.clocks import START
from tests.support.flow_cases import SECOND, next_tier, replied
from tests.support.sessions import Seat, a_form

_SPANS = st.none() | st.timedeltas(timedelta(0), timedelta(days=9))
_FIGURES = st.builds(
    CaseFigures,
    case=st.sampled_from("abcdefg"),
    accepted_at=st.integers(0, 300).map(lambda day: START + timedelta(days=day)),
    unit=st.sampled_from(("u1", "u2")),
    type=st.sampled_from(("T01", "T02", "")),
    channel=st.sampled_from(("wechat", "")),
    loss_fen=st.integers(0, 10**12),
    stopped_fen=st.integers(0, 10**12),
    pace=st.builds(Pace, _SPANS, _SPANS, _SPANS),
)


_LISTS = st.lists(_FIGURES, unique_by=lambda item: item.case)


@given(_LISTS, st.sampled_from(GroupBy))
def test_parting_loses_and_adds_no_fen(figures: list[CaseFigures], by: GroupBy) -> None:
    tallies = tallies_of(figures, figures)
    total, rows = whole(tallies), rows_of(tallies, by)
    assert sum(row.loss_fen for _, row in rows) == total.loss_fen
    assert sum(row.stopped_fen for _, row in rows) == total.stopped_fen
    assert len({key for key, _ in rows}) == len(rows)
    assert sum(row.reports for _, row in rows) == total.reports == len(figures)


@given(_LISTS, _LISTS)
def test_sums_of_months_are_the_sums_of_their_cases(
    first: list[CaseFigures], second: list[CaseFigures]
) -> None:
    together = [*first, *second]
    added = all_joined(tallies_of(some, some) for some in (first, second))
    assert added == tallies_of(together, together)


@given(_LISTS)
def test_nine_of_ten_keep_the_slow_time(figures: list[CaseFigures]) -> None:
    total = whole(tallies_of(figures, ()))
    for name in ("to_order", "to_stop", "to_freeze"):
        spans = [span for item in figures if (span := getattr(item.pace, name)) is not None]
        slow = getattr(total.slow, name)
        assert (slow is None) == (not spans)
        if slow is not None:
            assert slow in spans
            assert slow >= getattr(total.pace, name)
            assert sum(span <= slow for span in spans) * 10 >= len(spans) * 9
            assert sum(span < slow for span in spans) * 10 < len(spans) * 9


def test_a_case_is_counted_from_its_recorded_facts(seat: Seat, session: Session) -> None:
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    register_report(session, a_form(session))
    held = OrderReply(
        ReplyResult.PARTIAL, 5_000_000, 0, START + timedelta(minutes=7),
        START + timedelta(hours=48), "农业银行", "", "", session.clock.now(),
    )  # fmt: skip
    seat.clock.advance(minutes=9)
    record_reply(session, issued.order.id, replace(held, replied_at=session.clock.now()))
    read = read_statistics(session)
    total = read.total
    assert (total.reports, total.stopped_fen) == (2, 5_000_000)
    assert total.pace.to_stop == timedelta(minutes=7)
    assert total.pace.to_freeze is None, "a step that never came has no time"
    by_channel = dict(read.rows[GroupBy.CHANNEL])
    assert sum(row.loss_fen for row in by_channel.values()) == total.loss_fen
    assert read.units[session.profile.unit_code] == session.profile.unit_name


def test_what_was_stopped_stands_in_the_row_of_its_payment(session: Session) -> None:
    """Nobody said how the money left; then the victim remembers."""
    form = a_form(session)
    form = replace(form, transfers=(replace(form.transfers[0], channel=""),))
    issued = issue_stop(session, form, 0, confirmed=True)
    now = session.clock.now()
    held = OrderReply(
        ReplyResult.DONE, 9_800_000, 0, now, now + timedelta(hours=48), "农业银行", "", "", now
    )
    record_reply(session, issued.order.id, held)

    def rows() -> list[tuple[str, int, bool]]:
        return [
            (part.channel, part.stopped_fen, part.pace.to_order is not None)
            for part in read_figures(session).by_channel
        ]

    assert rows() == [("", 9_800_000, True)]
    opened = form_of(session, issued.case)
    told = (replace(opened.transfers[0], channel="wechat"),)
    register_report(session, replace(opened, transfers=told))
    assert rows() == [("wechat", 9_800_000, True)]


def test_a_loss_by_channel_is_the_loss_however_it_was_reported(session: Session) -> None:
    form = a_form(session)
    failed = replace(form.transfers[0], id=session.ids.new_id(), serial="77", attempted=TICKED)
    lead = register_report(session, replace(form, transfers=(*form.transfers, failed))).case
    other = register_report(session, a_form(session)).case
    absurd = NewEntry(TRANSFER_RECORDED, "transfer/x", {"case": lead, "amount_fen": "98,000"})
    with session.store.write() as transaction:
        transaction.append("620134", absurd)
    merge_cases(session, lead, other)
    read = read_figures(session)
    assert [(item.loss_fen, item.case) for item in read.cases] == [(9_800_000, lead)]
    assert sum(item.loss_fen for item in read.by_channel) == 9_800_000


def test_what_came_back_is_counted_whether_of_one_payment_or_of_none(session: Session) -> None:
    form = a_form(session)
    paid = replace(form.transfers[0], returned="5,000.00")
    lead = register_report(session, replace(form, transfers=(paid,), returned="100.00")).case
    (alone,) = read_figures(session).cases
    form = a_form(session)
    again = replace(form.transfers[0], returned="5,000.00")
    more = replace(again, id=session.ids.new_id(), serial="77", returned="7.00")
    merge_cases(
        session, lead, register_report(session, replace(form, transfers=(again, more))).case
    )
    (merged,) = read_figures(session).cases
    assert (alone.returned_fen, merged.returned_fen) == (510_000, 510_700)
    assert board(session)[0].returned_fen == merged.returned_fen


def test_the_rows_by_channel_sum_to_the_whole(session: Session) -> None:
    """Called back in time, held in the next tier, come back of no single payment, and a report of no payment at all."""
    form = a_form(session)
    wallet = replace(
        form.transfers[0], id=session.ids.new_id(), channel="wechat", serial="77", returned="5.00"
    )
    told = replace(form, transfers=(*form.transfers, wallet), returned="100.00")
    case = register_report(session, told).case
    register_report(session, replace(a_form(session), transfers=()))
    now = session.clock.now()
    revoke = issue_order(session, case, OrderKind.REVOKE, 2).order.id
    reply = OrderReply(ReplyResult.DONE, 4_000_000, 0, None, None, "财付通", "", "", now)
    record_reply(session, revoke, reply)
    stop = issue_order(session, case, OrderKind.STOP, 1).order.id
    replied(session, stop, 0, (NextHop("吴某", SECOND, "招商银行", 3_000_000, now),))
    replied(session, next_tier(session, case, stop, 0), 2_500_000, ())
    read = read_statistics(session)
    total, rows = read.total, dict(read.rows[GroupBy.CHANNEL])
    assert (total.stopped_fen, total.returned_fen) == (2_500_000, 4_010_500)
    assert {name: (row.stopped_fen, row.returned_fen, row.reports) for name, row in rows.items()} == {
        "mobile_bank": (2_500_000, 0, 1), "wechat": (0, 4_000_500, 1), "": (0, 10_000, 2),
    }  # fmt: skip


def test_a_stop_that_was_lifted_had_come_all_the_same(seat: Seat, session: Session) -> None:
    case = issue_stop(session, a_form(session), 0, confirmed=True).case
    (view,) = case_file(session, case).orders
    seat.clock.advance(minutes=9)
    replied(session, view.order.id, 5_000_000, ())
    (before,) = read_figures(session).cases
    seat.clock.advance(hours=3)
    lift = issue_order(session, case, OrderKind.LIFT, 1).order.id
    now = session.clock.now()
    record_reply(session, lift, OrderReply(ReplyResult.DONE, 0, 0, None, None, "农行", "", "", now))
    (after,) = read_figures(session).cases
    assert (before.pace.to_stop, after.pace) == (timedelta(minutes=9), before.pace)
    assert after.stopped_fen == 0


def test_kept_figures_are_those_reckoned_anew(seat: Seat, session: Session) -> None:
    case = issue_stop(session, a_form(session), 0, confirmed=True).case
    other = register_report(session, a_form(session)).case

    def answered() -> None:
        now = session.clock.now()
        ends = now + timedelta(hours=48)
        held = OrderReply(ReplyResult.PARTIAL, 5_000_000, 0, now, ends, "农业银行", "", "", now)
        record_reply(session, case_file(session, case).orders[0].order.id, held)

    def lapsed() -> None:
        seat.clock.advance(hours=49)

    def set_back() -> None:
        seat.clock.advance(hours=-25)

    def absurd() -> None:
        fields: Fields = {"case": other, "amount_fen": 2**53 - 1}
        news = [NewEntry(TRANSFER_RECORDED, f"transfer/x{number}", fields) for number in range(3)]
        with session.store.write() as transaction:
            transaction.append_all("620134", news)

    def moved() -> None:
        news = NewEntry(TRANSFER_RECORDED, "transfer/x1", {"case": case})
        with session.store.write() as transaction:
            transaction.append("620134", news)

    def merged() -> None:
        merge_cases(session, case, other)

    stopped = []
    for act in (lambda: None, answered, lapsed, set_back, absurd, moved, merged):
        act()
        kept = read_figures(session)
        session.store.rebuild(SILENT)
        assert read_figures(session) == kept
        stopped.append(sum(item.stopped_fen for item in kept.cases))
    assert stopped[:4] == [0, 5_000_000, 0, 5_000_000]
    assert len(kept.cases) == 1


def test_the_sums_of_a_case_count_what_was_merged_into_it(session: Session) -> None:
    first = register_report(session, a_form(session)).case
    form = a_form(session)
    paid = replace(form.transfers[0], id=session.ids.new_id(), amount="2,000.00", serial="77")
    second = register_report(session, replace(form, transfers=(paid,))).case
    merge_cases(session, first, second)
    (figures,) = read_figures(session).cases
    case = CaseId(figures.case)
    sums = sums_by_case(session, session.clock.now(), {case})[case]
    assert sums.loss_fen == figures.loss_fen == 9_800_000 + 200_000


def test_a_period_is_read_alone(seat: Seat, session: Session) -> None:
    first = register_report(session, a_form(session)).case
    between = session.clock.now() + timedelta(hours=1)
    seat.clock.advance(hours=2)
    second = register_report(session, a_form(session)).case
    for span, cases in (
        ((None, None), [second, first]),
        ((between, None), [second]),
        ((None, between), [first]),
    ):
        read = read_figures(session, SILENT, span)
        assert [item.case for item in read.cases] == cases
        assert {item.case for item in read.by_channel} == set(cases)
