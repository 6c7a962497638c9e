"""What there is to say of an order beside its target: who acts, what was asked, approval, withdrawal, number."""

from __future__ import annotations

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.approval import Level
from desktop.domain.orders.order import Order
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_term_texts import term_lines
from desktop.ui.shared.orders.order_texts import alone_text
from desktop.ui.shared.text.moment_text import moment


def order_notes(kit: Kit, view: OrderView, sheet: CaseSheet, *, revealed: bool) -> tuple[str, ...]:
    """Lines for the order's card; none for a plain stop."""
    order, words = view.order, kit.texts
    lines = []
    told = term_lines(kit, order.kind, order.terms, whole=revealed)
    if told:
        comma = words.text("case.history.comma")
        lines.append(comma.join(f"{words.text(key)} {value}" for key, value in told))
    if order.official:
        lines.append(words.text("ordering.note.official", number=order.official))
    approval = order.approval
    if approval.refused:
        lines.append(words.text("ordering.note.refused", by=approval.by, reason=approval.refused))
    elif approval.at is not None:
        by = " ".join(part for part in (approval.by, approval.number) if part)
        at, officer = moment(kit, approval.at), sheet.officer(approval.officer)
        lines.append(words.text("ordering.note.approved", by=by, at=at, officer=officer))
    elif order.level is not Level.NONE:
        level = words.text(f"ordering.level.{order.level.value}")
        lines.append(words.text("ordering.needs", level=level))
    lines += _confirmation(kit, order, sheet)
    if order.withdrawal.at is not None:
        at = moment(kit, order.withdrawal.at)
        lines.append(words.text("ordering.note.withdrawn", at=at, reason=order.withdrawal.reason))
    return tuple(lines)


def _confirmation(kit: Kit, order: Order, sheet: CaseSheet) -> list[str]:
    confirmed = order.confirmation
    if not order.alone or confirmed is None:
        return [alone_text(kit, order)] if order.alone else []
    at, officer = moment(kit, confirmed.at), sheet.officer(confirmed.officer)
    return [kit.texts.text("ordering.note.confirmed", at=at, officer=officer)]
