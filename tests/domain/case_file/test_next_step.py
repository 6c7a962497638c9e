"""What a case wants next, the most urgent first."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.case_file.merge import Merger
from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.case_file.order_rules import GONE
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.ids import TransferId
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import OrderState
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
        (NextKind.CHASE, 1),
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


def test_a_payment_that_failed_needs_no_stop() -> None:
    file = samples.sheet(conflicts=(), orders=()).file
    failed = tuple(replace(item, attempted=True) for item in file.transfers)
    assert NextKind.STOP in dict(kinds(file))
    assert NextKind.STOP not in dict(kinds(file, transfers=failed))


def test_a_case_that_is_done_with_wants_nothing() -> None:
    file = samples.sheet(conflicts=(), transfers=(), orders=()).file
    official = replace(file.case, official=OfficialNumbers("A1"))
    assert kinds(file, case=official) == []
    assert kinds(file, case=replace(official, narrative=""), evidence=()) == [
        (NextKind.TELL, 1),
        (NextKind.EVIDENCE, 1),
    ]
