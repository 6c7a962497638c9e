"""Which orders go to whom, and what is asked once more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.orders.dispatch_batch import (
    AND,
    DispatchBatch,
    by_receiver,
    is_to_send,
    reminders,
)
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.order import WAITING, OrderKind, OrderState
from tests.domain.orders.samples import NOON, order, view

NAMES = {"农行": "中国农业银行", "中国农业银行": "中国农业银行"}


def one(number: int, bank: str, state: OrderState, minute: int) -> OrderView:
    issued = NOON + timedelta(minutes=minute)
    made = order(OrderKind.STOP, number, payee=Account("", "1", bank), issued_at=issued)
    return view(made, state)


several = st.lists(
    st.tuples(
        st.sampled_from(["农行", "中国农业银行", " 农行 ", "微信"]),
        st.sampled_from(OrderState),
        st.integers(0, 3),
    ),
    max_size=6,
).map(lambda rows: [one(number, *row) for number, row in enumerate(rows)])


@given(several)
def test_two_spellings_of_one_bank_are_one_receiver(views: list[OrderView]) -> None:
    found = by_receiver(views, NAMES)
    assert set(found) <= {"中国农业银行", "微信"}
    assert sorted(id(item) for part in found.values() for item in part) == sorted(map(id, views))
    places = {id(item): place for place, item in enumerate(views)}
    for part in found.values():
        given_as = [places[id(item)] for item in part]
        assert given_as == sorted(given_as), "each keeps the order of all"
    firsts = [places[id(part[0])] for part in found.values()]
    assert firsts == sorted(firsts)


@given(st.lists(st.tuples(several, st.sampled_from(["甲", "乙"]), st.integers(0, 3)), max_size=4))
def test_a_receiver_is_reminded_once_of_all_it_has_not_answered(
    rows: list[tuple[list[OrderView], str, int]],
) -> None:
    late = [
        DispatchBatch(f"P{place}", to, NOON, "1", tuple(views), NOON + timedelta(hours=hours))
        for place, (views, to, hours) in enumerate(rows)
    ]
    made = reminders(late)
    assert len({item.receiver for item in made}) == len(made)
    for item in made:
        own = [pack for pack in late if pack.receiver == item.receiver]
        assert item.reminds
        assert item.due_at == min(pack.due_at for pack in own)
        assert sorted(item.number.split(AND)) == sorted(pack.number for pack in own)
        unanswered = [v for pack in own for v in pack.orders if v.state in WAITING]
        assert sorted(map(id, item.orders)) == sorted(map(id, unanswered))


@pytest.mark.parametrize(
    ("kind", "state", "sent", "goes"),
    [
        (OrderKind.STOP, OrderState.ISSUED, None, True),
        (OrderKind.STOP, OrderState.ACKNOWLEDGED, None, True),
        (OrderKind.STOP, OrderState.PROPOSED, None, False),
        (OrderKind.STOP, OrderState.DONE, None, False),
        (OrderKind.STOP, OrderState.ISSUED, NOON, False),
        (OrderKind.REVOKE, OrderState.ISSUED, None, False),
    ],
)
def test_what_waits_to_be_sent(
    kind: OrderKind, state: OrderState, sent: datetime | None, goes: bool
) -> None:
    assert is_to_send(view(order(kind, dispatch=Dispatch(at=sent)), state)) is goes
