"""Re-hash evidence and record the outcome."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.errors import WorldError
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.records.fields import Json
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_VERIFIED
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Verified:
    """How many items were re-hashed and which did not match or were missing."""

    checked: int
    bad: tuple[EvidenceId, ...]
    items: tuple[Evidence, ...]


def verify_evidence(
    session: Session,
    case: CaseId | None,
    progress: Progress,
    only: Collection[EvidenceId] | None = None,
) -> Verified:
    """Re-hash the items of a case (or of every case, or only some items); each outcome is a custody entry.

    An item whose content is still on its way here is passed over: nothing can be said of it yet.
    """
    session.require(Permission.READ_CASES)
    wanted = None if only is None else frozenset(only)
    items = [item for item in _items(session, case) if wanted is None or item.id in wanted]
    bad = []
    verdicts: dict[str, bool] = {}
    for done, item in enumerate(items):
        progress.check()
        progress.advance(done, len(items))
        if item.sha256 not in verdicts:
            verdicts[item.sha256] = _sound(session, item, progress)
        if not verdicts[item.sha256]:
            bad.append(item.id)
    _record(session, items, verdicts)
    return Verified(len(items), tuple(bad), tuple(items))


def _items(session: Session, case: CaseId | None) -> list[Evidence]:
    with session.store.read() as reader:
        cases = [case] if case else [card.id for card in reader.board() if card.evidence_count]
        items = [item for name in cases for item in reader.evidence(name)]
        return [
            item
            for item in items
            if session.vault.has(item.sha256) or not reader.is_awaited(item.sha256)
        ]


def _sound(session: Session, item: Evidence, progress: Progress) -> bool:
    try:
        return session.vault.verify(item.sha256, progress)
    except WorldError as error:
        if error.code == "vault.missing":
            return False
        raise


def _record(session: Session, items: list[Evidence], verdicts: dict[str, bool]) -> None:
    if not items:
        return
    with session.store.write() as transaction:
        entries = []
        for item in items:
            fields: dict[str, Json] = {"ok": verdicts[item.sha256], "sha256": item.sha256}
            entries.append(NewEntry(EVIDENCE_VERIFIED, f"evidence/{item.id}", fields))
        transaction.append_all(session.officer.number, entries)
