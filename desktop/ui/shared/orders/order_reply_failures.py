"""What a reply may say of why an order failed: a cause the platform tells by a code, or none."""

from __future__ import annotations

from desktop.domain.case_file.views import OrderView
from desktop.ui.shared.orders.order_reply_check import FAILURES
from desktop.ui.shared.widgets.line_edit import Option


def failure_options(view: OrderView) -> list[Option]:
    """No technical cause, those with words, and one of another platform that was recorded before."""
    known = view.order.reply.failure if view.order.reply is not None else ""
    other = [Option(known, text=known)] if known and known not in FAILURES else []
    named = [Option(code, key=f"order_reply.failure_is.{code}") for code in FAILURES]
    return [Option("", key="order_reply.failure_is.none"), *named, *other]
