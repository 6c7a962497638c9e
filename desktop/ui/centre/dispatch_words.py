"""The state of an order as the centre sees it."""

from __future__ import annotations

from desktop.domain.order import WAITING
from desktop.domain.views import OrderView
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_words import state_text


def centre_state(kit: Kit, view: OrderView) -> str:
    """How far it got; by which way it came here is the station's concern."""
    if view.state in WAITING:
        return kit.words.text("centre.dispatch.waiting")
    return state_text(kit, view)
