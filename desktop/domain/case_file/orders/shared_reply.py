"""One reply to the orders of a row of a letter becomes a reply of each.

Why by issue: docs/decisions/0114-an-account-stands-once-in-a-letter.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Final

from desktop.domain.case_file.orders.letter_rows import asked_fen, payment_of
from desktop.domain.case_file.orders.order_row import yuan
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import UserInputError
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.order import Order, OrderReply, ReplyResult

_SHARED: Final = "（同一账户{count}条指令合计执行{yuan}元，按发起先后分到各条）"
"""Behind the remark of each reply, for the station that reads it: another order has the rest."""


def shared_replies(views: Iterable[OrderView], reply: OrderReply) -> dict[str, OrderReply]:
    """Order → its own reply, of a reply to all of a row.

    The sum goes to the orders as they were issued, to each as far as it asked; one that was withdrawn before gets what
    is left. All else, the balance and the payments that followed among it, is true of the account and so of each.

    Raises:
        UserInputError: ``reply.too_much`` where more was held than all asked for together.
    """
    ranked = sorted(views, key=_rank)
    if len(ranked) == 1:
        return {ranked[0].order.id: reply}
    rest, shares = reply.amount_fen, dict[Hashable, int]()
    for view in ranked:
        payment = payment_of(view.order)
        if payment not in shares:
            shares[payment] = min(rest, view.order.amount_fen)
            rest -= shares[payment]
    if rest or reply.amount_fen < 0:
        raise UserInputError("reply.too_much")
    whole = reply.amount_fen == asked_fen(ranked)
    note = (
        _SHARED.format(count=len(ranked), yuan=yuan(reply.amount_fen)) if reply.amount_fen else ""
    )
    return {
        view.order.id: replace(
            reply,
            amount_fen=(share := shares[payment_of(view.order)]),
            result=reply.result if whole else _result(view.order, reply, share),
            remark=f"{reply.remark}{note}",
        )
        for view in ranked
    }


def _rank(view: OrderView) -> tuple[bool, object, str]:
    """By issue. An order withdrawn after its reply keeps its place: the same reply, read again, says the same."""
    order = view.order
    gone, answered = order.withdrawal.at, order.reply
    late = gone is not None and (answered is None or gone <= answered.replied_at)
    return late, order.issued_at, order.id


def _result(order: Order, reply: OrderReply, share: int) -> ReplyResult:
    """An order that got less than it asked for was carried out in part, whatever the bank calls it for all together."""
    unsaid = reply.result is ReplyResult.FAILED or not reply.amount_fen
    if unsaid or not SPECS[order.kind].in_part:
        return reply.result
    return ReplyResult.DONE if share == order.amount_fen else ReplyResult.PARTIAL
