"""Everything a bank needs to act on an order, in the order of the stop form."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Channel
from desktop.domain.identifiers.money.masked_number import group_account
from desktop.domain.masking import masked_text
from desktop.domain.money.amounts import capitals
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import Order, OrderKind, terms_from_fields
from desktop.domain.records.fields import Json, number, text
from desktop.domain.time.clock import from_wire
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_term_texts import term_lines
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label

_DIGITS = frozenset({"payee_account", "payer_account", "order_number", "serial", "number", "about"})


def copy_elements(kit: Kit, page: QWidget, elements: tuple[Element, ...]) -> None:
    """Put them on the clipboard, one a line, for the bank's own system, and say so on ``page``."""
    QGuiApplication.clipboard().setText(as_text(kit, elements))
    toast(kit, page, "centre.copied")


class ElementList(QWidget):
    """Shows other elements as often as it is told."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_xs"))
        self._grid.setColumnStretch(1, 1)
        self._pool: list[tuple[Label, Label]] = []

    def show_elements(self, elements: tuple[Element, ...]) -> None:
        """Show ``elements``; labels are used again."""
        while len(self._pool) < len(elements):
            self._pool.append(self._make(len(self._pool)))
        for place, (name, value) in enumerate(self._pool):
            shown = place < len(elements)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                self._fill(name, value, elements[place])

    def _make(self, row: int) -> tuple[Label, Label]:
        name = Label(self._kit, ink="muted", parent=self)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        value = Label(self._kit, wrap=True, parent=self)
        # May shrink to one line, else the scroll area reserves room for lines that are not needed.
        value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        return name, value

    def _fill(self, name: Label, value: Label, element: Element) -> None:
        key, text = element
        name.set_key(element_key(key))
        value.setObjectName(f"element_{key.rpartition('.')[2]}")
        value.setFont(self._kit.theme.font("digits" if key in _DIGITS else "body"))
        value.set_text(text)
        self._kit.texts.bind(value.setAccessibleName, element_key(key))


Element = tuple[str, str]
"""(catalogue key, value); a key without a dot stands below ``centre.element``."""


def element_key(name: str) -> str:
    """The whole catalogue key."""
    return name if "." in name else f"centre.element.{name}"


def order_elements(kit: Kit, view: OrderView, *, revealed: bool) -> tuple[Element, ...]:
    """The elements of an order; empty ones are left out. Unless ``revealed``, numbers of persons are masked."""
    order = view.order
    fields = {**order.to_fields(view.case), "case_number": view.case_number}
    fields |= {"victim.name": view.victim, "kind": order.kind.value}
    return elements_of(kit, fields, revealed=revealed)


def elements_of(
    kit: Kit, fields: Mapping[str, Json], *, revealed: bool = True
) -> tuple[Element, ...]:
    """The same from journal fields, such as those of an urgent slip."""
    free = str if revealed else masked_text
    found = (
        ("number", text(fields, "number")),
        ("about", free(text(fields, "terms.raw") or text(fields, "terms.about"))),
        ("payee_name", text(fields, "payee.name")),
        ("payee_account", group_account(text(fields, "payee.account"))),
        ("payee_bank", text(fields, "payee.bank")),
        ("amount", _amount(kit, number(fields, "amount_fen"))),
        ("time", _time(kit, text(fields, "transfer_time"))),
        ("channel", _channel(kit, text(fields, "channel"))),
        ("order_number", text(fields, "order_number")),
        ("serial", text(fields, "serial")),
        ("payer_name", text(fields, "payer.name")),
        ("payer_account", group_account(text(fields, "payer.account"))),
        ("payer_bank", text(fields, "payer.bank")),
        ("victim", text(fields, "victim.name")),
        ("case_number", text(fields, "case_number")),
        ("reason", free(text(fields, "reason"))),
        ("unit", text(fields, "unit_name")),
        ("officer", _officer(fields)),
        ("second_officer", text(fields, "second_officer")),
        ("issued_at", _time(kit, text(fields, "issued_at"))),
    )
    filled = [(name, value) for name, value in found if value]
    return (*filled, *_terms(kit, fields, revealed=revealed), *_approval(kit, fields))


def _terms(kit: Kit, fields: Mapping[str, Json], *, revealed: bool) -> tuple[Element, ...]:
    """What the kind says beside the payment; nothing for a kind of a newer program."""
    kind = text(fields, "kind")
    if kind not in set(OrderKind):
        return ()
    return term_lines(kit, OrderKind(kind), terms_from_fields(fields), revealed=revealed)


def _approval(kit: Kit, fields: Mapping[str, Json]) -> tuple[Element, ...]:
    """Who is to act and who approved."""
    found = (
        ("addressee", text(fields, "addressee")),
        ("approved_by", text(fields, "approval.by")),
        ("approval_number", text(fields, "approval.number")),
        ("approved_at", _time(kit, text(fields, "approval.at"))),
    )
    return tuple((name, value) for name, value in found if value)


def as_text(kit: Kit, elements: tuple[Element, ...]) -> str:
    """One element a line, for the bank's own system."""
    texts = kit.texts
    return "\n".join(
        texts.text("centre.element_line", name=texts.text(element_key(name)), value=value)
        for name, value in elements
    )


def missing(order: Order) -> tuple[str, ...]:
    """Elements without which a bank must not stop: a name, a number (or an order number), an amount, a time."""
    if order.kind not in STOPS:
        return ()
    lacks = []
    if not order.payee.name:
        lacks.append("payee_name")
    if not order.payee.number and not order.order_number:
        lacks.append("payee_account")
    if not order.amount_fen:
        lacks.append("amount")
    if order.transfer_time is None:
        lacks.append("time")
    return tuple(lacks)


def _amount(kit: Kit, fen: int) -> str:
    return kit.texts.text("centre.money", yuan=yuan(fen), capitals=capitals(fen)) if fen else ""


def _time(kit: Kit, wire: str) -> str:
    return show_local(from_wire(wire), kit.zone) if wire else ""


def _channel(kit: Kit, value: str) -> str:
    known = {channel.value for channel in Channel}
    return kit.texts.text(f"centre.channel.{value}") if value in known else value


def _officer(fields: Mapping[str, Json]) -> str:
    parts = (text(fields, "operator_name"), text(fields, "issued_by"))
    return " ".join(part for part in parts if part)
