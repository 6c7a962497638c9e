"""What was answered to an order: the fields of the reply to its kind, checked while they are typed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.order_kinds import FREEZES, SPECS, STOPS, Target
from desktop.domain.order_target import receiver
from desktop.domain.views import OrderView
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_hop_rows import HopRows
from desktop.ui.shared.orders.order_reply_check import (
    SUMS,
    Fault,
    ReplyText,
    check_reply,
    made_reply,
)
from desktop.ui.shared.orders.order_reply_facts import FactFields, fact_names
from desktop.ui.shared.orders.order_reply_failures import failure_options
from desktop.ui.shared.orders.order_words import kind_text, target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.field import Field
from desktop.ui.shared.widgets.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.segmented import Segmented

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TRACED: Final = frozenset({*STOPS, *FREEZES, OrderKind.QUERY_DETAILS, OrderKind.WATCH})
"""Kinds whose reply may say where the money went on."""
_A_ROW: Final = 3
_A_BROAD_ROW: Final = 4
_MANY_FACTS: Final = 5
"""From so many facts on the dialog is broad; it is too where accounts of a next tier stand side by side."""


class ReplyDialog(DialogFrame):
    """``answered(OrderReply)``; the caller records it and closes the dialog, or shows what went wrong.

    ``period``: from when till when a measure usually holds, for kinds that hold something. ``follow``: a reply that
    names a next tier may be recorded and the tier stopped in one go, ``followed(OrderReply)``. What came of the order
    is never chosen beforehand: no key pressed once too often may tell a victim that the money is safe.
    ``told``: an answer as it was written elsewhere, shown to type from; ``said``: what could be read of it.
    """

    answered = Signal(object)
    followed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        view: OrderView,
        period: tuple[datetime, datetime],
        *,
        follow: bool = False,
        told: str = "",
        said: OrderReply | None = None,
    ) -> None:
        many = len(fact_names(view.order)) >= _MANY_FACTS
        self._broad = many or view.order.kind in _TRACED
        width = "dialog_width_form" if self._broad else "dialog_width_wide"
        super().__init__(kit, parent, "order_reply.title", width=width)
        self.setObjectName("reply_dialog")
        self._view = view
        self._kind = view.order.kind
        self._period = period
        self._tried = False
        self._said = (said or view.order.reply) is not None
        """Whether anybody said yet what came of the order."""
        self._follows = follow
        self._banner = Banner(kit, "reply_banner")
        self._result = _results(kit, self._kind)
        self._amount = TextField(kit, "reply_amount", "order_reply.amount", digits=True)
        self._balance = TextField(kit, "reply_balance", "order_reply.balance", digits=True)
        self._starts = DateTimeField(kit, "reply_starts", "order_reply.starts")
        self._ends = DateTimeField(kit, "reply_ends", "order_reply.ends", ahead=True)
        self._organisation = TextField(kit, "reply_organisation", "order_reply.organisation")
        self._operator = TextField(kit, "reply_operator", "order_reply.operator")
        self._remark = LongTextField(kit, "reply_remark", "order_reply.remark", lines=2)
        if many:
            self._remark.text.setFixedHeight(kit.theme.space("control"))
        self._hops = HopRows(kit)
        self._failure = ComboField(
            kit, "reply_failure", "ordering.field.failure", failure_options(view)
        )
        self._fields: dict[str, Field] = {
            "amount": self._amount,
            "balance": self._balance,
            "starts": self._starts,
            "ends": self._ends,
            "organisation": self._organisation,
            "remark": self._remark,
        }
        self._facts = FactFields(kit, view.order, self)
        self._fields |= self._facts.fields
        self._lay_out(told)
        self._fill(said or view.order.reply)
        self._result.chosen.connect(self._result_chosen)
        self._hops.added.connect(self._offer_follow)
        for field in (*self._fields.values(), self._failure):
            field.committed.connect(self._check)
        self._result.chosen_button().setFocus()

    def show_error(self, error: Exception) -> None:
        """Recording failed; everything typed stays."""
        self._banner.show_error(error)

    def _rows(self) -> tuple[tuple[Field, ...], ...]:
        """The fields of this kind, in lines."""
        sums: tuple[Field, ...] = ()
        if self._kind in SUMS:
            sums = (self._amount, self._balance)
        elif SPECS[self._kind].target is Target.PAYMENT and not SPECS[self._kind].ends:
            sums = (self._balance,)
        period = (self._starts, self._ends) if SPECS[self._kind].holds else ()
        told = (self._organisation, self._operator, self._failure)
        if self._broad:
            return ((*sums, *period), *self._facts.rows(_A_BROAD_ROW), told)
        rows = (sums, period, *self._facts.rows(_A_ROW), told)
        return tuple(row for row in rows if row)

    def _lay_out(self, told: str) -> None:
        kit, order = self.kit, self._view.order
        what = Label(kit, role="strong", wrap=True)
        key = "order_reply.what" if order.amount_fen else "order_reply.what_without"
        what.set_key(
            key,
            kind=kind_text(kit, order),
            target=target_text(order, whole=True),
            amount=yuan(order.amount_fen),
        )
        self.body.addWidget(what)
        if told:
            cells = Label(kit, ink="muted", wrap=True)
            cells.setObjectName("reply_told")
            cells.set_text(told)
            self.body.addWidget(cells)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._result)
        shown: set[Field] = set()
        lines = Column(kit, gap="space_s")
        for fields in self._rows():
            row = Row(kit, gap="field_gap")
            for field in fields:
                row.addWidget(field, 1)
            lines.addLayout(row)
            shown.update(fields)
        self.body.addLayout(lines)
        for field in (self._amount, self._balance, self._starts, self._ends):
            if field not in shown:
                field.setParent(self)
                field.hide()
        if self._kind in _TRACED:
            self.body.addWidget(self._hops)
        else:
            self._hops.setParent(self)
            self._hops.hide()
        self.body.addWidget(self._remark)
        self.add_button("shared.cancel", name="reply_cancel")
        self._follow = self.add_button(
            "order_reply.follow", name="reply_follow", closes=False, keys="Ctrl+Return"
        )
        self._follow.setVisible(False)
        self._follow.clicked.connect(self._give_and_follow)
        accept = self.add_button(
            "order_reply.accept", variant=Variant.PRIMARY, name="reply_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)

    def _fill(self, reply: OrderReply | None) -> None:
        order = self._view.order
        starts, ends = self._period
        if reply is None:
            self._organisation.set_value(receiver(order))
        else:
            self._result.set_value(reply.result.value)
            self._amount.set_value(yuan(reply.amount_fen) if reply.amount_fen else "")
            self._balance.set_value(yuan(reply.balance_fen) if reply.balance_fen else "")
            self._organisation.set_value(reply.organisation)
            self._operator.set_value(reply.operator)
            self._remark.set_value(reply.remark)
            self._hops.fill(reply.hops)
            if reply.hops:
                self._offer_follow()
            starts, ends = reply.starts_at or starts, reply.ends_at or ends
            self._facts.fill(reply)
            self._failure.set_value(reply.failure)
        self._starts.set_instant(starts)
        self._ends.set_instant(ends)
        self._allow()

    def _result_chosen(self, _value: str) -> None:
        typed_before, self._said = not self._said and bool(self._amount.value()), True
        if self._is(ReplyResult.DONE) and not typed_before:
            self._amount.set_value(yuan(self._view.order.amount_fen))
        elif self._amount.value() == yuan(self._view.order.amount_fen):
            self._amount.set_value("")
        self._banner.clear()
        self._allow()
        self._check()

    def _allow(self) -> None:
        """What failed has neither amount nor period."""
        stopped = not self._is(ReplyResult.FAILED)
        for field in (self._amount, self._starts, self._ends):
            field.setEnabled(stopped)
        set_shown(self._failure, shown=not stopped)

    def _is(self, result: ReplyResult) -> bool:
        return self._result.value() == result

    def _text(self) -> ReplyText:
        return ReplyText(
            result=ReplyResult(self._result.value()),
            amount=self._amount.value(),
            balance=self._balance.value(),
            starts_at=self._starts.instant(),
            ends_at=self._ends.instant(),
            organisation=self._organisation.value(),
            operator=self._operator.value(),
            remark=self._remark.value(),
            account=self._facts.account(),
            line=self._facts.line(),
            hops=self._hops.texts(),
            failure=self._failure.value(),
        )

    def _check(self, _value: str = "") -> tuple[Fault, ...]:
        """Say what is wrong beside each field. What is merely empty is not reproached before somebody tried."""
        if not self._result.value():
            return ()
        faults = (*self._facts.faults(), *check_reply(self._text(), self._view.order))
        told = {fault.field: fault for fault in reversed(faults)}
        for name, field in self._fields.items():
            fault = told.get(name)
            if fault is None or not (self._tried or field.value()):
                field.clear_hint()
            else:
                field.set_hint_key(_tone(fault), fault.key, **dict(fault.params))
        hops = told.get("hops")
        self._hops.show_fault(hops.key if hops else "", Tone.BAD)
        return faults

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter records and goes on to the next tier."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in _ENTER and self._follow.isVisible():
            self._give_and_follow()
        else:
            super().keyPressEvent(event)

    def _offer_follow(self) -> None:
        self._follow.setVisible(self._follows)

    def _give(self) -> None:
        made = self._made()
        if made is not None:
            self.answered.emit(made)

    def _give_and_follow(self) -> None:
        made = self._made()
        if made is not None:
            (self.followed if made.hops else self.answered).emit(made)

    def _made(self) -> OrderReply | None:
        """The reply; None with the keyboard on what keeps it back."""
        if not self._result.value():
            self._banner.show_key(Tone.WARN, "order_reply.choose")
            self._result.chosen_button().setFocus()
            return None
        self._tried = True
        blocking = [fault for fault in self._check() if fault.blocks]
        if blocking:
            field = self._fields.get(blocking[0].field)
            if field is not None:
                field.setFocus()
            else:
                self._hops.focus_first()
            return None
        return made_reply(self._text(), self._view.order, self.kit.ticks.now())


def _results(kit: Kit, kind: OrderKind) -> Segmented:
    """What can come of an order of this kind, none of it chosen."""
    options = [
        Option(item.value, key=f"order_reply.result.{item.value}")
        for item in ReplyResult
        if item is not ReplyResult.PARTIAL or SPECS[kind].in_part
    ]
    return Segmented(kit, options, "reply_result", "order_reply.results", open_choice=True)


def _tone(fault: Fault) -> Tone:
    return Tone.BAD if fault.blocks else Tone.WARN
