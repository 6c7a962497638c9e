"""What the bank answered to a stop order: the fields of its reply, checked while they are typed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.order import OrderReply, ReplyResult
from desktop.domain.views import OrderView
from desktop.ui.centre.reply_check import Fault, ReplyText, check_reply, made_reply
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.banner import Banner
from desktop.ui.shared.button import Variant
from desktop.ui.shared.card import Row
from desktop.ui.shared.datetime_field import DateTimeField
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.field import Field
from desktop.ui.shared.fields import LongTextField, TextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label
from desktop.ui.shared.line_edit import Option
from desktop.ui.shared.order_words import target_text
from desktop.ui.shared.segmented import Segmented
from desktop.ui.shared.theme import Tone


class ReplyDialog(DialogFrame):
    """``answered(OrderReply)``; the caller records it and closes the dialog, or shows what went wrong."""

    answered = Signal(object)

    def __init__(
        self, kit: Kit, parent: QWidget, view: OrderView, period: tuple[datetime, datetime]
    ) -> None:
        super().__init__(kit, parent, "centre.reply.title", wide=True)
        self.setObjectName("reply_dialog")
        self._view = view
        self._period = period
        self._tried = False
        self._banner = Banner(kit, "reply_banner")
        options = [Option(item.value, key=f"centre.result.{item.value}") for item in ReplyResult]
        self._result = Segmented(kit, options, "reply_result", "centre.reply.result")
        self._amount = TextField(kit, "reply_amount", "centre.reply.amount", digits=True)
        self._balance = TextField(kit, "reply_balance", "centre.reply.balance", digits=True)
        self._starts = DateTimeField(kit, "reply_starts", "centre.reply.starts")
        self._ends = DateTimeField(kit, "reply_ends", "centre.reply.ends")
        self._organisation = TextField(kit, "reply_organisation", "centre.reply.organisation")
        self._operator = TextField(kit, "reply_operator", "centre.reply.operator")
        self._remark = LongTextField(kit, "reply_remark", "centre.reply.remark", lines=2)
        self._fields: dict[str, Field] = {
            "amount": self._amount,
            "balance": self._balance,
            "starts": self._starts,
            "ends": self._ends,
            "organisation": self._organisation,
            "remark": self._remark,
        }
        self._lay_out()
        self._fill(view.order.reply)
        self._result.chosen.connect(self._result_chosen)
        for field in self._fields.values():
            field.committed.connect(self._check)
        self._amount.setFocus()

    def show_error(self, error: Exception) -> None:
        """Recording failed; everything typed stays."""
        self._banner.show_error(error)

    def _lay_out(self) -> None:
        kit = self.kit
        order = self._view.order
        what = Label(kit, role="strong", wrap=True)
        amount = yuan(order.amount_fen)
        what.set_key("centre.reply.what", target=target_text(order), amount=amount)
        self.body.addWidget(what)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._result)
        for pair in (
            (self._amount, self._balance),
            (self._starts, self._ends),
            (self._organisation, self._operator),
        ):
            row = Row(kit, gap="field_gap")
            for field in pair:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self._remark)
        self.add_button("shared.cancel", name="reply_cancel")
        accept = self.add_button(
            "centre.reply.accept", variant=Variant.PRIMARY, name="reply_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)

    def _fill(self, reply: OrderReply | None) -> None:
        order = self._view.order
        starts, ends = self._period
        if reply is None:
            self._result.set_value(ReplyResult.DONE.value)
            self._amount.set_value(yuan(order.amount_fen))
            self._organisation.set_value(order.payee.bank)
        else:
            self._result.set_value(reply.result.value)
            self._amount.set_value(yuan(reply.amount_fen) if reply.amount_fen else "")
            self._balance.set_value(yuan(reply.balance_fen) if reply.balance_fen else "")
            self._organisation.set_value(reply.organisation)
            self._operator.set_value(reply.operator)
            self._remark.set_value(reply.remark)
            starts, ends = reply.starts_at or starts, reply.ends_at or ends
        self._starts.set_instant(starts)
        self._ends.set_instant(ends)
        self._allow()

    def _result_chosen(self, _value: str) -> None:
        if self._is(ReplyResult.DONE):
            self._amount.set_value(yuan(self._view.order.amount_fen))
        elif self._amount.value() == yuan(self._view.order.amount_fen):
            self._amount.set_value("")
        self._allow()
        self._check()

    def _allow(self) -> None:
        """A stop that failed has neither amount nor period."""
        stopped = not self._is(ReplyResult.FAILED)
        for field in (self._amount, self._starts, self._ends):
            field.setEnabled(stopped)

    def _is(self, result: ReplyResult) -> bool:
        return self._result.value() == result.value

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
        )

    def _check(self, _value: str = "") -> tuple[Fault, ...]:
        """Say what is wrong beside each field. What is merely empty is not reproached before somebody tried."""
        faults = check_reply(self._text(), self._view.order.amount_fen)
        told = {fault.field: fault for fault in reversed(faults)}
        for name, field in self._fields.items():
            fault = told.get(name)
            if fault is None or not (self._tried or field.value()):
                field.clear_hint()
            else:
                tone = Tone.BAD if fault.blocks else Tone.WARN
                field.set_hint_key(tone, fault.key, **dict(fault.params))
        return faults

    def _give(self) -> None:
        self._tried = True
        blocking = [fault for fault in self._check() if fault.blocks]
        if blocking:
            self._fields[blocking[0].field].setFocus()
            return
        self.answered.emit(made_reply(self._text(), self.kit.ticks.now()))
