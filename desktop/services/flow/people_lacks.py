"""What is missing about a target, and the order that finds it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.domain.case_file.orders.account_orders import AccountState
from desktop.domain.cases.people.person import TieKind
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.orders.order import RAN, WAITING, OrderKind, OrderState
from desktop.domain.series.people_sheet import (
    ORDER_FOR,
    Lack,
    Missing,
    PersonTarget,
    TargetState,
    Thing,
)

_COUNTS: Final = WAITING | RAN | {OrderState.PROPOSED}


def missing_of(target: PersonTarget) -> tuple[Missing, ...]:
    """The most urgent first; what is asked already and waits for its answer is not missing."""
    found = list(_missing(target))
    order = list(Lack)
    return tuple(sorted(found, key=lambda item: order.index(item.lack)))


def _missing(target: PersonTarget) -> Iterator[Missing]:
    for thing in target.things:
        if thing.kind is TieKind.PHONE:
            yield from _of_phone(target, thing)
        else:
            yield from _of_account(target, thing)
    if target.state is not TargetState.CONFIRMED:
        return
    if not target.id_number:
        yield Missing(Lack.IDENTITY, "", None)
        return
    account = next((thing for thing in target.things if thing.kind is TieKind.ACCOUNT), None)
    if account is not None and not _was(account, OrderKind.QUERY_ACCOUNTS):
        yield Missing(Lack.ACCOUNTS, account.key, OrderKind.QUERY_ACCOUNTS)


def _of_phone(target: PersonTarget, thing: Thing) -> Iterator[Missing]:
    if not target.name and not _was(thing, OrderKind.TRACE):
        yield Missing(Lack.OWNER, thing.key, ORDER_FOR[Lack.OWNER] if thing.lead else None)


def _of_account(target: PersonTarget, thing: Thing) -> Iterator[Missing]:
    if is_chain_address(thing.key):
        return  # nobody keeps it who could be asked
    if thing.in_fen and thing.orders.state is AccountState.NOTHING:
        yield Missing(Lack.STOP, thing.key, OrderKind.STOP)
    if not target.id_number and not _was(thing, OrderKind.QUERY_HOLDER):
        yield Missing(Lack.HOLDER, thing.key, OrderKind.QUERY_HOLDER)
    if not _was(thing, OrderKind.QUERY_DETAILS):
        yield Missing(Lack.DETAILS, thing.key, OrderKind.QUERY_DETAILS)


def _was(thing: Thing, kind: OrderKind) -> bool:
    """Whether it was asked and came to something, or still may."""
    return any(view.order.kind is kind and view.state in _COUNTS for view in thing.orders.views)
