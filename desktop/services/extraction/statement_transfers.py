"""Rows of a statement as transfers of a case, each with the row it was read from."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.payments.channel_terms import card_behind, channel_in
from desktop.domain.cases.payments.transfer import Certainty, Channel
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.ids import EvidenceId
from desktop.domain.money.amounts import format_yuan
from desktop.domain.statements.statement import (
    Effect,
    MoneyDirection,
    StatementColumn,
    StatementHead,
    StatementRow,
)
from desktop.domain.time.local_time import CHINA, show_time

_WALLETS: Final = {"wechat": Channel.WECHAT, "tenpay": Channel.WECHAT, "alipay": Channel.ALIPAY}
"""Layouts by the beginning of their id: what they list was paid through a wallet and is stopped by its order number."""
_YUAN: Final = "CNY"
_PROVED: Final = ("time", "amount", "payee_name", "payee_account", "payee_bank")
"""Fields that say where they were read."""


def may_be_transfer(row: StatementRow) -> bool:
    """Whether the row is money that went out and can be read; what came in is no payment of the victim."""
    moved = bool(row.amount_fen) or in_other_money(row)
    return not came_in(row) and moved and row.time is not None


def came_in(row: StatementRow) -> bool:
    """Whether it is no payment of the holder: an income, a refund that is counted as neither income nor spending, or an
    entry that takes an earlier one back."""
    refund = row.direction is MoneyDirection.NEUTRAL and row.effect is Effect.RETURNED
    return refund or row.direction is MoneyDirection.IN


def in_other_money(row: StatementRow) -> bool:
    """Whether the sum is readable and of another currency or a coin: what it was worth in yuan the row does not say."""
    unread = "statement.cell.amount" in row.problems
    return row.amount_fen is None and bool(row.amount_text) and row.currency != _YUAN and not unread


def transfer_of_row(
    head: StatementHead, row: StatementRow, evidence: EvidenceId, holder: str = ""
) -> TransferText:
    """The row as it would be typed, without an id; of other money the amount is left open, so that somebody says what
    it was in yuan and no order goes out without. ``holder`` is who says that the account is his; the name on the
    statement goes before it, except the nickname of a wallet."""
    wallet = next((way for name, way in _WALLETS.items() if head.layout.startswith(name)), None)
    channel = wallet or channel_in(f"{row.channel} {row.summary}")
    payer_account, payer_bank = _payer(head, row, wallet)
    payee_name, payee_account = row.other_side
    typed = TransferText(
        id="",
        time=_time(row),
        amount=format_yuan(row.amount_fen) if row.amount_fen else "",
        channel=channel.value if channel else "",
        payer_name=head.owner if head.owner and not head.layout.startswith("wechat") else holder,
        payer_account=payer_account,
        payer_bank=payer_bank,
        payee_name=payee_name,
        payee_account=payee_account,
        payee_bank=row.bank,
        order_number=row.reference if wallet else "",
        serial="" if wallet else row.reference,
        returned=format_yuan(row.refunded_fen) if row.refunded_fen else "",
        attempted=TICKED if row.effect is Effect.UNDONE and not row.refunded_fen else "",
        origin=EvidencePlace(evidence, row.row).to_text(),
    )
    proved = [name for name in _PROVED if getattr(typed, name)]
    marks = tuple(sorted((name, Certainty.RECEIPT.value) for name in proved))
    return replace(typed, certainty=marks)


def _time(row: StatementRow) -> str:
    """To the second; of a row that has only its day, the day, so that somebody completes it."""
    if row.time is None:
        return ""
    return f"{row.time.astimezone(CHINA):%Y-%m-%d}" if row.day_alone else show_time(row.time)


def _payer(head: StatementHead, row: StatementRow, wallet: Channel | None) -> tuple[str, str]:
    """The account the money came from: of a wallet the card behind it, where the row names one. Who lists the payments
    of a chain keeps nobody's account."""
    if wallet is not None:
        return card_behind(row.channel)
    on_chain = {StatementColumn.SENDER, StatementColumn.RECEIVER} <= head.roles.keys()
    return head.account, "" if on_chain else head.source
