"""Small forms about an order: why it is withdrawn, its official number, who approved it."""

from __future__ import annotations

from desktop.domain.case_file.views import OrderView
from desktop.services.orders.approve_order import TypedApproval
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    SECRET,
    TEXT,
    FilledForm,
    Form,
    FormText,
    Input,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, target_text


def word_form(kit: Kit, view: OrderView, name: str) -> Form:
    """One line, the field ``""``: for ``withdraw`` the reason, for ``number`` the official number."""
    withdraws = name == "withdraw"
    make, value = (TEXT, "") if withdraws else (DIGITS, view.order.official)
    rows = (
        _what(kit, view),
        FormText(f"ordering.{name}.text"),
        Input("", f"ordering.{name}.label", make, value, needed=withdraws),
    )
    title, accept = f"ordering.{name}.title", f"ordering.{name}.accept"
    return Form("order_word", title, accept, rows, danger=withdraws)


def approval_form(kit: Kit, view: OrderView, *, refusing: bool) -> Form:
    """The approval itself is on paper; a second person confirms that it is there, or why it was not given."""
    way = "refuse" if refusing else "approve"
    level = kit.texts.text(f"ordering.level.{view.order.level.value}")
    paper = (
        Input("number", "ordering.approval_number"),
        Input("at", "ordering.approved_at", MOMENT, kit.ticks.now()),
    )
    rows = (
        _what(kit, view),
        FormText("ordering.needs", params={"level": level}),
        Input("by", "ordering.approved_by", needed=True),
        Input("reason", "ordering.refuse.reason", needed=True) if refusing else paper,
        FormText("ordering.witness.text"),
        (
            Input("witness", "ordering.witness.number", DIGITS),
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


def _what(kit: Kit, view: OrderView) -> FormText:
    order = view.order
    text = f"{kind_text(kit, order)}　{target_text(order)}　{order.number}"
    return FormText(text=text, role="strong", ink="")
