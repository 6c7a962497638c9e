"""What was answered to an order: the fields of the reply to its kind, checked while they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult, receiver
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_reply_check import (
    Fault,
    made_reply,
)
from desktop.ui.shared.orders.order_reply_fields import ReplyFields, is_broad
from desktop.ui.shared.orders.order_texts import kind_text, target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ReplyDialog(DialogFrame):
    """``answered(OrderReply)``; the caller records it and closes the dialog, or shows what went wrong.

    ``period``: from when till when a measure usually holds, for kinds that hold something. ``follow``: a reply that
    names a next tier may be recorded and the tier stopped in one go, ``followed(OrderReply)``. What came of the order
    is never chosen beforehand: no key pressed once too often may tell a victim that the money is safe.
    ``cells_text``: an answer as it was written elsewhere, shown to type from; ``reply``: what could be read of it.
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
        cells_text: str = "",
        reply: OrderReply | None = None,
    ) -> None:
        width = "dialog_width_form" if is_broad(view) else "dialog_width_wide"
        super().__init__(kit, parent, "order_reply.title", width=width)
        self.setObjectName("reply_dialog")
        self._view = view
        self._kind = view.order.kind
        self._tried = False
        self._has_reply = (reply or view.order.reply) is not None
        """Whether anybody said yet what came of the order."""
        self._follows = follow
        self._banner = Banner(kit, "reply_banner")
        self._result = _results(kit, self._kind)
        self._fields = ReplyFields(kit, view, period, self)
        self._lay_out(cells_text)
        self._fill(reply or view.order.reply)
        self._result.chosen.connect(self._result_chosen)
        self._fields.hops.added.connect(self._offer_follow)
        self._fields.committed.connect(self._check)
        self._result.chosen_button().setFocus()

    def fill_parts(self, parts: OrderReply) -> None:
        """Fill in what could be read of an answer; its result a person has to say."""
        organisation = parts.organisation or receiver(self._view.order)
        self._fields.fill(replace(parts, organisation=organisation))

    def show_error(self, error: Exception) -> None:
        """Recording failed; everything typed stays."""
        self._banner.show_error(error)

    def _lay_out(self, cells_text: str) -> None:
        kit, order = self.kit, self._view.order
        what = Label(kit, role="strong", wrap=True)
        key = "order_reply.what" if order.amount_fen else "order_reply.what_without"
        what.set_key(
            key,
            kind=kind_text(kit, self._view),
            target=target_text(order, revealed=True),
            amount=yuan(order.amount_fen),
        )
        self.body.addWidget(what)
        if cells_text:
            cells = Label(kit, ink="muted", wrap=True)
            cells.setObjectName("reply_told")
            cells.set_text(cells_text)
            self.body.addWidget(cells)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._result)
        lines = Column(kit, gap="space_s")
        for fields in self._fields.rows():
            row = Row(kit, gap="field_gap")
            for field in fields:
                row.addWidget(field, 1)
            lines.addLayout(row)
        self.body.addLayout(lines)
        if self._fields.traced:
            self.body.addWidget(self._fields.hops)
        self.body.addWidget(self._fields.remark)
        self._fields.put_by(self)
        self.add_button("shared.cancel", name="reply_cancel")
        self._follow = self.add_button(
            "order_reply.follow", name="reply_follow", closes=False, keys="Ctrl+Return", heard=True
        )
        self._follow.setVisible(False)
        self._follow.clicked.connect(self._give_and_follow)
        accept = self.add_button(
            "order_reply.accept", variant=Variant.PRIMARY, name="reply_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)

    def _fill(self, reply: OrderReply | None) -> None:
        self._fields.fill(reply)
        if reply is not None:
            self._result.set_value(reply.result.value)
            if reply.hops:
                self._offer_follow()
        self._allow()

    def _result_chosen(self, _value: str) -> None:
        amount, whole = self._fields.amount, yuan(self._view.order.amount_fen)
        typed_before, self._has_reply = not self._has_reply and bool(amount.value()), True
        if not self._is(ReplyResult.DONE):
            if amount.value() == whole:
                amount.set_value("")
        elif not typed_before:
            amount.set_value(whole)
        self._banner.clear()
        self._allow()
        self._check()

    def _allow(self) -> None:
        self._fields.allow(stopped=not self._is(ReplyResult.FAILED))

    def _is(self, result: ReplyResult) -> bool:
        return self._result.value() == result

    def _check(self) -> Sequence[Fault]:
        chosen = self._result.value()
        return self._fields.check(ReplyResult(chosen), tried=self._tried) if chosen else ()

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
            self._fields.go_to(blocking[0])
            return None
        return made_reply(
            self._fields.text(ReplyResult(self._result.value())),
            self._view.order,
            self.kit.ticks.now(),
        )


def _results(kit: Kit, kind: OrderKind) -> Segmented:
    """What can come of an order of this kind, none of it chosen."""
    options = [
        Option(item.value, key=f"order_reply.result.{item.value}")
        for item in ReplyResult
        if item is not ReplyResult.PARTIAL or SPECS[kind].in_part
    ]
    return Segmented(kit, options, "reply_result", "order_reply.results", open_choice=True)
