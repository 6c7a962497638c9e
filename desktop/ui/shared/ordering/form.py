"""The form of one kind of order: what its terms hold, who is to act, why, and who approved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.amounts import parse_yuan
from desktop.domain.errors import UserInputError
from desktop.domain.order_approval import Approval, Level
from desktop.domain.order_evidence import EvidenceTerms
from desktop.domain.order_kinds import SPECS
from desktop.services.order_request import OrderRequest
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.card import Column, Row
from desktop.ui.shared.check_box import CheckBox
from desktop.ui.shared.datetime_field import DateTimeField
from desktop.ui.shared.field import Field
from desktop.ui.shared.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.line_edit import Option
from desktop.ui.shared.order_term_fields import (
    Sort,
    choices_of,
    names_of,
    read,
    sort_of,
    word,
    written,
)

_A_ROW = 3
_AHEAD = frozenset({"query.reply_by", "expires_at", "due_at"})
"""Times that are still to come."""
_AT_INSTITUTION = frozenset({"addressing", "pos_serial", "merchant"})
"""How a payment institution finds the money; a bank goes by the account."""
_DIGITS = frozenset({"holder_id_number", "victim_number", "original_application", "pos_serial"})


class OrderForm(QWidget):
    """Filled from the first of the requests; what is typed goes for all of them.

    ``edited`` with every key. Fields carry the names of the problems they can have.
    """

    edited = Signal()

    def __init__(self, kit: Kit, requests: tuple[OrderRequest, ...]) -> None:
        super().__init__()
        self._kit = kit
        self._first = requests[0]
        self._requests = requests
        family = type(self._first.terms)
        self._fields: dict[str, Field] = {}
        self._ticks: dict[str, CheckBox] = {}
        for name in self._names():
            if sort_of(family, name) is Sort.TICK:
                self._ticks[name] = CheckBox(
                    kit, f"order_terms.{word(name)}", name=f"order_{word(name)}"
                )
            else:
                self._fields[name] = self._made(name)
        self.addressee = TextField(kit, "order_addressee", "ordering.addressee")
        self.second = TextField(kit, "order_second", "ordering.second", digits=True)
        self.reason = LongTextField(kit, "order_reason", "ordering.reason", lines=2)
        self.by = TextField(kit, "order_by", "ordering.approved_by")
        self.paper = TextField(kit, "order_paper", "ordering.approval_number")
        self._lay_out()
        self._fill()
        for field in (*self._fields.values(), self.addressee, self.second, self.reason, self.by):
            field.edited.connect(self._told)
        for tick in self._ticks.values():
            tick.toggled.connect(self._told)

    def requests(self) -> tuple[OrderRequest, ...]:
        """The requests with what was typed.

        Raises:
            UserInputError: an amount or a number that cannot be read.
        """
        return tuple(self._one(request) for request in self._requests)

    def field_of(self, path: str) -> Field | None:
        """The field a problem is about."""
        name = path.removeprefix("order.")
        named = {"addressee": self.addressee, "approval": self.by, "second": self.second}
        if name in named:
            return named[name]
        return next((field for key, field in self._fields.items() if _short(key) == name), None)

    def fields(self) -> tuple[Field, ...]:
        """All of them, in the order of the keyboard."""
        return (*self._fields.values(), self.addressee, self.second, self.by, self.paper)

    def focus_first(self) -> None:
        """The keyboard to the first field, or the reason where there is none."""
        first = next(iter(self._fields.values()), self.reason)
        first.setFocus()

    def _names(self) -> tuple[str, ...]:
        """What is asked of several payments at once is only what they share: sums and keys stay their own."""
        names = names_of(self._first.kind)
        if not self._first.money.institution:
            names = tuple(name for name in names if name not in _AT_INSTITUTION)
        if len(self._requests) == 1:
            return names
        own = {"freeze.amount_fen", "addressing", "pos_serial", "merchant", "query.from_at"}
        return tuple(name for name in names if name not in own | {"original_application"})

    def _made(self, name: str) -> Field:
        kit, label, own = self._kit, f"order_terms.{word(name)}", f"order_{word(name)}"
        sort = sort_of(type(self._first.terms), name)
        if sort is Sort.TIME:
            return DateTimeField(kit, own, label, ahead=name in _AHEAD)
        if sort is Sort.LONG:
            return LongTextField(kit, own, label, lines=2)
        if sort is Sort.CHOICE:
            return ComboField(kit, own, label, self._options(name))
        return TextField(kit, own, label, digits=name in _DIGITS or sort in {Sort.SUM, Sort.COUNT})

    def _options(self, name: str) -> list[Option]:
        start = f"order_terms.{word(name)}_is"
        values = choices_of(type(self._first.terms), name)
        return [
            Option(value, key=f"{start}.{value}") if value else Option("", key="ordering.unsaid")
            for value in values
        ]

    def _lay_out(self) -> None:
        column = Column(self._kit, self, gap="space_s")
        family = type(self._first.terms)
        long = [field for name, field in self._fields.items() if sort_of(family, name) is Sort.LONG]
        for row in self._rows([field for field in self._fields.values() if field not in long]):
            self._row(column, row)
        for field in (self.addressee, self.by, self.paper):
            if field.parent() is None:
                field.setParent(self)
                field.hide()
        for widget in long:
            column.addWidget(widget)
        if self._ticks:
            self._row(column, [*self._ticks.values()], stretch=True)
        column.addWidget(self.reason)

    def _rows(self, short: list[Field]) -> list[list[Field]]:
        """Who holds evidence is to hand it over, and several payments go each to its own bank: nobody else is asked."""
        if not isinstance(self._first.terms, EvidenceTerms) and len(self._requests) == 1:
            short = [*short, self.addressee]
        last: list[Field] = [self.second]
        if SPECS[self._first.kind].level is not Level.NONE:
            last += [self.by, self.paper]
        else:
            short, last = [*short, self.second], []
        rows = [short[place : place + _A_ROW] for place in range(0, len(short), _A_ROW)]
        return [*rows, last] if last else rows

    def _row(self, column: Column, widgets: Sequence[QWidget], *, stretch: bool = False) -> None:
        row = Row(self._kit, gap="field_gap")
        for widget in widgets:
            row.addWidget(widget, 0 if stretch else 1)
        if stretch:
            row.addStretch(1)
        column.addLayout(row)

    def _fill(self) -> None:
        request = self._first
        for name, tick in self._ticks.items():
            tick.setChecked(bool(read(request.terms, name)))
        for name, field in self._fields.items():
            value = read(request.terms, name)
            if isinstance(field, DateTimeField):
                field.set_instant(value)
            else:
                field.set_value(self._shown(name, value))
        self.addressee.set_value(request.addressee)
        self.reason.set_value(request.reason)

    def _shown(self, name: str, value: Any) -> str:
        sort = sort_of(type(self._first.terms), name)
        terms = self._first.terms
        if name == "wanted" and not value and isinstance(terms, EvidenceTerms):
            return self._kit.words.text("ordering.wanted", value=terms.about)
        if sort is Sort.SUM:
            return yuan(value) if value else ""
        if sort is Sort.COUNT:
            return str(value) if value else ""
        return str(value) if value else ""

    def _one(self, request: OrderRequest) -> OrderRequest:
        terms = request.terms
        for name, tick in self._ticks.items():
            terms = written(terms, name, tick.isChecked())
        for name, field in self._fields.items():
            terms = written(terms, name, self._typed(name, field))
        alone = len(self._requests) == 1
        addressee = self.addressee.value() if alone else request.addressee
        if isinstance(terms, EvidenceTerms):
            addressee = terms.holder
        return replace(
            request,
            terms=terms,
            addressee=addressee,
            reason=self.reason.value(),
            second_officer=self.second.value(),
            approval=self._approval(),
        )

    def _approval(self) -> Approval:
        """Given already when somebody is named; else the order waits for it."""
        if not self.by.value():
            return Approval()
        return Approval(self.by.value(), self.paper.value(), self._kit.ticks.now())

    def _typed(self, name: str, field: Field) -> Any:
        if isinstance(field, DateTimeField):
            return field.instant()
        sort, value = sort_of(type(self._first.terms), name), field.value()
        if sort is Sort.SUM:
            return parse_yuan(value) if value else 0
        if sort is Sort.COUNT:
            return _count(value)
        return value

    def _told(self, _value: object = None) -> None:
        self.edited.emit()


def _short(name: str) -> str:
    """The field of a problem: ``freeze_amount`` for ``freeze.amount_fen``, else the last part."""
    special = {"freeze.amount_fen": "freeze_amount", "holder_id_number": "holder_id"}
    return special.get(name, name.rpartition(".")[2])


def _count(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UserInputError("order.count")
    return int(text)
