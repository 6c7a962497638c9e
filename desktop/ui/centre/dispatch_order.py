"""Which order first at the dispatch, and which are shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from desktop.domain.law.urgency import Pressure, Urgency
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import RAN, WAITING, OrderKind
from desktop.domain.orders.target import receiver, target_value
from desktop.services.orders.list_orders import OrderRow

_CATCHING = frozenset({*STOPS, OrderKind.REVOKE})


def by_clock(rows: Iterable[OrderRow], now: datetime) -> tuple[OrderRow, ...]:
    """Those that somebody has to send on or chase first, each group as everywhere: what can still be saved in front.
    An answered one whose money went on is among them while that can be saved."""

    def key(row: OrderRow) -> tuple[bool, Urgency]:
        pressing = row.pressing(now)
        savable = pressing.pressure(now) is Pressure.SAVABLE
        return not (savable or row.view.state in WAITING), pressing.urgency(now)

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
    return sum(1 for row in rows if row.pressing(now).pressure(now) is Pressure.SAVABLE)


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
