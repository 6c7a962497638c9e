"""MD5 of items, for units whose form asks for it. It stands beside SHA-256 and SM3, never alone: it proves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_DIGESTED
from desktop.services.evidence.record_evidence import chosen_items
from desktop.services.session import Session

_CHUNK: Final = 1 << 20


def digest_md5(
    session: Session, case: CaseId, items: Sequence[EvidenceId], progress: Progress
) -> int:
    """Work it out for those of ``items`` that have none; how many. The content is checked on the way.

    Raises ``UserInputError("evidence.unknown")``, ``WorldError("vault.missing")``, ``TrustError("vault.damaged")``.
    """
    session.require(Permission.ADD_EVIDENCE)
    with session.store.read() as reader:
        waiting = [item for item in chosen_items(reader, case, items) if not item.md5]
    found: list[tuple[EvidenceId, str]] = []
    for done, item in enumerate(waiting):
        progress.advance(done, len(waiting))
        found.append((item.id, _md5(session, item.sha256, progress)))
    with session.store.write() as transaction:
        entries = [
            NewEntry(EVIDENCE_DIGESTED, f"evidence/{name}", {"md5": digest})
            for name, digest in found
        ]
        transaction.append_all(session.officer.number, entries)
    return len(found)


def _md5(session: Session, sha256: str, progress: Progress) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with closing(session.vault.open(sha256)) as stream:
        while chunk := stream.read(_CHUNK):
            progress.check()
            digest.update(chunk)
    return digest.hexdigest()
