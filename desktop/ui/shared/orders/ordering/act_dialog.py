"""What can be done next with an order; only what its state and the rules allow is offered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.machine import REPLIES, OrderStep
from desktop.domain.orders.order import OrderKind
from desktop.services.orders.order_options import Options
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import alone_text, kind_text, state_text, target_text
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.column_keys import move_focus
from desktop.ui.shared.widgets.texts.label import Label

REPLY, NUMBER, SHEET, CONFIRM = "reply", "number", "sheet", "confirm"
_REPLIES = frozenset(REPLIES.values())
_DANGER = frozenset({OrderStep.WITHDRAW, OrderStep.REFUSE, OrderStep.CALL_OFF})


@dataclass(frozen=True, slots=True)
class Act:
    """One button. ``name``: a step's value, ``confirm``, ``reply``, ``number`` or ``sheet``; ``kind``: an order that
    follows."""

    name: str
    kind: OrderKind | None = None
    hop: int = -1
    """The next-tier account the order is about."""


def acts_of(options: Options) -> tuple[Act, ...]:
    """The most usual first."""
    steps = set(options.steps)
    acts = [Act(CONFIRM)] if options.confirm else []
    acts += [Act(step.value) for step in (OrderStep.APPROVE, OrderStep.REFUSE) if step in steps]
    if steps & _REPLIES:
        acts.append(Act(REPLY))
    acts += [Act("hop", OrderKind.STOP, place) for place in options.hops]
    acts += [Act("order", kind) for kind in options.follow_ups]
    acts += [Act(NUMBER)] if options.numbered else []
    acts += [Act(SHEET)] if options.out else []
    acts += [Act(s.value) for s in (OrderStep.CALL_OFF, OrderStep.WITHDRAW) if s in steps]
    return tuple(acts)


class OrderActDialog(DialogFrame):
    """``chosen(Act)``; Up and Down go through the buttons, Enter presses one."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, view: OrderView, options: Options) -> None:
        super().__init__(kit, parent, "ordering.act.title")
        self.setObjectName("order_act_dialog")
        what = Label(kit, role="strong", wrap=True)
        what.set_text(f"{kind_text(kit, view.order)}　{view.order.number}")
        self.body.addWidget(what)
        where = Label(kit, ink="muted", wrap=True)
        parts = (target_text(view.order), state_text(kit, view), alone_text(kit, view.order))
        where.set_text("　".join(part for part in parts if part))
        self.body.addWidget(where)
        self._buttons: list[Button] = []
        reply = view.order.reply
        for act in acts_of(options):
            button = Button(kit, "", name=f"act_{act.name}_{act.kind.value if act.kind else ''}")
            if act.hop >= 0 and reply is not None:
                hop = reply.hops[act.hop]
                target = "　".join(part for part in (hop.name, hop.bank, hop.account) if part)
                button.set_text(kit.texts.text("ordering.act.hop", account=target))
            elif act.kind is not None:
                kind = kit.texts.text(f"orders.kind.{act.kind.value}")
                button.set_text(kit.texts.text("ordering.act.order", kind=kind))
            else:
                button.set_text(kit.texts.text(f"ordering.act.{act.name}"))
            if act.name in _DANGER:
                button.set_variant(Variant.QUIET)
            button.clicked.connect(partial(self._choose, act))
            self._buttons.append(button)
            self.body.addWidget(button)
        self.add_button("shared.cancel", name="act_cancel")
        self._buttons[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down, beside Esc and Enter."""
        if not move_focus(event, self._buttons, around=True):
            super().keyPressEvent(event)

    def _enter(self) -> None:
        focused = next((button for button in self._buttons if button.hasFocus()), None)
        if focused is not None:
            focused.click()

    def _choose(self, act: Act) -> None:
        self.accept()
        self.chosen.emit(act)
