"""An order in plain words: what it is, whom it hits, how far it got."""

from __future__ import annotations

from desktop.domain.case_file.views import OrderView
from desktop.domain.law.deadlines import Deadline
from desktop.domain.masking import masked_account, masked_text
from desktop.domain.money.dispositions import NOTHING
from desktop.domain.orders.kinds import SAVING, SPECS, OrderTarget
from desktop.domain.orders.order import (
    RAN,
    WAITING,
    Order,
    OrderKind,
    OrderState,
    receiver,
    target_value,
)
from desktop.domain.orders.sending.way_orders import name_key
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.text.money_sums import sums_text

_ANSWERED = RAN | {OrderState.FAILED}
_GROUPS = {
    OrderKind.STOP: "stop",
    OrderKind.SECOND_STOP: "stop",
    OrderKind.REVOKE: "revoke",
    OrderKind.FREEZE: "freeze",
    OrderKind.EXTEND_FREEZE: "freeze",
    OrderKind.LIFT: "end",
    OrderKind.UNFREEZE: "end",
    OrderKind.WATCH: "watch",
    OrderKind.SHUTDOWN: "number",
    OrderKind.INTERCEPT: "number",
    OrderKind.BLOCK: "number",
    OrderKind.TRACE: "number",
    OrderKind.EVIDENCE_REQUEST: "evidence",
}
"""In which words a kind tells that it was done; the others were asked."""
_STATE_TONES = {
    OrderState.ISSUED: Tone.WARN,
    OrderState.CARRIED: Tone.INFO,
    OrderState.ACKNOWLEDGED: Tone.INFO,
    OrderState.DONE: Tone.OK,
    OrderState.PARTIAL: Tone.WARN,
    OrderState.FAILED: Tone.BAD,
    OrderState.WITHDRAWN: Tone.NEUTRAL,
    OrderState.PROPOSED: Tone.WARN,
    OrderState.REFUSED: Tone.NEUTRAL,
    OrderState.RELEASED: Tone.NEUTRAL,
}


def kind_text(kit: Kit, view: OrderView) -> str:
    """``紧急止付``; a call-back of what no bank can stop by what it asks for: ``召回汇款``."""
    return kit.texts.text(name_key(view.order.kind, view.way))


def kind_tone(view: OrderView) -> Tone:
    """Red while money may be moving and nobody has answered; grey once the order has run its course."""
    if view.state not in WAITING:
        return Tone.NEUTRAL
    return Tone.BAD if view.order.kind in SAVING else Tone.INFO


def state_text(kit: Kit, view: OrderView) -> str:
    """``已导出，待回执``, ``已止付 61,320`` …"""
    reply = view.order.reply
    if view.state in _ANSWERED:
        group = view.way or _GROUPS.get(view.order.kind, "query")
        amount = yuan(reply.amount_fen) if reply is not None else ""
        return kit.texts.text(f"order_states.{view.state.value}.{group}", amount=amount)
    return kit.texts.text(f"orders.state.{view.state.value}")


def alone_text(kit: Kit, order: Order, approval: Deadline | None) -> str:
    """That one officer alone issued it, and whether a second confirmed it since; "" where it takes none; until
    when the ``approval`` of an own order of a centre is due (待补批)."""
    if not order.alone:
        return ""
    if approval is not None:
        return kit.texts.text("orders.alone.approval", at=moment(kit, approval.at))
    key = "orders.alone.confirmed" if order.confirmation is not None else "orders.alone.open"
    return kit.texts.text(key if order.confirmation or order.unconfirmed else "orders.alone.was")


def state_tone(view: OrderView) -> Tone:
    """Green is confirmed, amber wants something done, red failed."""
    return _STATE_TONES[view.state]


def target_text(order: Order, *, revealed: bool = False) -> str:
    """``农业银行 6230…8994``, the order number of a wallet, or the number or site; ``建设银行 → 6230…8994`` where
    another bank than the account's is to act. ``revealed`` masks nothing.

    Sites the fraud used are whole; telephones and numbers of identity are not.
    """
    value = target_value(order)
    masks = not revealed and SPECS[order.kind].target is OrderTarget.PAYMENT
    shown = masked_account(value) if masks else value if revealed else masked_text(value)
    asked = receiver(order) or order.payee.name
    elsewhere = SPECS[order.kind].target is OrderTarget.PAYMENT and order.addressee not in {
        "",
        order.payee.bank,
    }
    return (" → " if elsewhere else " ").join(part for part in (asked, shown) if part)


def account_money_text(kit: Kit, row: OrderRow | None) -> str:
    """Where the money of the account is that an order is about, now; "" for no account or none of it."""
    sums = row.money.at(kit.ticks.now()) if row is not None else NOTHING
    where = sums_text(kit, sums)
    return kit.texts.text("orders.detail.money", sums=where) if where else ""
