"""An approval of an order: its form, and whom the rota names for it."""

from __future__ import annotations

from desktop.domain.case_file.views import OrderView
from desktop.domain.installation.officer import Officer
from desktop.domain.orders.machine import OrderStep
from desktop.services.orders.approve_order import TypedApproval
from desktop.services.orders.order_options import Options
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    SECRET,
    FilledForm,
    Form,
    FormText,
    Input,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, target_text


def whom_to_ask(kit: Kit, options: Options) -> str:
    """Whom the rota names, where somebody is still to approve."""
    asks = options.approval is not None or OrderStep.APPROVE in options.steps
    officer = options.approver if asks else None
    if officer is None:
        return ""
    return kit.texts.text("ordering.on_duty", name=officer.name, number=officer.number)


def approval_form(
    kit: Kit, view: OrderView, *, refusing: bool, approver: Officer | None = None, own: str = ""
) -> Form:
    """The approval itself is on paper; a second person confirms that it is there, or why it was not given. Offered
    first is the ``approver`` of the rota; ``own``: the number of the officer signed in, who needs no password."""
    way = "refuse" if refusing else "approve"
    witness = approver.number if approver is not None and approver.number != own else ""
    level = kit.texts.text(f"ordering.level.{view.order.level.value}")
    paper = (
        Input("number", "ordering.approval_number"),
        Input("at", "ordering.approved_at", MOMENT, kit.ticks.now()),
    )
    rows = (
        order_line(kit, view),
        FormText("ordering.needs", params={"level": level}),
        Input("by", "ordering.approved_by", value=approver.name if approver else "", needed=True),
        Input("reason", "ordering.refuse.reason", needed=True) if refusing else paper,
        FormText("ordering.witness.text"),
        (
            Input("witness", "ordering.witness.number", DIGITS, witness),
            Input("password", "ordering.witness.password", SECRET),
        ),
    )
    title, accept = f"ordering.{way}.title", f"ordering.{way}.accept"
    return Form("approval", title, accept, rows, danger=refusing)


def typed_approval(filled: FilledForm) -> TypedApproval:
    """What was typed of it."""
    return TypedApproval(
        filled["by"], filled["number"], filled.at("at"), filled["reason"], filled["witness"], filled["password"],
    )  # fmt: skip


def order_line(kit: Kit, view: OrderView) -> FormText:
    """Which order a form is about."""
    order = view.order
    text = f"{kind_text(kit, view)}　{target_text(order)}　{order.number}"
    return FormText(text=text, role="strong", ink="")
