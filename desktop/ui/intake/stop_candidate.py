"""What the check before sending shows of each transfer: read it back, then what stands against
it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.amounts import capitals
from desktop.domain.intake import TransferText
from desktop.domain.problems import Problem, Severity
from desktop.services.form_facts import amount_of


@dataclass(frozen=True, slots=True)
class StopCandidate:
    """Transfer ``index`` of the form and the problems found with it."""

    index: int
    transfer: TransferText
    problems: tuple[Problem, ...]

    @property
    def blocked(self) -> bool:
        """Whether no stop can be sent."""
        return any(problem.severity is Severity.BLOCK for problem in self.problems)

    @property
    def capitals(self) -> str:
        """The amount in capitals; empty when it cannot be read."""
        fen = amount_of(self.transfer.amount)
        return capitals(fen) if fen else ""
