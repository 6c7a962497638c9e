"""What a reply may tell beside its result, by kind of order: the account, the freeze, the merchant, the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS, OrderTarget
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply
from desktop.domain.orders.reply import NO_ACCOUNT_FACTS, NO_LINE_FACTS, AccountFacts, LineFacts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_check import Fault
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import TextField

_HOLDERS: Final = frozenset({OrderKind.QUERY_HOLDER, OrderKind.QUERY_ACCOUNTS})
_HOLDER: Final = ("holder", "holder_id", "phone", "address")
_FROZEN: Final = ("freeze_number", "available_fen", "earlier_by", "earlier_fen", "earlier_until")
"""100202: what is free of the balance, and whose freeze lay on the account before ours."""
_INSTITUTION: Final = (
    "merchant", "holder", "holder_id", "licence_until", "pos_terminal", "phone", "address", "freeze_number",
)  # fmt: skip
"""A00105, A00205: what a payment institution adds."""
_LINE: Final = ("action", "done_at", "owner", "agent", "opened_on", "location")
_DONE_AT: Final = "done_at"
"""When a number was cut off or a site blocked: never ahead of now."""
_OF_LINE: Final = frozenset({*_LINE, "data"})
_DIGITS: Final = frozenset({"holder_id", "phone", "pos_terminal"})


def fact_names(order: Order) -> tuple[str, ...]:
    """Names of the facts a reply to ``order`` may tell, in the order of its form."""
    kind, target = order.kind, SPECS[order.kind].target
    if target is OrderTarget.NUMBER:
        return _LINE
    if target is OrderTarget.HOLDER:
        return ("data",)
    if kind in _HOLDERS:
        return _HOLDER
    names = _FROZEN if kind in FREEZES else ()
    terms = order.terms
    at_institution = isinstance(terms, MoneyTerms) and terms.institution
    if at_institution and kind in (*STOPS, *FREEZES):
        names = tuple(dict.fromkeys((*_INSTITUTION, *names)))
    return names


def is_sum(name: str) -> bool:
    """Whether the fact is an amount in fen."""
    return name.endswith("_fen")


def is_time(name: str) -> bool:
    """Whether the fact is an instant."""
    return name in {"earlier_until", _DONE_AT}


class FactFields(QObject):
    """A field for each fact of an order's kind. ``committed`` when the person is done with one."""

    committed = Signal()

    def __init__(self, kit: Kit, order: Order, owner: QWidget) -> None:
        super().__init__(owner)
        self.fields: Mapping[str, Field] = {name: _made(kit, name) for name in fact_names(order)}
        for field in self.fields.values():
            field.committed.connect(self._changed)

    def rows(self, wide: int) -> Sequence[tuple[Field, ...]]:
        """The fields in lines of ``wide``."""
        every = tuple(self.fields.values())
        return [every[place : place + wide] for place in range(0, len(every), wide)]

    def fill(self, reply: OrderReply) -> None:
        """Show what a reply told."""
        for name, field in self.fields.items():
            value: Any = getattr(reply.line if name in _OF_LINE else reply.account, name)
            if isinstance(field, DateTimeField):
                field.set_instant(value)
            else:
                field.set_value(yuan(value) if is_sum(name) and value else str(value or ""))

    def account(self) -> AccountFacts:
        """What was typed of the account; sums that cannot be read count as none, see :meth:`faults`."""
        facts: dict[str, Any] = {
            name: _typed(name, field) for name, field in self.fields.items() if name not in _OF_LINE
        }
        return replace(NO_ACCOUNT_FACTS, **facts)

    def line(self) -> LineFacts:
        """What was typed of the line."""
        facts: dict[str, Any] = {
            name: _typed(name, field) for name, field in self.fields.items() if name in _OF_LINE
        }
        return replace(NO_LINE_FACTS, **facts)

    def faults(self) -> tuple[Fault, ...]:
        """Sums and times that were typed and cannot be read."""
        found = (_fault(name, field) for name, field in self.fields.items())
        return tuple(fault for fault in found if fault is not None)

    def _changed(self, _value: str) -> None:
        self.committed.emit()


def _made(kit: Kit, name: str) -> Field:
    label, own = f"order_reply.fact.{name}", f"reply_{name}"
    if is_time(name):
        return DateTimeField(kit, own, label, ahead=name != _DONE_AT)
    return TextField(kit, own, label, digits=is_sum(name) or name in _DIGITS)


def _typed(name: str, field: Field) -> str | int | datetime | None:
    if isinstance(field, DateTimeField):
        return field.instant()
    if not is_sum(name):
        return field.value()
    return 0 if not field.value() or _fault(name, field) else parse_yuan(field.value())


def _fault(name: str, field: Field) -> Fault | None:
    text = field.value()
    if not text:
        return None
    if isinstance(field, DateTimeField):
        return None if field.instant() else Fault(name, "shared.field.not_a_time")
    try:
        if is_sum(name):
            parse_yuan(text)
    except UserInputError as error:
        return Fault(name, f"errors.{error.code}.what")
    return None
