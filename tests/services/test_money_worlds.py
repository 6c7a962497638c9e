"""Whatever happens to cases: money is conserved to the fen, and every figure is what the entries say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.figure_tallies import rows_of, tallies_of, whole
from desktop.domain.case_file.merge import as_counted, leader, twice_in
from desktop.domain.case_file.statistics import GroupBy
from desktop.domain.cases.payments.transfer import Transfer, transfer_from_fields
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import Order, OrderKind, ReplyResult, order_from_fields
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import from_wire
from desktop.services.flow.show_flow import show_flow
from desktop.services.look_up import board
from desktop.services.read_statistics import read_figures
from desktop.services.session import Session
from tests.support.flow_cases import with_analyst
from tests.support.journals import written
from tests.support.money_worlds import MoneyWorld, worlds
from tests.support.sessions import take_seat
from tests.support.sweep import examples

_marks = count(1)
_HOLDING = (*STOPS, *FREEZES, OrderKind.REVOKE)


_desks: list[Session] = []
"""The desk of every world here: as an argument of a test its whole stock would be told with an example that fails."""


@pytest.fixture(scope="module", autouse=True)
def session(quick_disk: Path) -> Iterator[None]:
    _desks.append(with_analyst(take_seat(quick_disk / "desk", "A").session))
    yield
    _desks.pop().store.close()


def played(seed: int) -> MoneyWorld:
    world = MoneyWorld(_desks[0], next(_marks))
    world.play(seed)
    return world


class Entries:
    """The facts of a world, folded from the entries alone: what was said last counts."""

    def __init__(self, world: MoneyWorld) -> None:
        self.fields: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        for entry in written(world.session):
            self.fields[entry.subject].update(entry.fields)
        into = {
            case: str(self.fields[f"case/{case}"].get("merged.into") or "") for case in world.cases
        }
        pointers: dict[str, str] = {case: to for case, to in into.items() if to}
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for case in world.cases:
            groups[leader(pointers, case)].append(case)
        self.groups = {
            lead: sorted(cases, key=lambda case: (case != lead, case))
            for lead, cases in groups.items()
        }

    def _of(self, case: str, kind: str) -> Iterator[tuple[str, dict[str, Json]]]:
        for subject, fields in sorted(self.fields.items()):
            if subject.startswith(f"{kind}/") and fields.get("case") == case:
                yield subject.partition("/")[2], fields

    def payments(self, lead: str) -> tuple[list[Transfer], dict[str, int], dict[str, str]]:
        """Each that was told, once; what came back of each; and which tells which again."""
        told = [
            [transfer_from_fields(key, fields) for key, fields in self._of(case, "transfer")]
            for case in self.groups[lead]
        ]
        twice = {str(k): str(v) for k, v in twice_in(told).items()}
        back: dict[str, int] = {}
        for item in (item for report in told for item in report):
            first = twice.get(item.id, item.id)
            back[first] = max(back.get(first, 0), item.returned_fen)
        once = [item for report in told for item in report if item.id not in twice]
        return once, back, twice

    def orders(self, lead: str, twice: dict[str, str]) -> list[Order]:
        every = (
            order_from_fields(key, fields)
            for case in self.groups[lead]
            for key, fields in self._of(case, "order")
        )
        return [as_counted(order, twice) for order in every]  # type: ignore[arg-type]  # plain texts

    def returned(self, lead: str) -> int:
        """Of no single payment."""
        sums = (self.fields[f"case/{case}"].get("returned_fen") for case in self.groups[lead])
        return max(fen for fen in sums if isinstance(fen, int))


def held(orders: Iterable[Order], kinds: Iterable[OrderKind]) -> int:
    most: Counter[str] = Counter()
    for order in orders:
        reply = order.reply if order.kind in kinds and order.released_at is None else None
        if reply is not None and reply.result is not ReplyResult.FAILED:
            most[order.about] = max(most[order.about], reply.amount_fen)
    return most.total()


@settings(max_examples=examples(15), deadline=None)
@given(worlds)
def test_dispositions_sum_to_the_loss_of_the_board(seed: int) -> None:
    world = played(seed)
    session = world.session
    entries = Entries(world)
    cards = {card.id: card for card in board(session)}
    for lead in entries.groups:
        sheet = show_flow(session, [cards[lead].id])  # type: ignore[index]  # a plain text
        paid, back, twice = entries.payments(lead)
        orders = entries.orders(lead, twice)
        assert sheet.loss_fen == cards[lead].loss_fen == sum(item.gross_fen for item in paid)  # type: ignore[index]
        living = {f"transfer/{item.id}" for item in paid if item.gross_fen}
        called = [o for o in orders if o.kind is OrderKind.REVOKE and o.about in living]
        may_return = sum(min(back[p.id], p.gross_fen) for p in paid) + held(called, _HOLDING)
        for view in sheet.methods.values():
            assert view.trace.conserved
            assert view.sums.loss_fen == view.trace.traced_fen == sheet.loss_fen
            assert min(view.sums.fen(item) for item in Disposition) >= 0
            assert view.sums.fen(Disposition.FROZEN) <= held(orders, FREEZES)
            both = view.sums.fen(Disposition.FROZEN) + view.sums.fen(Disposition.HELD)
            assert both <= held(orders, (*STOPS, *FREEZES))
            assert view.sums.fen(Disposition.RETURNED) <= may_return + entries.returned(lead)
            for item in paid:
                rests = (dict(rest.shares) for rest in view.trace.rests)
                kept = sum(shares.get(f"transfer/{item.id}", 0) for shares in rests)
                assert kept == item.gross_fen, "each payment is followed to its last fen"
    together = show_flow(session, [cards[lead].id for lead in entries.groups])  # type: ignore[index]
    for view in together.methods.values():
        assert view.sums.loss_fen == view.trace.traced_fen == together.loss_fen


@settings(max_examples=examples(15), deadline=None)
@given(worlds, st.sampled_from(GroupBy))
def test_every_figure_is_what_the_entries_say(seed: int, by: GroupBy) -> None:
    world = played(seed)
    session = world.session
    entries = Entries(world)
    read = read_figures(session)
    mine = frozenset(world.cases)
    cases = {item.case: item for item in read.cases if item.case in mine}
    parts = [item for item in read.by_channel if item.case in mine]
    assert set(cases) == set(entries.groups)
    for lead, figures in cases.items():
        paid, _back, twice = entries.payments(lead)
        orders = entries.orders(lead, twice)
        assert figures.loss_fen == sum(item.gross_fen for item in paid)
        sums = show_flow(session, [CaseId(lead)]).methods[TracingMethod.FIFO].sums
        assert figures.stopped_fen == sums.stopped_fen
        assert figures.frozen_fen == sums.frozen_fen
        assert figures.returned_fen == sums.returned_fen
        accepted = from_wire(str(entries.fields[f"case/{lead}"]["accepted_at"]))
        spans = [order.issued_at - accepted for order in orders]
        first = (
            max(min(spans), timedelta(0)) if spans else None
        )  # one of a merged report may be older
        assert figures.pace.to_order == first
        channels = Counter[str]()
        for item in paid:
            channels[item.channel or ""] += item.gross_fen
        assert {p.channel: p.loss_fen for p in parts if p.case == lead and p.loss_fen} == +channels
    tallies = tallies_of(cases.values(), parts)
    for rows in (rows_of(tallies, by), rows_of(tallies, GroupBy.CHANNEL)):
        total = whole(tallies)
        for name in ("loss_fen", "stopped_fen", "frozen_fen", "returned_fen"):
            assert sum(getattr(row, name) for _, row in rows) == getattr(total, name), name
    assert {item.case for item in parts} == set(cases), "no report is lost between the channels"
