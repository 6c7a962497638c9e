"""Which evidence of which case is to be read again and compared, by the rule ``reverify.evidence``."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.evidence.checks import overdue_items
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.services.evidence.completeness import last_reads
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class DueEvidence:
    """The overdue items of one case."""

    case: CaseId
    number: str
    items: tuple[EvidenceId, ...]


def due_evidence(session: Session) -> tuple[DueEvidence, ...]:
    """Every case with overdue items, as the board has them. Items whose content is still on its way are left out:
    nobody can read them here."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    found = []
    with session.store.read() as reader:
        for card in reader.board():
            if not card.evidence_count:
                continue
            items = [
                item
                for item in reader.evidence(card.id)
                if session.vault.has(item.sha256) or not reader.is_awaited(item.sha256)
            ]
            overdue = overdue_items(session.rules, items, last_reads(reader.history(card.id)), now)
            if overdue:
                found.append(DueEvidence(card.id, card.number, overdue))
    return tuple(found)
