"""What several told of one payment counts once, however many are alike: as looking through all of them has it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.cases.payments.transfer import Account
from desktop.domain.flow.flow_moves import FlowMove, PaymentSource
from desktop.domain.flow.reported_payments import (
    SAME_TIME,
    ReportedPayment,
    merged,
    same_payment,
)
from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import FlowPayment
from tests.support.sweep import examples

SECONDS = [k * SAME_TIME // 2 + more for k in range(-3, 8) for more in (-1, 0, 1)]
Telling = tuple[PaymentSource, str, int, bool, str]
TELLINGS = st.tuples(
    st.sampled_from(PaymentSource), st.sampled_from(["", "", "1", "2"]), st.sampled_from(SECONDS),
    st.booleans(), st.sampled_from("ab"),
)  # fmt: skip


def payment(place: tuple[int, int], telling: Telling) -> ReportedPayment:
    source, serial, at, timed, payee = telling
    move = FlowPayment(f"{place[0]}/{place[1]}", at, "p", payee, 100)
    return ReportedPayment(
        FlowMove(move, source, CaseId("C"), serial, timed), Account("p"), Account(payee)
    )


def looked_through(lists: Sequence[Sequence[ReportedPayment]]) -> list[tuple[str, ...]]:
    """The ids of each payment, by asking of each telling whether it is one of those of earlier lists."""
    distinct: list[ReportedPayment] = []
    ids: list[list[str]] = []
    for payments in lists:
        found: dict[int, int] = {}
        for by_serial in (True, False):
            for place, item in enumerate(payments):
                for at, known in enumerate(distinct):
                    serial = bool(item.flow.serial) and item.flow.serial == known.flow.serial
                    open_ = place not in found and at not in found.values()
                    if open_ and same_payment(known, item) and (serial or not by_serial):
                        found[place] = at
        for place, item in enumerate(payments):
            if place in found:
                ids[found[place]].append(item.flow.move.id)
            else:
                distinct.append(item)
                ids.append([item.flow.move.id])
    return [tuple(some) for some in ids]


@settings(max_examples=examples(500), deadline=None)
@given(st.lists(st.lists(TELLINGS, max_size=4), max_size=5))
def test_tellings_are_joined_as_if_all_were_looked_through(told: list[list[Telling]]) -> None:
    lists = [
        [payment((number, place), telling) for place, telling in enumerate(some)]
        for number, some in enumerate(told)
    ]
    assert [item.ids for item in merged(*lists)] == looked_through(lists)
