"""What the check before sending shows of each transfer: read it back, then what stands against
it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.form_facts import amount_of
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.money.amounts import capitals
from desktop.domain.problems import Problem, is_blocked


def unstopped(form: IntakeForm, ordered: Mapping[str, str]) -> tuple[int, ...]:
    """Places of the transfers without an order; one that failed has nothing to stop. Blank lines beside a filled one
    are no transfers; alone, one is, so that the check can say what is missing."""
    without = [
        place
        for place, item in enumerate(form.transfers)
        if item.id not in ordered and item.attempted != TICKED
    ]
    begun = [place for place in without if not form.transfers[place].is_blank()]
    return tuple(begun or ([] if ordered else without[:1]))


@dataclass(frozen=True, slots=True)
class StopCandidate:
    """Transfer ``index`` of the form and the problems found with it."""

    index: int
    transfer: TransferText
    problems: tuple[Problem, ...]

    @property
    def blocked(self) -> bool:
        """Whether no stop can be sent."""
        return is_blocked(self.problems)

    def tells(self, transfer: TransferText) -> bool:
        """Whether reading ``transfer`` back would say the same. The bank's name may have been found since."""
        return _facts(self.transfer) == _facts(transfer)

    @property
    def capitals(self) -> str:
        """The amount in capitals; empty when it cannot be read."""
        fen = amount_of(self.transfer.amount)
        return capitals(fen) if fen else ""


def _facts(transfer: TransferText) -> tuple[str, ...]:
    target = transfer.payee_account, transfer.order_number, transfer.payee_name
    return *target, transfer.amount, transfer.time
