"""Names for the journal fields of orders; the forms that typed them have them already."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from desktop.domain.orders.confirmation import CONFIRMATION
from desktop.domain.orders.order import FAMILIES, OrderKind, Terms
from desktop.domain.orders.reply import AccountFacts, LineFacts
from desktop.domain.orders.term_fields import (
    Sort,
    choices_of,
    family_of,
    names_of,
    sort_of,
    word,
)

_NAMES: Final = {
    "approval.by": "ordering.approved_by",
    "approval.number": "ordering.approval_number",
    "approval.at": "ordering.approved_at",
    "approval.officer": "ordering.field.recorded_by",
    "approval.refused": "ordering.refuse.reason",
    "withdrawal.reason": "ordering.withdraw.label",
    "withdrawal.at": "ordering.field.withdrawn_at",
    "withdrawal.officer": "ordering.field.recorded_by",
}
TIES: Final = frozenset({"terms", "reply.hops"})
"""Fields that tie records together, or are shown on the order's card."""
PERSONAL: Final = frozenset(
    {
        "terms.holder_id_number",
        "terms.victim_number",
        "reply.account.holder_id",
        "reply.account.phone",
        "reply.account.account",
        "reply.account.card",
    }
)
"""Numbers of persons, which are masked."""


_TERMS: Final = frozenset(name for kind in OrderKind for name in names_of(kind)) | {
    "case_type", "institution", "identifier_kind", "holder_id_kind", "raw", "normal", "about",
}  # fmt: skip
_FACTS: Final = frozenset(
    {
        *(item.name for item in fields(AccountFacts)),
        *(item.name for item in fields(LineFacts)),
    }
)


def order_field_key(field: str) -> str:
    """The catalogue key of a field's name; "" for a field that is none of an order's own, or a newer program's."""
    if field in _NAMES:
        return _NAMES[field]
    if field.startswith(CONFIRMATION):
        return "ordering.field.confirmed"
    name = field.removeprefix("terms.")
    if field.startswith("terms.") and name in _TERMS:
        return f"order_terms.{word(name)}"
    for start in ("reply.account.", "reply.line."):
        if field.startswith(start) and field.removeprefix(start) in _FACTS:
            return f"order_reply.fact.{field.removeprefix(start)}"
    return ""


def order_value_key(field: str, text: str) -> str:
    """The catalogue key of a choice among an order's terms; "" for anything else."""
    name = "account_type" if field == "reply.account.type" else field.removeprefix("terms.")
    if name == field:
        return ""
    for family in FAMILIES.values():
        if name in _names_in(family) and sort_of(family, name) is Sort.CHOICE:
            return f"order_terms.{word(name)}_is.{text}" if text in choices_of(family, name) else ""
    return ""


def _names_in(family: type[Terms]) -> frozenset[str]:
    return frozenset(
        name for kind in OrderKind if family_of(kind) is family for name in names_of(kind)
    )
