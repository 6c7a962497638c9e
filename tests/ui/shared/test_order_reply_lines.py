"""What of a reply is told, and what nobody said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.orders.order import OrderKind
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_lines import ReplyLines
from tests.ui.case.samples import REPLY


@pytest.mark.parametrize(
    ("fen", "emptied", "told"), [(0, False, None), (0, True, "¥ 0"), (5, False, "¥ 0.05")]
)
def test_an_unknown_balance_is_no_nought(
    kit: Kit, fen: int, *, emptied: bool, told: str | None
) -> None:
    reply = replace(REPLY, balance_fen=fen, emptied=emptied)
    lines = ReplyLines(kit, OrderKind.STOP, revealed=False).of(reply)
    assert {line.key: line.text for line in lines}.get("case.reply.balance") == told
