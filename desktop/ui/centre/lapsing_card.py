"""将失效未转冻结: how many stops end in this shift without a freeze, and the first of them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.texts.label import Label


class LapsingCard(Card):
    """Hidden while there is none. ``look``: brings them into the list."""

    def __init__(self, kit: Kit, look: Action) -> None:
        super().__init__(kit, "centre.duty.lapsing", panel="red")
        self._kit = kit
        self._rows: tuple[OrderRow, ...] = ()
        self.setObjectName("duty_lapsing")
        self._first = Label(kit, role="small", wrap=True)
        self._first.setObjectName("duty_lapsing_first")
        self.title.set_ink("red")
        self.header.addWidget(Button.of(kit, look, size=Size.COMPACT, name="duty_look_lapsing"))
        self.body.addWidget(self._first)
        kit.texts.changed.connect(self._refresh)
        self._refresh()

    def show_rows(self, rows: Sequence[OrderRow]) -> None:
        """Show these, the first to end in front."""
        self._rows = tuple(rows)
        self._refresh()

    def _refresh(self) -> None:
        self.setVisible(bool(self._rows))
        if not self._rows:
            return
        first, reply = self._rows[0].view, self._rows[0].view.order.reply
        ends = reply.ends_at if reply is not None else None
        held = reply.amount_fen if reply is not None else first.order.amount_fen
        self._first.set_text(
            self._kit.texts.text(
                "centre.duty.lapses",
                count=len(self._rows),
                victim=first.victim,
                target=target_text(first.order),
                amount=yuan(held),
                at=moment(self._kit, ends) if ends is not None else "",
            )
        )
