"""What an order says beside its payment, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from desktop.domain.masking import masked_id, masked_phone
from desktop.domain.orders.money import Addressing, ApplicationType, Urgency
from desktop.domain.orders.order import OrderKind, Terms
from desktop.domain.orders.term_fields import (
    Sort,
    family_of,
    names_of,
    read,
    sort_of,
    word,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local

_USUAL = (Addressing.ACCOUNT, Urgency.URGENT, ApplicationType.FIRST)
"""Choices that go without saying."""
_PERSONAL = {"victim_number": masked_phone, "holder_id_number": masked_id}


def term_lines(
    kit: Kit, kind: OrderKind, terms: Terms | None, *, revealed: bool
) -> tuple[tuple[str, str], ...]:
    """(catalogue key, value) of everything the terms say; what says nothing, or the usual, is left out.

    ``revealed`` shows numbers of persons unmasked.
    """
    if terms is None or not isinstance(terms, family_of(kind)):
        return ()
    found = []
    for name in names_of(kind):
        value = term_value(kit, terms, name)
        if name in _PERSONAL and not revealed:
            value = _PERSONAL[name](value)
        if value:
            found.append((f"order_terms.{word(name)}", value))
    return tuple(found)


def term_value(kit: Kit, terms: Terms, name: str) -> str:
    """One value as a person reads it; "" for nothing."""
    value = read(terms, name)
    if not value or any(value is usual for usual in _USUAL):
        return ""
    text = _SAID.get(sort_of(type(terms), name), _plain)
    return text(kit, f"order_terms.{word(name)}", value)


def _plain(_kit: Kit, _key: str, value: Any) -> str:
    return str(value)


def _yes(kit: Kit, _key: str, _value: Any) -> str:
    return kit.texts.text("order_terms.yes")


def _sum(kit: Kit, _key: str, value: Any) -> str:
    return kit.texts.text("case.amount", amount=yuan(value))


def _time(kit: Kit, _key: str, value: Any) -> str:
    return show_local(value, kit.zone)


def _choice(kit: Kit, key: str, value: Any) -> str:
    return kit.texts.text(f"{key}_is.{value}")


def _several(kit: Kit, key: str, value: Any) -> str:
    comma = kit.texts.text("order_terms.comma")
    return comma.join(_choice(kit, key, item) for item in value)


def _items(kit: Kit, key: str, value: Any) -> str:
    return kit.texts.text(f"{key}_count", count=len(value))


_SAID: Final[Mapping[Sort, Callable[[Kit, str, Any], str]]] = {
    Sort.TICK: _yes,
    Sort.SUM: _sum,
    Sort.TIME: _time,
    Sort.CHOICE: _choice,
    Sort.SET: _several,
    Sort.DIGESTS: _items,
}
