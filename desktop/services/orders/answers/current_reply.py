"""The reply that stands for an order: what it says, who recorded it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.views import OrderView
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import OrderReply
from desktop.journal.kinds import ORDER_REPLIED
from desktop.services.order_reach import reached_order
from desktop.services.ports import Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class CurrentReply:
    """``by``: number of the officer; ``entry``: stream and place of the journal entry that recorded it."""

    reply: OrderReply
    by: str
    at: datetime
    entry: str


def current_reply_of(session: Session, order_key: str) -> CurrentReply | None:
    """The same for whoever looks before recording; raises ``UserInputError("order.unknown")``."""
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        return current_reply(reader, reached_order(session, reader, order_key))


def current_reply(reader: Reader, view: OrderView) -> CurrentReply | None:
    """The newest reply to the order; None while nobody recorded one."""
    reply, subject = view.order.reply, f"order/{view.order.id}"
    entries = [
        row
        for row in reader.history(view.case)
        if row.subject == subject and row.kind == ORDER_REPLIED
    ]
    if reply is None or not entries:
        return None
    return CurrentReply(
        reply, entries[-1].officer, entries[-1].wall, f"{entries[-1].stream}:{entries[-1].seq}"
    )
