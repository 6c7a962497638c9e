"""The fields a reply to an order is typed into, by the kind of the order, and the text that stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS, OrderTarget
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult, receiver
from desktop.domain.orders.reply import NextHop
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_reply_check import (
    FAILURES,
    SUMS,
    Fault,
    HopText,
    ReplyText,
    check_reply,
)
from desktop.ui.shared.orders.order_reply_facts import FactFields, fact_names
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import Label

_MOST_SEEN = 2


class _HopRow(QWidget):
    """Account, name, bank, amount, time."""

    def __init__(self, kit: Kit, number: int) -> None:
        super().__init__()
        row = Row(kit, self, gap="field_gap")
        self.account = TextField(
            kit, f"hop_account_{number}", "order_reply.hop.account", digits=True
        )
        self.name = TextField(kit, f"hop_name_{number}", "order_reply.hop.name")
        self.bank = TextField(kit, f"hop_bank_{number}", "order_reply.hop.bank")
        self.amount = TextField(kit, f"hop_amount_{number}", "order_reply.hop.amount", digits=True)
        self.time = DateTimeField(kit, f"hop_time_{number}", "order_reply.hop.time")
        for field, share in (
            (self.account, 9), (self.name, 8), (self.bank, 8), (self.amount, 5), (self.time, 8),
        ):  # fmt: skip
            row.addWidget(field, share)

    def text(self) -> HopText:
        """What was typed."""
        return HopText(
            self.name.value(),
            self.account.value(),
            self.bank.value(),
            self.amount.value(),
            self.time.instant(),
        )

    def fill(self, hop: NextHop) -> None:
        """Show a hop that is known."""
        self.account.set_value(hop.account)
        self.name.set_value(hop.name)
        self.bank.set_value(hop.bank)
        self.amount.set_value(yuan(hop.amount_fen) if hop.amount_fen else "")
        self.time.set_instant(hop.time)


class HopRows(QWidget):
    """None at first; ``added`` when a row came."""

    added = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._rows: list[_HopRow] = []
        inner = QWidget()
        self._column = Column(kit, inner, gap="space_s")
        self._scroll = ScrollArea(kit, inner)
        self._scroll.hide()
        column = Column(kit, self, gap="space_s")
        column.addWidget(self._scroll)
        self._hint = Label(kit, ink="red", wrap=True)
        self._hint.setObjectName("hop_hint")
        self._hint.hide()
        self._more = Button(
            kit, "order_reply.hop.add", icon="add", size=Size.COMPACT, name="hop_add"
        )
        self._more.clicked.connect(self._add_one)
        line = Row(kit)
        line.addWidget(self._more)
        line.addWidget(self._hint, 1)
        column.addLayout(line)

    def fill(self, hops: tuple[NextHop, ...]) -> None:
        """Show hops that are known."""
        for hop in hops:
            self._add().fill(hop)

    def texts(self) -> tuple[HopText, ...]:
        """Rows in which something was typed."""
        found = (row.text() for row in self._rows)
        return tuple(hop for hop in found if hop != HopText("", "", "", ""))

    def show_fault(self, key: str) -> None:
        """Say what is wrong with one of the rows; "" for nothing."""
        self._hint.setVisible(bool(key))
        if key:
            self._hint.set_key(key)

    def focus_first(self) -> None:
        """The keyboard to the first row."""
        if self._rows:
            self._rows[0].account.setFocus()

    def _add(self) -> _HopRow:
        row = _HopRow(self._kit, len(self._rows) + 1)
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        self._make_room(row)
        return row

    def _make_room(self, row: _HopRow) -> None:
        """A few rows stand open; a bank that names ten accounts must not push the buttons off the screen."""
        gap = self._kit.theme.space("space_s")
        shown = min(len(self._rows), _MOST_SEEN)
        self._scroll.setFixedHeight(shown * (row.sizeHint().height() + gap))
        self._scroll.show()

    def _add_one(self) -> None:
        row = self._add()
        row.account.setFocus()
        QTimer.singleShot(0, row, partial(self._scroll.ensureWidgetVisible, row))
        self.added.emit()


def failure_options(view: OrderView) -> list[Option]:
    """No technical cause, those with words, and one of another platform that was recorded before."""
    known = view.order.reply.failure if view.order.reply is not None else ""
    other = [Option(known, text=known)] if known and known not in FAILURES else []
    named = [Option(code, key=f"order_reply.failure_is.{code}") for code in FAILURES]
    return [Option("", key="order_reply.failure_is.none"), *named, *other]


_TRACED: Final = frozenset({*STOPS, *FREEZES, OrderKind.QUERY_DETAILS, OrderKind.WATCH})
"""Kinds whose reply may say where the money went on."""
_A_ROW: Final = 3
_A_BROAD_ROW: Final = 4
_MANY_FACTS: Final = 5
"""From so many facts on the form is broad; it is too where accounts of a next tier stand side by side."""


def many_facts(view: OrderView) -> bool:
    """Whether a reply to this order may tell more than a few things beside its result."""
    return len(fact_names(view.order)) >= _MANY_FACTS


def is_broad(view: OrderView) -> bool:
    """Whether the form needs a broad dialog."""
    return many_facts(view) or view.order.kind in _TRACED


class ReplyFields(QObject):
    """Fields are laid out by ``rows``; those a kind has no use for stay hidden in ``owner``.

    ``period``: from when till when a measure usually holds. ``committed`` when the person is done with a field.
    """

    committed = Signal()

    def __init__(
        self, kit: Kit, view: OrderView, period: tuple[datetime, datetime], owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._view = view
        self._kind = view.order.kind
        self._period = period
        self.amount = TextField(kit, "reply_amount", "order_reply.amount", digits=True)
        self._balance = TextField(kit, "reply_balance", "order_reply.balance", digits=True)
        self._starts = DateTimeField(kit, "reply_starts", "order_reply.starts")
        self._ends = DateTimeField(kit, "reply_ends", "order_reply.ends", ahead=True)
        self._organisation = TextField(kit, "reply_organisation", "order_reply.organisation")
        self._operator = TextField(kit, "reply_operator", "order_reply.operator")
        self.remark = LongTextField(kit, "reply_remark", "order_reply.remark", lines=2)
        if many_facts(view):
            self.remark.text.setFixedHeight(kit.theme.space("control"))
        self.hops = HopRows(kit)
        self._failure = ComboField(
            kit, "reply_failure", "ordering.field.failure", failure_options(view)
        )
        self._facts = FactFields(kit, view.order, owner)
        self._named: Mapping[str, Field] = {
            "amount": self.amount,
            "balance": self._balance,
            "starts": self._starts,
            "ends": self._ends,
            "organisation": self._organisation,
            "remark": self.remark,
            **self._facts.fields,
        }
        for field in (*self._named.values(), self._failure):
            field.committed.connect(self._changed)

    @property
    def traced(self) -> bool:
        """Whether the reply may say where the money went on."""
        return self._kind in _TRACED

    def rows(self) -> tuple[tuple[Field, ...], ...]:
        """The fields of this kind, in lines."""
        sums: tuple[Field, ...] = ()
        if self._kind in SUMS:
            sums = (self.amount, self._balance)
        elif SPECS[self._kind].target is OrderTarget.PAYMENT and not SPECS[self._kind].ends:
            sums = (self._balance,)
        period = (self._starts, self._ends) if SPECS[self._kind].holds else ()
        answered_by = (self._organisation, self._operator, self._failure)
        if is_broad(self._view):
            return ((*sums, *period), *self._facts.rows(_A_BROAD_ROW), answered_by)
        rows = (sums, period, *self._facts.rows(_A_ROW), answered_by)
        return tuple(row for row in rows if row)

    def put_by(self, owner: QWidget) -> None:
        """Hide in ``owner`` what this kind has no use for."""
        shown = {field for row in self.rows() for field in row}
        idle: list[QWidget] = [
            field
            for field in (self.amount, self._balance, self._starts, self._ends)
            if field not in shown
        ]
        if not self.traced:
            idle.append(self.hops)
        for widget in idle:
            widget.setParent(owner)
            widget.hide()

    def fill(self, reply: OrderReply | None) -> None:
        """Show what was answered; before that, who probably will and how long it usually holds."""
        starts, ends = self._period
        if reply is None:
            self._organisation.set_value(receiver(self._view.order))
        else:
            self.amount.set_value(yuan(reply.amount_fen) if reply.amount_fen else "")
            balance = reply.known_balance
            self._balance.set_value(yuan(balance) if balance is not None else "")
            self._organisation.set_value(reply.organisation)
            self._operator.set_value(reply.operator)
            self.remark.set_value(reply.remark)
            self.hops.fill(reply.hops)
            starts, ends = reply.starts_at or starts, reply.ends_at or ends
            self._facts.fill(reply)
            self._failure.set_value(reply.failure)
        self._starts.set_instant(starts)
        self._ends.set_instant(ends)

    def allow(self, *, stopped: bool) -> None:
        """What failed has neither amount nor period."""
        for field in (self.amount, self._starts, self._ends):
            field.setEnabled(stopped)
        set_shown(self._failure, shown=not stopped)

    def text(self, result: ReplyResult) -> ReplyText:
        """What stands in the fields."""
        return ReplyText(
            result=result,
            amount=self.amount.value(),
            balance=self._balance.value(),
            starts_at=self._starts.instant(),
            ends_at=self._ends.instant(),
            organisation=self._organisation.value(),
            operator=self._operator.value(),
            remark=self.remark.value(),
            account=self._facts.account(),
            line=self._facts.line(),
            hops=self.hops.texts(),
            failure=self._failure.value(),
        )

    def check(self, result: ReplyResult, *, tried: bool) -> Sequence[Fault]:
        """Say what is wrong beside each field. What is merely empty is not reproached before somebody ``tried``."""
        faults = (*self._facts.faults(), *check_reply(self.text(result), self._view.order))
        by_field = {fault.field: fault for fault in reversed(faults)}
        for name, field in self._named.items():
            fault = by_field.get(name)
            if fault is None or not (tried or field.value()):
                field.clear_hint()
            else:
                field.set_hint_key(_tone(fault), fault.key, **dict(fault.params))
        hops = by_field.get("hops")
        self.hops.show_fault(hops.key if hops else "")
        return faults

    def go_to(self, fault: Fault) -> None:
        """Put the keyboard where it can be mended."""
        field = self._named.get(fault.field)
        if field is not None:
            field.setFocus()
        else:
            self.hops.focus_first()

    def _changed(self, _value: str) -> None:
        self.committed.emit()


def _tone(fault: Fault) -> Tone:
    return Tone.BAD if fault.blocks else Tone.WARN
