"""Take photographs of a phone in, each for the shot it shows, numbered as on the contact sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.domain.evidence import Evidence, Method
from desktop.domain.evidence_record import record_changes, shared_record
from desktop.domain.filming import filmed
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.progress import Progress
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_RECORDED
from desktop.services.desk import Desk
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.find_photos import FILMS
from desktop.services.evidence.record_evidence import TypedRecord, format_of


@dataclass(frozen=True, slots=True)
class Frame:
    """One photograph or film, the shot it shows, and when it was taken, as the camera says."""

    path: Path
    shot: str
    taken: datetime | None = None


def film_evidence(
    desk: Desk, case: CaseId, frames: Sequence[Frame], told: TypedRecord, progress: Progress
) -> tuple[Evidence, ...]:
    """Attach each photograph and record its shot and number; ``told`` holds for all of them. Numbers go on from
    those the case has.

    Raises as :func:`desktop.services.evidence.attach_evidence.attach_files`.
    """
    desk.require(Permission.ADD_EVIDENCE)
    with desk.store.read() as reader:
        before = filmed(reader.evidence(case))
    number = max((item.record.frame for item in before), default=0)
    record = shared_record(told.record)
    made, entries, now = [], [], desk.clock.now()
    taken = attach_files(
        desk, case, [frame.path for frame in frames], progress, told=replace(told, record=record)
    )
    for frame, done in zip(frames, taken, strict=True):
        number += 1
        film = frame.path.suffix.lower() in FILMS
        own = replace(
            done.evidence.record, shot=frame.shot, frame=number, format=format_of(done.evidence)
        )
        if frame.taken is not None and frame.taken <= now:  # a clock that runs ahead tells nothing
            own = replace(own, taken_at=frame.taken)
        method = Method.FILMED if film else Method.PHOTOGRAPHED
        fields = record_changes(done.evidence.record, own) | {"method": method.value}
        entries.append(NewEntry(EVIDENCE_RECORDED, f"evidence/{done.evidence.id}", fields))
        made.append(replace(done.evidence, method=method, record=own))
    with desk.store.write() as transaction:
        transaction.append_all(desk.officer.number, entries)
    return tuple(made)
