"""Files that a centre sends along with a task (附件): evidence of the case that carries it, in the station's stream.

The station looks at them as at any evidence, which is recorded; files that show the result are evidence of the same
case and go up with its bundle. Earlier programs know nothing else of it either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.record import NOT_RECORDED
from desktop.domain.ids import CaseId, EvidenceId, TaskId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_ATTACHED
from desktop.services.assigned_tasks.give_task import require_centre
from desktop.services.assigned_tasks.list_assigned import open_assigned
from desktop.services.evidence.attach_evidence import evidence_of, modified_at
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.services.ports import Transaction
from desktop.services.session import Session

MOST_FILES: Final = 20
"""Files that are sent along at a time."""


def enclose_files(
    session: Session, task: TaskId, paths: Sequence[Path], source: str, progress: Progress
) -> tuple[Evidence, ...]:
    """Send files of a medium along with an open task; ``source`` says in words where they come from. The next receipt
    bundle carries them down, all or, when one cannot be read, none.

    Raises:
        UserInputError: ``task.unknown``, ``task.files`` for more than :data:`MOST_FILES`, or a folder.
        RuleError: ``task.not_centre``, ``task.over``. WorldError: as
            :func:`desktop.services.evidence.attach_evidence.attach_files`.
    """
    session.require(Permission.ADD_EVIDENCE, at_centre=True)
    require_centre(session)
    if not 0 < len(paths) <= MOST_FILES or any(path.is_dir() for path in paths):
        raise UserInputError("task.files", count=MOST_FILES)
    with session.store.read() as reader:
        open_assigned(reader, task)
    typed = TypedRecord(source, AcquisitionMethod.REQUESTED, NOT_RECORDED)
    items = tuple(
        evidence_of(
            session, path.name, session.vault.store(path, progress), typed, modified_at(path)
        )
        for path in paths
    )
    with session.store.write() as transaction:
        row = open_assigned(transaction, task)
        transaction.append_all(session.officer.number, tuple(_entries(session, row, items)))
    return items


def enclose_evidence(session: Session, task: TaskId, case: CaseId) -> int:
    """Send all evidence of a case that this centre holds along with an open task. How many; what did not arrive here
    yet is left out. Raises as :func:`enclose_files`."""
    session.require(Permission.ADD_EVIDENCE, at_centre=True)
    require_centre(session)
    with session.store.write() as transaction:
        row = open_assigned(transaction, task)
        return enclose_evidence_in(session, transaction, row, case)


def enclose_evidence_in(
    session: Session, transaction: Transaction, row: AssignedRow, case: CaseId
) -> int:
    """The part of it that happens inside a transaction."""
    held = (item for item in transaction.evidence(case) if session.vault.has(item.sha256))
    copies = [replace(item, id=EvidenceId(session.ids.new_id())) for item in held]
    transaction.append_all(session.officer.number, tuple(_entries(session, row, copies)))
    return len(copies)


def _entries(session: Session, row: AssignedRow, items: Collection[Evidence]) -> Iterator[NewEntry]:
    stream = session.profile.stream_for(row.unit_code)
    for item in items:
        fields = item.to_fields(row.case)
        yield NewEntry(EVIDENCE_ATTACHED, f"evidence/{item.id}", fields, stream=stream)
