"""What was answered to an order, on its card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.order import OrderKind, OrderReply
from desktop.domain.order_kinds import SPECS
from desktop.domain.order_reply import NextHop
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_check import FAILURES, SUMS
from desktop.ui.shared.orders.order_reply_facts import is_sum, is_time
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.masking import masked_account, masked_id, masked_phone
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Label

_ACCOUNT = (
    "freeze_number", "available_fen", "earlier_by", "earlier_fen", "earlier_until", "merchant", "holder", "holder_id",
    "licence_until", "pos_terminal", "phone", "address", "account", "card",
)  # fmt: skip
_A_LINE = 7
"""Facts side by side at 1366 wide."""
_MASKS = {
    "holder_id": masked_id,
    "phone": masked_phone,
    "account": masked_account,
    "card": masked_account,
}
_LINE = ("action", "owner", "agent", "opened_on", "location", "data")


class ReplyBlock(QWidget):
    """What the bank did, the fields of its reply side by side. ``hop_wanted(place)``: stop where the money went on;
    offered for the places in ``open_hops``."""

    hop_wanted = Signal(int)

    def __init__(
        self,
        kit: Kit,
        reply: OrderReply,
        kind: OrderKind,
        open_hops: tuple[int, ...] = (),
        *,
        revealed: bool,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._kind = kind
        self._revealed = revealed
        self.setObjectName("case_order_reply")
        column = Column(kit, self, gap="space_s")
        facts = tuple(self._facts(reply))
        for place in range(0, len(facts), _A_LINE):
            column.addLayout(self._line(facts[place : place + _A_LINE]))
        for place, hop in enumerate(reply.hops):
            column.addLayout(self._hop_line(place, hop, stoppable=place in open_hops))
        if reply.remark:
            remark = Label(kit, wrap=True)
            remark.set_key("case.reply.remark", text=reply.remark)
            column.addWidget(remark)

    def _facts(self, reply: OrderReply) -> Iterator[tuple[str, str, str]]:
        """(catalogue key, value, ink), as far as the kind has them or they were told."""
        if self._kind in SUMS:
            ink = "green" if reply.amount_fen else "red"
            yield "case.reply.amount", self._money(reply.amount_fen), ink
        if self._kind in SUMS or reply.balance_fen:
            yield "case.reply.balance", self._money(reply.balance_fen), ""
        if SPECS[self._kind].holds:
            yield "case.reply.starts_at", self._at(reply.starts_at), ""
            yield "case.reply.ends_at", self._at(reply.ends_at), ""
        for names, source in ((_ACCOUNT, reply.account), (_LINE, reply.line)):
            for name in names:
                value = getattr(source, name)
                if value:
                    yield f"order_reply.fact.{name}", self._fact(name, value), ""
        if reply.failure:
            yield "ordering.field.failure", self._failure(reply.failure), "red"
        yield "case.reply.organisation", reply.organisation, ""
        yield "case.reply.operator", reply.operator, ""

    def _hop_line(self, place: int, hop: NextHop, *, stoppable: bool) -> Row:
        row = Row(self._kit)
        line = Label(self._kit, wrap=True)
        line.set_key("ordering.hop", account=self._hop(hop))
        row.addWidget(line, 1)
        if stoppable:
            button = Button(
                self._kit, "ordering.act.stop_hop", size=Size.COMPACT, icon="stop",
                name=f"case_order_hop_{place}",
            )  # fmt: skip
            button.clicked.connect(partial(self.hop_wanted.emit, place))
            row.addWidget(button)
        return row

    def _line(self, facts: Sequence[tuple[str, str, str]]) -> Row:
        row = Row(self._kit, gap="space_xl")
        for key, text, ink in facts:
            fact = Column(self._kit, gap="space_xxs")
            fact.addWidget(Label(self._kit, key, role="label", ink="muted"))
            value = Label(self._kit, ink=ink)
            value.set_text(text or self._kit.words.text("case.unknown"))
            fact.addWidget(value)
            row.addLayout(fact)
        row.addStretch(1)
        return row

    def _fact(self, name: str, value: Any) -> str:
        if is_sum(name):
            return self._money(value)
        if is_time(name):
            return self._at(value)
        mask = None if self._revealed else _MASKS.get(name)
        return mask(value) if mask else str(value)

    def _failure(self, code: str) -> str:
        """In words where the platform's code is known."""
        known = code in FAILURES
        return self._kit.words.text(f"order_reply.failure_is.{code}") if known else code

    def _money(self, fen: int) -> str:
        return self._kit.words.text("case.amount", amount=yuan(fen))

    def _at(self, instant: datetime | None) -> str:
        """Without the year, unless it is another one."""
        if instant is None:
            return ""
        text = show_local(instant, self._kit.zone)[:16]
        here = show_local(self._kit.ticks.now(), self._kit.zone)[:5]
        return text.removeprefix(here)

    def _hop(self, hop: NextHop) -> str:
        amount = self._money(hop.amount_fen) if hop.amount_fen else ""
        number = hop.account if self._revealed else masked_account(hop.account)
        return "　".join(part for part in (amount, hop.name, hop.bank, number) if part)
