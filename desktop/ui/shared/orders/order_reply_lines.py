"""What a reply says, fact by fact, in the order of its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from desktop.domain.masking import (
    masked_account,
    masked_address,
    masked_id,
    masked_phone,
    masked_text,
)
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.order import OrderKind, OrderReply
from desktop.domain.orders.reply import NextHop
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_check import FAILURES, SUMS
from desktop.ui.shared.orders.order_reply_facts import is_sum, is_time
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local

_ACCOUNT: Final = (
    "freeze_number", "available_fen", "earlier_by", "earlier_fen", "earlier_until", "merchant", "holder", "holder_id",
    "licence_until", "pos_terminal", "phone", "address", "account", "card",
)  # fmt: skip
_LINE: Final = ("action", "done_at", "owner", "agent", "opened_on", "location", "data")
_MASKS: Final[Mapping[str, Callable[[str], str]]] = {
    "holder_id": masked_id,
    "phone": masked_phone,
    "address": masked_address,
    "location": masked_address,
    "account": masked_account,
    "card": masked_account,
}


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """``key``: catalogue words of the label; ``text`` is empty where nothing was told; ``ink``: of the text."""

    key: str
    text: str
    ink: str = ""


class ReplyLines:
    """The facts of replies to orders of one kind; numbers of persons masked unless ``revealed``."""

    def __init__(self, kit: Kit, kind: OrderKind, *, revealed: bool) -> None:
        self._kit = kit
        self._kind = kind
        self._revealed = revealed

    def of(self, reply: OrderReply) -> Iterator[ReplyLine]:
        """As far as the kind has them or they were told."""
        if self._kind in SUMS:
            ink = "green" if reply.amount_fen else "red"
            yield ReplyLine("case.reply.amount", self._money(reply.amount_fen), ink)
        if reply.known_balance is not None:  # what was not told is no nought, and a nought is told
            yield ReplyLine("case.reply.balance", self._money(reply.known_balance))
        if SPECS[self._kind].holds:
            yield ReplyLine("case.reply.starts_at", self._at(reply.starts_at))
            yield ReplyLine("case.reply.ends_at", self._at(reply.ends_at))
        for names, source in ((_ACCOUNT, reply.account), (_LINE, reply.line)):
            for name in names:
                value = getattr(source, name)
                if value:
                    yield ReplyLine(f"order_reply.fact.{name}", self._fact(name, value))
        if reply.failure:
            yield ReplyLine("ordering.field.failure", self._failure(reply.failure), "red")
        yield ReplyLine("case.reply.organisation", reply.organisation)
        yield ReplyLine("case.reply.operator", reply.operator)

    def hop(self, hop: NextHop) -> str:
        """A next payment in a line."""
        amount = self._money(hop.amount_fen) if hop.amount_fen else ""
        number = hop.account if self._revealed else masked_account(hop.account)
        return "　".join(part for part in (amount, hop.name, hop.bank, number) if part)

    def _fact(self, name: str, value: Any) -> str:
        if is_sum(name):
            return self._money(value)
        if is_time(name):
            return self._at(value)
        return str(value) if self._revealed else _MASKS.get(name, masked_text)(str(value))

    def remark(self, reply: OrderReply) -> str:
        """What was said beside the facts."""
        return reply.remark if self._revealed else masked_text(reply.remark)

    def _failure(self, code: str) -> str:
        """In words where the platform's code is known."""
        known = code in FAILURES
        return self._kit.texts.text(f"order_reply.failure_is.{code}") if known else code

    def _money(self, fen: int) -> str:
        return self._kit.texts.text("case.amount", amount=yuan(fen))

    def _at(self, instant: datetime | None) -> str:
        """Without the year, unless it is another one."""
        if instant is None:
            return ""
        text = show_local(instant, self._kit.zone)[:16]
        here = show_local(self._kit.ticks.now(), self._kit.zone)[:5]
        return text.removeprefix(here)
