"""The four amounts of a case: what went out, what came back, what is lost, what was only attempted (未遂)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.cases.payments.transfer import Transfer


@dataclass(frozen=True, slots=True)
class CaseAmounts:
    """In fen. ``gross`` left the victim, ``returned`` came back as rebates or refunds, ``attempted`` was at stake and
    stayed: a transfer that failed or was revoked, or money the person was about to send."""

    gross_fen: int = 0
    returned_fen: int = 0
    attempted_fen: int = 0

    @property
    def net_fen(self) -> int:
        """What is lost. More may come back than was paid (a rebate of another's money): that is no loss."""
        return max(self.gross_fen - self.returned_fen, 0)


def last_paid(transfers: Iterable[Transfer], now: datetime) -> datetime:
    """When the last payment was made, not after ``now``: whose law counts for the sum; ``now`` where nobody knows."""
    return min(max((item.time for item in transfers if item.time), default=now), now)


def amounts_of(
    transfers: Iterable[Transfer], returned_fen: int = 0, attempted_fen: int = 0
) -> CaseAmounts:
    """The amounts of transfers, and of what belongs to none of them."""
    items = tuple(transfers)
    return CaseAmounts(
        gross_fen=sum(item.gross_fen for item in items),
        returned_fen=returned_fen + sum(item.returned_fen for item in items),
        attempted_fen=attempted_fen + sum(item.amount_fen for item in items if item.attempted),
    )
