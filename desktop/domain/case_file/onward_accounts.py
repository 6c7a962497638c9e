"""The accounts of a case that no victim paid: where money went on, as banks told and as orders followed it.

Two victims whose money meets in the second tier are found by them, and whose account was stopped there is known at the
counter when the next victim names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.orders.order import Order


def onward_accounts(order: Order) -> Iterator[tuple[str, str]]:
    """(field, account) where the money went on, as banks told: the account an order followed it to, and the next ones
    of its reply. An order about a payment of the report says nothing that the payment does not."""
    if order.about.startswith("account/"):
        yield "order_payee", order.payee.number
    for hop in order.reply.hops if order.reply is not None else ():
        yield "reply_hop", hop.account
