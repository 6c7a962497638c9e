"""What the law says of each kind of order, told here once more and not read from the program's own table."""

from __future__ import annotations

import pytest

from desktop.domain.case_file.orders.order_rules import EarlierOrders, require_ground
from desktop.domain.errors import RuleError
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.machine import OrderStep, steps_from
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.domain.orders.term_fields import family_of
from tests.domain.orders.samples import NOON

KINDS = {kind.value for kind in OrderKind}
STOPS, FREEZES = {"stop", "second_stop"}, {"freeze", "extend_freeze"}
QUERIES = {"query_details", "query_holder", "query_accounts", "watch"}
APPROVED = {"unfreeze", "shutdown", "evidence_request"} | FREEZES | QUERIES
"""第二百三十八条、第二百三十九条、第二百四十条、第二百四十七条、第六十二条; a shutdown by practice."""
IN_PART = KINDS - {"revoke", "lift", "unfreeze", "query_holder", "watch", "shutdown", "intercept"}
NO_BANK = {"revoke", "shutdown", "intercept", "block", "trace", "evidence_request"}
PERIODS = {"watch"} | STOPS | FREEZES
ENDS = (OrderState.WITHDRAWN, OrderState.REFUSED, OrderState.RELEASED)
ENDED = {"lift": STOPS, "unfreeze": FREEZES}


def may(step: OrderStep, state: OrderState) -> set[str]:
    """The kinds with which the step may be taken in a state."""
    return {kind.value for kind in OrderKind if step in steps_from(kind, state)}


def test_who_has_to_approve() -> None:
    for step in (OrderStep.APPROVE, OrderStep.REFUSE):
        assert may(step, OrderState.PROPOSED) == APPROVED
        assert may(step, OrderState.ISSUED) == set()


def test_what_can_be_answered() -> None:
    for state in OrderState:
        kinds: set[str] = set() if state in {OrderState.PROPOSED, *ENDS} else KINDS
        assert may(OrderStep.DONE, state) == may(OrderStep.FAILED, state) == kinds, state
        assert may(OrderStep.PARTIAL, state) == kinds & IN_PART, state


def test_what_another_order_or_the_desk_can_end() -> None:
    for state in (OrderState.DONE, OrderState.PARTIAL):
        assert may(OrderStep.RELEASE, state) == STOPS | FREEZES
        assert may(OrderStep.CALL_OFF, state) == {"watch"}
    assert not may(OrderStep.RELEASE, OrderState.ISSUED) | may(
        OrderStep.CALL_OFF, OrderState.ISSUED
    )
    ends = {kind.value: {ended.value for ended in SPECS[kind].ends} for kind in OrderKind}
    assert {kind: ended for kind, ended in ends.items() if ended} == ENDED


def test_only_a_freeze_waits_for_the_filing() -> None:
    """第一百七十四条: 采取查询 before the filing is allowed, 冻结 is not."""
    waits = set()
    for kind in OrderKind:
        try:
            require_ground(kind, EarlierOrders((), filed=False, most_stops=2, now=NOON))
        except RuleError as error:
            if error.code == "order.not_filed":
                waits.add(kind.value)
    assert waits == FREEZES


@pytest.mark.parametrize(
    ("fact", "kinds"),
    [
        (lambda spec: spec.holds, PERIODS),
        (lambda spec: spec.bank_message, KINDS - NO_BANK),
        (lambda spec: spec.institution_message, STOPS | FREEZES | {"lift", "unfreeze", "query_details"}),
    ],
)  # fmt: skip
def test_what_a_reply_tells_and_how_banks_call_it(fact, kinds) -> None:
    assert {kind.value for kind in OrderKind if fact(SPECS[kind])} == kinds


def test_what_each_kind_says_beside_its_payment() -> None:
    of_numbers = {"shutdown", "intercept", "block", "trace"}
    for kind in OrderKind:
        family = (
            NumberTerms
            if kind.value in of_numbers
            else EvidenceTerms
            if kind.value == "evidence_request"
            else MoneyTerms
        )
        assert family_of(kind) is family, kind
