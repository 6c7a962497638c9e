"""An order in a line of the centre's lists."""

from __future__ import annotations

from desktop.domain.case_file.dispatch_batch import is_to_send
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import WAITING
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import state_text, target_text
from desktop.ui.shared.text.amounts import yuan


def centre_state(kit: Kit, view: OrderView) -> str:
    """How far it got; by which way it came here is the station's concern."""
    if view.state in WAITING:
        return kit.texts.text(f"centre.dispatch.{_waits_as(view)}")
    return state_text(kit, view)


def target_of(row: OrderRow) -> str:
    """Whom it is about."""
    return target_text(row.view.order)


def amount_of(row: OrderRow) -> str:
    """Empty where no sum is named."""
    return yuan(row.view.order.amount_fen) if row.view.order.amount_fen else ""


def unit_of(row: OrderRow) -> str:
    """The station that issued it."""
    return row.view.order.unit_name


def _waits_as(view: OrderView) -> str:
    if view.order.dispatch.at is not None:
        return "in_batch"
    return "new" if is_to_send(view) else "waiting"
