"""Writes a plain copy of an item and proves that it is the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop.domain.errors import TrustError, WorldError
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import disk_errors, open_atomic, require_space, size_text
from desktop.runtime.medium_facts import medium_facts
from desktop.ui.evidence.case_evidence import CaseEvidence

_CHUNK = 1024 * 1024


def save_copy(evidence: CaseEvidence, item: Evidence, target: Path, progress: Progress) -> Path:
    """Copy the content to ``target``, wholly or not at all; the look is recorded in the custody log.

    Raises:
        WorldError: ``disk.not_enough``, ``disk.file_limit``, before anything is written; disk full, no permission,
            medium gone.
        TrustError: ``vault.damaged``, the content is not what its digest says.
    """
    _require_room(target.parent, item.size)
    digest, done = hashlib.sha256(), 0
    with evidence.open(item.id) as source, open_atomic(target) as copy:
        while block := source.read(_CHUNK):
            progress.check()
            digest.update(block)
            copy.write(block)
            done += len(block)
            progress.advance(done, item.size)
        if digest.hexdigest() != item.sha256:
            raise TrustError("vault.damaged")
    return target


def _require_room(folder: Path, size: int) -> None:
    with disk_errors():
        facts = medium_facts(folder)
    if facts.largest_file is not None and size > facts.largest_file:
        raise WorldError(
            "disk.file_limit",
            file_system=facts.file_system,
            most=size_text(facts.largest_file),
            size=size_text(size),
        )
    require_space(folder, size)
