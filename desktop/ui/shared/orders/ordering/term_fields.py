"""The fields of an order's terms on its form: made by their sort, filled, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.order import Terms
from desktop.domain.orders.term_fields import (
    Sort,
    choices_of,
    read,
    sort_of,
    word,
    written,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.evidence_pick import EvidencePick
from desktop.ui.shared.orders.ordering.tick_set import TickSet
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.field import Field
from desktop.ui.shared.widgets.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.line_edit import Option

_AHEAD = frozenset({"query.reply_by", "expires_at", "due_at"})
"""Times that are still to come."""
_DIGITS = frozenset(
    {"holder_id_number", "victim_number", "original_application", "pos_serial", "account_mark"}
)


class TermFields(QObject):
    """``edited`` with every change by the person. ``fields`` hold a text, a choice or a time, ``ticks`` a yes;
    ``wide`` are those that take a line of their own."""

    edited = Signal()

    def __init__(
        self,
        kit: Kit,
        terms: Terms,
        names: Sequence[str],
        evidence: Sequence[Evidence],
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._kit = kit
        self._terms = terms
        self.fields: dict[str, Field] = {}
        self.ticks: dict[str, CheckBox] = {}
        self.wide: dict[str, TickSet | EvidencePick] = {}
        for name in names:
            self._make(name, evidence)
        for field in self.fields.values():
            field.edited.connect(self._told)
        for tick in self.ticks.values():
            tick.toggled.connect(self._told)
        for wide in self.wide.values():
            wide.changed.connect(self._told)

    def sort(self, name: str) -> Sort:
        """How the field is typed."""
        return sort_of(type(self._terms), name)

    def fill(self) -> None:
        """Show the terms."""
        for name, tick in self.ticks.items():
            tick.setChecked(bool(read(self._terms, name)))
        for name, wide in self.wide.items():
            wide.set_value(read(self._terms, name))
        for name, field in self.fields.items():
            value = read(self._terms, name)
            if isinstance(field, DateTimeField):
                field.set_instant(value)
            else:
                field.set_value(self._shown(name, value))

    def typed_into(self, terms: Terms) -> Terms:
        """``terms`` with everything as typed.

        Raises:
            UserInputError: an amount or a number that cannot be read.
        """
        for name, tick in self.ticks.items():
            terms = written(terms, name, tick.isChecked())
        for name, wide in self.wide.items():
            terms = written(terms, name, wide.value())
        for name, field in self.fields.items():
            terms = written(terms, name, self._typed(name, field))
        return terms

    def _make(self, name: str, evidence: Sequence[Evidence]) -> None:
        kit, label, own = self._kit, f"order_terms.{word(name)}", f"order_{word(name)}"
        sort = self.sort(name)
        if sort is Sort.TICK:
            self.ticks[name] = CheckBox(kit, label, name=own)
        elif sort is Sort.SET:
            self.wide[name] = TickSet(kit, own, label, choices_of(type(self._terms), name))
        elif sort is Sort.DIGESTS:
            self.wide[name] = EvidencePick(kit, evidence)
        else:
            self.fields[name] = self._field(name, sort, label, own)

    def _field(self, name: str, sort: Sort, label: str, own: str) -> Field:
        if sort is Sort.TIME:
            return DateTimeField(self._kit, own, label, ahead=name in _AHEAD)
        if sort is Sort.LONG:
            return LongTextField(self._kit, own, label, lines=2)
        if sort is Sort.CHOICE:
            return ComboField(self._kit, own, label, self._options(name))
        digits = name in _DIGITS or sort in {Sort.SUM, Sort.COUNT}
        return TextField(self._kit, own, label, digits=digits)

    def _options(self, name: str) -> list[Option]:
        start = f"order_terms.{word(name)}_is"
        values = choices_of(type(self._terms), name)
        return [
            Option(value, key=f"{start}.{value}") if value else Option("", key="ordering.unsaid")
            for value in values
        ]

    def _shown(self, name: str, value: Any) -> str:
        terms = self._terms
        if name == "wanted" and not value and isinstance(terms, EvidenceTerms):
            return self._kit.texts.text("ordering.wanted", value=terms.about)
        if self.sort(name) is Sort.SUM:
            return yuan(value) if value else ""
        return str(value) if value else ""

    def _typed(self, name: str, field: Field) -> Any:
        if isinstance(field, DateTimeField):
            return field.instant()
        sort, value = self.sort(name), field.value()
        if sort is Sort.SUM:
            return parse_yuan(value) if value else 0
        if sort is Sort.COUNT:
            return _count(value)
        return value

    def _told(self, _value: object = None) -> None:
        self.edited.emit()


def _count(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UserInputError("order.count")
    return int(text)
