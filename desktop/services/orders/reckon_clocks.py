"""Bring what is kept of clocks up to date: only the cases that were spoken of since are reckoned.

Ends of clocks follow from the journal and from the rules that hold here. They are reckoned once, by the functions of
the domain, and kept as rows; which of them is the most urgent at an instant is then a question to the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import AtZero
from desktop.domain.orders.flow import flow_of
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import RAN, OrderReply
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.list_orders import OrderRow, rows_of
from desktop.services.ports import Reader, ReckonedOrder
from desktop.services.session import Session

_AT_ONCE: Final = 200
"""Cases reckoned together: nobody who writes waits for more than their rows."""
_RECKONED: Final = 1
"""To be raised when clocks are reckoned otherwise than before, or other things are kept of them."""


def reckon_clocks(session: Session, progress: Progress = SILENT) -> None:
    """Reckon every case that waits. The first time, and by other rules, those are all of them."""
    session.require(Permission.READ_CASES)
    basis = f"{_RECKONED} {session.rules.fingerprint}"
    done = 0
    while True:
        progress.check()
        with session.store.read() as reader:
            arrears = reader.clock_arrears(basis, _AT_ONCE)
            reckoned = tuple(_reckoned(session, reader, arrears.members)) if arrears.cases else ()
        if arrears.known and not arrears.cases:
            return
        with session.store.write() as transaction:
            if not arrears.known:
                transaction.begin_clocks(basis)
                continue
            transaction.keep_clocks(arrears, reckoned)
        done += len(arrears.cases)
        progress.advance(done, done + arrears.left)


def _reckoned(session: Session, reader: Reader, cases: Iterable[CaseId]) -> Iterator[ReckonedOrder]:
    """The orders of these cases; of one whose report is not here yet no clock is known."""
    members = list(cases)
    found = rows_of(session, reader.clock_facts(cases=members))
    bridges: set[tuple[str, str]] = set()
    for view in reader.orders_of_cases(members):
        row = found.get(view.order.id) or OrderRow(view)
        yield _reckoned_order(row, first=_is_first(row, bridges))


def _is_first(row: OrderRow, bridges: set[tuple[str, str]]) -> bool:
    """Whether no other order told of its bridge from stop to freeze before."""
    if row.bridge is None:
        return False
    about = (row.view.case, row.bridge.about)
    first = about not in bridges
    bridges.add(about)
    return first


def _reckoned_order(row: OrderRow, *, first: bool) -> ReckonedOrder:
    order, clock, bridge = row.view.order, row.clock, row.bridge
    chance = clock is not None and clock.at_zero is AtZero.CHANCE
    open_bridge = first and bridge is not None and bridge.frozen_at is None and not row.settled
    stopped = _stopped(row.view)
    pressing = row.pressing(order.issued_at)
    return ReckonedOrder(
        order.id,
        row.view.case,
        flow_of(order.kind),
        pressing.key,
        pressing.amount_fen,
        pressing.since,
        pressing.waits,
        chance=clock.at if clock is not None and chance else None,
        duty=clock.at if clock is not None and not chance else None,
        lapses=row.settled and clock is not None and clock.name == "stop_end",
        onward=row.onward.at if row.onward is not None else None,
        took=max(order.issued_at - row.accepted_at, timedelta(0)) if row.accepted_at else None,
        file_by=bridge.file_by if bridge is not None and open_bridge else None,
        unconfirmed=order.unconfirmed,
        stopped_at=stopped.replied_at if stopped is not None else None,
        stopped_fen=stopped.amount_fen if stopped is not None else 0,
    )


def _stopped(view: OrderView) -> OrderReply | None:
    """The reply by which a stop holds money, and moves no more."""
    stopped = view.state in RAN and view.order.kind in STOPS
    return view.order.reply if stopped else None
