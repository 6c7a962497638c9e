"""By which words an order is found in a list."""

from __future__ import annotations

from typing import Final

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import receiver, target_value

_MOST: Final = 12
"""Words that are looked for at once; what somebody pastes may hold thousands."""


def words_in(typed: str) -> tuple[str, ...]:
    """What is looked for: an order is found by them if it holds every one."""
    words = (_plain(word) for word in typed.split())
    return tuple(word for word in words if word)[:_MOST]


def searched_in(view: OrderView) -> str:
    """What those words are looked for in: number, account, telephone number or site, holder, who is to act, pack,
    station, case, victim. Spaces and hyphens within a number say nothing."""
    order = view.order
    payee = order.payee
    texts = (
        order.number, order.official, order.order_number, target_value(order), payee.number, payee.name, payee.bank,
        receiver(order), order.dispatch.receiver, order.dispatch.pack, order.payer.name, order.unit_name,
        view.case_number, view.victim,
    )  # fmt: skip
    return "\n".join(map(_plain, texts))


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").casefold()
