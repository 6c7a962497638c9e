"""Which order first: running clocks by their end, then what nobody answered, then the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from desktop.domain.law.deadlines import AtZero
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import RAN, WAITING, OrderKind
from desktop.domain.orders.target import receiver, target_value
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.orders.order_clock import clock_end

_CATCHING = frozenset({*STOPS, OrderKind.REVOKE})


def by_clock(rows: Iterable[OrderRow], now: datetime) -> tuple[OrderRow, ...]:
    """Unanswered ones with a clock by its end, other unanswered ones oldest first, then measures by their end, then
    the rest, newest first."""

    def key(row: OrderRow) -> tuple[int, float]:
        end, issued = clock_end(row, now), row.view.order.issued_at.timestamp()
        if row.view.state in WAITING:
            return (0, end.timestamp()) if end is not None else (1, issued)
        if end is not None and end > now:
            return (2, end.timestamp())
        return (3, -issued)

    return tuple(sorted(rows, key=key))


def waiting(rows: Iterable[OrderRow]) -> tuple[OrderRow, ...]:
    """Those nobody has answered."""
    return tuple(row for row in rows if row.view.state in WAITING)


def moved_on(rows: Iterable[OrderRow]) -> tuple[OrderRow, ...]:
    """Those whose reply names next payments that nobody stopped yet."""
    return tuple(row for row in rows if row.open_hops)


def matching(rows: Iterable[OrderRow], typed: str) -> tuple[OrderRow, ...]:
    """Those that hold every word of ``typed``: number, account, telephone number or site, holder, who is to act, pack,
    station, victim. Spaces and hyphens within a number say nothing."""
    words = [_plain(word) for word in typed.split()]
    return tuple(row for row in rows if all(word in _searched_text(row) for word in words))


def _searched_text(row: OrderRow) -> str:
    view, order = row.view, row.view.order
    payee = order.payee
    texts = (
        order.number, order.official, order.order_number, target_value(order), payee.number, payee.name, payee.bank,
        receiver(order), order.dispatch.pack, order.payer.name, order.unit_name, view.case_number, view.victim,
    )  # fmt: skip
    return "\n".join(map(_plain, texts))


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").casefold()


def in_golden_window(rows: Iterable[OrderRow], now: datetime) -> int:
    """How many still have a good chance; a term for the answer is none."""
    return sum(
        1
        for row in rows
        if row.clock is not None
        and row.clock.at_zero is AtZero.CHANCE
        and clock_end(row, now) is not None
    )


def stopped_today(rows: Iterable[OrderRow], now: datetime, zone: tzinfo | None) -> int:
    """Fen that banks stopped on the local day of ``now``."""
    today = now.astimezone(zone).date()
    views = (row.view for row in rows)
    caught = (view for view in views if view.state in RAN and view.order.kind in _CATCHING)
    replies = (view.order.reply for view in caught)
    return sum(
        reply.amount_fen
        for reply in replies
        if reply is not None and reply.replied_at.astimezone(zone).date() == today
    )
