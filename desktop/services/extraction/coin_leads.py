"""Addresses and transactions of coins in a statement, as proposals beside its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.statements.coin_identifiers import CoinIdentifier, coin_identifiers
from desktop.domain.statements.proposal import Confidence, Extraction, Proposal
from desktop.domain.statements.statement import StatementRow


@dataclass(frozen=True, slots=True)
class CoinLeads:
    """``reading`` names each identifier on a line of its own; ``found`` are the same, line by line."""

    reading: Extraction
    found: tuple[CoinIdentifier, ...]

    def of(self, proposal: Proposal) -> CoinIdentifier:
        """The identifier a proposal of :attr:`reading` is for."""
        return self.found[self.reading.loose.index(proposal)]


def coin_leads(rows: Iterable[StatementRow]) -> CoinLeads:
    """What :func:`coin_identifiers` finds; sure, as each carries a check sum or the length of a hash."""
    found = coin_identifiers(rows)
    made, at = [], 0
    for item in found:
        end = at + len(item.value)
        made.append(Proposal(item.kind, item.normal, item.value, at, end, Confidence.SURE))
        at = end + 1
    text = "\n".join(item.value for item in found)
    return CoinLeads(Extraction(text, loose=tuple(made)), found)
