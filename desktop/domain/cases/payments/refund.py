"""资金返还: whose the frozen money of an account is, of every victim whose money reached it (银监发〔2016〕41号).

Two answers stand side by side: by tracing each payment (逐笔核对时间戳), and, where that leads nowhere, by share of the
losses. Which one holds is decided by people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.cases.payments.transfer import Account
from desktop.domain.ids import CaseId


@dataclass(frozen=True, slots=True)
class RefundShare:
    """What one victim gets of one account. Amounts in fen."""

    case: CaseId
    number: str
    victim: str
    loss_fen: int
    traced_fen: int
    by_loss_fen: int


@dataclass(frozen=True, slots=True)
class RefundAccount:
    """A frozen account with the shares of all victims known here."""

    account: Account
    frozen_fen: int
    shares: tuple[RefundShare, ...]

    @property
    def traced_fen(self) -> int:
        """What tracing leads to, of all victims; never more than is frozen."""
        return sum(share.traced_fen for share in self.shares)

    @property
    def by_loss_fen(self) -> int:
        """What is divided by losses: all that is frozen, but never more than the victims lost."""
        return sum(share.by_loss_fen for share in self.shares)

    @property
    def clear(self) -> bool:
        """权属明确: each fen that is frozen was traced to a victim."""
        return self.traced_fen == self.frozen_fen

    def due_fen(self, case: CaseId) -> int:
        """What is proposed for one victim: what tracing leads to, the share of the losses where it leads to nobody."""
        own = [share for share in self.shares if share.case == case]
        if self.traced_fen:
            return sum(share.traced_fen for share in own)
        return sum(share.by_loss_fen for share in own)


@dataclass(frozen=True, slots=True)
class Refund:
    """The refund of one victim. ``accounts``: the frozen ones that the victim's money reached."""

    case: CaseId
    accounts: tuple[RefundAccount, ...] = ()

    @property
    def due_fen(self) -> int:
        """What is proposed in all."""
        return sum(account.due_fen(self.case) for account in self.accounts)


def takes_part(case: CaseId, accounts: Iterable[RefundAccount]) -> tuple[RefundAccount, ...]:
    """The accounts in which a victim has a share."""
    return tuple(
        account for account in accounts if any(share.case == case for share in account.shares)
    )
