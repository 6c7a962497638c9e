"""What of a reply is told, and what nobody said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.order import OrderKind
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_lines import ReplyLines
from tests.ui.case.samples import REPLY


@pytest.mark.parametrize("fen", [0, 5])
def test_a_balance_that_nobody_told_is_no_nought(kit: Kit, fen: int) -> None:
    lines = ReplyLines(kit, OrderKind.STOP, revealed=False).of(replace(REPLY, balance_fen=fen))
    assert ("case.reply.balance" in {line.key for line in lines}) is bool(fen)
