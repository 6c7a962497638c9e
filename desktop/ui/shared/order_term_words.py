"""What an order says beside its payment, in words."""

from __future__ import annotations

from desktop.domain.order import OrderKind, Terms
from desktop.domain.order_money import Addressing
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.datetime_text import show_local
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.masking import masked_id, masked_phone
from desktop.ui.shared.order_term_fields import Sort, family_of, names_of, read, sort_of, word

_PERSONAL = {"victim_number": masked_phone, "holder_id_number": masked_id}


def term_lines(
    kit: Kit, kind: OrderKind, terms: Terms | None, *, whole: bool = True
) -> tuple[tuple[str, str], ...]:
    """(catalogue key, value) of everything the terms say; what says nothing, or the usual, is left out.

    ``whole`` shows numbers of persons unmasked.
    """
    if terms is None or not isinstance(terms, family_of(kind)):
        return ()
    found = []
    for name in names_of(kind):
        value = term_value(kit, terms, name)
        if name in _PERSONAL and not whole:
            value = _PERSONAL[name](value)
        if value:
            found.append((f"order_terms.{word(name)}", value))
    return tuple(found)


def term_value(kit: Kit, terms: Terms, name: str) -> str:
    """One value as a person reads it; "" for nothing."""
    value, sort = read(terms, name), sort_of(type(terms), name)
    if sort is Sort.TICK:
        return kit.words.text("order_terms.yes") if value else ""
    if not value or value is Addressing.ACCOUNT:
        return ""
    if sort is Sort.SUM:
        return kit.words.text("case.amount", amount=yuan(value))
    if sort is Sort.TIME:
        return show_local(value, kit.zone)
    if sort is Sort.CHOICE:
        return kit.words.text(f"order_terms.{word(name)}_is.{value}")
    return str(value)
