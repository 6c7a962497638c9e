"""What stands frozen at an instant, account by account: what its bank said, and what of that is money of the case."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.case_file.orders.order_papers import freezes_in_force
from desktop.domain.flow.reported_payments import asked_key, by_subject
from desktop.domain.orders.order import Order
from desktop.domain.orders.totals import held_by_target
from desktop.services.ports import PaperFacts


@dataclass(frozen=True, slots=True)
class FrozenAccount:
    """``freeze``: the newest order that holds it: an extension holds the same money as what it extends, under a newer
    paper. ``reported_fen``: as the bank said, whosever money it is; ``own_fen``: what of it the case lost, None where
    nobody reckoned."""

    freeze: Order
    reported_fen: int
    own_fen: int | None = None


def frozen_accounts(facts: PaperFacts) -> tuple[FrozenAccount, ...]:
    """Those of the freezes that run when the paper is made."""
    freezes = freezes_in_force(facts.file, facts.at)
    if facts.money is None:
        newest = {order.about: order for order in freezes}
        held = held_by_target(freezes)
        return tuple(FrozenAccount(newest[about], fen) for about, fen in held.items())
    transfers = by_subject(facts.file.transfers)
    found = {}
    for order in freezes:
        account = facts.money.accounts.get(asked_key(transfers, order))
        if account is not None:
            reported, own = account.held_at(facts.at)[1], account.at(facts.at).frozen_fen
            found[asked_key(transfers, order)] = FrozenAccount(order, reported, own)
    return tuple(found.values())
