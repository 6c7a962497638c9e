"""What a case wants next, the most urgent first."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.case_file.merge import Merger
from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.case_file.orders.order_rules import GONE
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.ids import OrderId, TransferId
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import NextHop
from tests.ui.case import samples


def kinds(file: object, **changes: object) -> list[tuple[NextKind, int]]:
    """What a changed file wants."""
    changed = replace(file, **changes)  # type: ignore[type-var]  # a case file
    return [(step.kind, step.count) for step in next_steps(changed, samples.NOW)]  # type: ignore[arg-type]


def test_the_most_urgent_comes_first() -> None:
    file = samples.full_sheet().file
    assert kinds(file) == [
        (NextKind.DECIDE, 1),
        (NextKind.STOP, 1),
        (NextKind.LATE_TASK, 1),
        (NextKind.FREEZE, 1),
        (NextKind.CHASE, 1),
        (NextKind.ASK, 1),
        (NextKind.REGISTER, 1),
    ]


def test_a_failed_stop_leaves_its_transfer_unstopped() -> None:
    file = samples.sheet(conflicts=()).file
    failed = tuple(replace(view, state=OrderState.FAILED) for view in file.orders)
    assert kinds(file, orders=failed)[0] == (NextKind.STOP, 3)
    first = file.transfers[2].id
    assert (
        next_steps(file, samples.NOW, Merger(twice={first: TransferId("told")}))[0].kind
        is not NextKind.STOP
    )


def test_a_stop_of_where_the_money_went_on_leaves_the_payment_unstopped() -> None:
    file = samples.sheet(conflicts=()).file
    before = dict(kinds(file))[NextKind.STOP]
    view = next(v for v in file.orders if v.order.kind in STOPS and v.state not in GONE)
    onward = replace(view, order=replace(view.order, target="account/6222021001116245702"))
    orders = tuple(onward if v is view else v for v in file.orders)
    assert dict(kinds(file, orders=orders))[NextKind.STOP] == before + 1


def test_what_is_frozen_at_once_needs_no_stop() -> None:
    file = samples.sheet(conflicts=()).file
    stop = next(v for v in file.orders if v.order.kind in STOPS and v.state not in GONE)
    open_payments = dict(kinds(file))[NextKind.STOP]
    frozen = replace(stop, order=replace(stop.order, kind=OrderKind.FREEZE))
    orders = tuple(frozen if view is stop else view for view in file.orders)
    assert dict(kinds(file, orders=orders))[NextKind.STOP] == open_payments
    hop = NextHop(account="6217005512", time=samples.NOW)
    reply = OrderReply(ReplyResult.PARTIAL, 0, 0, None, None, "", "", "", samples.NOW, hops=(hop,))
    told = replace(stop, order=replace(stop.order, reply=reply))
    onward = replace(
        frozen, order=replace(frozen.order, id=OrderId("f1"), target=f"account/{hop.account}")
    )
    assert NextKind.STOP_NEXT in dict(kinds(file, orders=(told,)))
    assert NextKind.STOP_NEXT not in dict(kinds(file, orders=(told, onward)))


def test_a_payment_that_failed_needs_no_stop() -> None:
    file = samples.sheet(conflicts=(), orders=()).file
    failed = tuple(replace(item, attempted=True) for item in file.transfers)
    assert NextKind.STOP in dict(kinds(file))
    assert NextKind.STOP not in dict(kinds(file, transfers=failed))


def test_what_a_bank_did_not_catch_is_asked_after_or_stopped_where_it_went() -> None:
    file = samples.sheet(conflicts=()).file
    partial = next(view for view in file.orders if view.state is OrderState.PARTIAL)
    assert partial.order.reply is not None
    hop = NextHop(account="6217005512", time=samples.NOW)
    reply = replace(partial.order.reply, hops=(hop,))
    went = replace(partial, order=replace(partial.order, reply=reply))
    advice = dict(kinds(file, orders=(went,)))
    assert advice[NextKind.STOP_NEXT] == 1
    assert NextKind.ASK not in advice
    query = replace(partial, order=replace(partial.order, kind=OrderKind.QUERY_DETAILS, reply=None))
    asked = replace(query, state=OrderState.CARRIED)
    assert dict(kinds(file, orders=(partial,)))[NextKind.ASK] == 1
    assert NextKind.ASK not in dict(kinds(file, orders=(partial, asked)))


def test_a_stop_is_followed_by_a_freeze_and_one_officer_by_another() -> None:
    file = samples.sheet(conflicts=()).file
    partial = next(view for view in file.orders if view.state is OrderState.PARTIAL)
    frozen = replace(partial.order, kind=OrderKind.FREEZE, reply=None)
    freeze = replace(partial, state=OrderState.CARRIED, order=frozen)
    assert dict(kinds(file, orders=(partial,)))[NextKind.FREEZE] == 1
    assert NextKind.FREEZE not in dict(kinds(file, orders=(partial, freeze)))
    alone = replace(partial, order=replace(partial.order, alone=True))
    assert dict(kinds(file, orders=(alone,)))[NextKind.CONFIRM] == 1


def test_a_case_that_is_done_with_wants_nothing() -> None:
    file = samples.sheet(conflicts=(), transfers=(), orders=()).file
    official = replace(file.case, official=OfficialNumbers("A1"))
    assert kinds(file, case=official) == []
    assert kinds(file, case=replace(official, narrative=""), evidence=()) == [
        (NextKind.TELL, 1),
        (NextKind.EVIDENCE, 1),
    ]
