"""Take photographs of a phone in, each for the shot it shows, numbered as on the contact sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.photographing import filmed
from desktop.domain.evidence.record import shared_record
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.find_photos import FILMS
from desktop.services.evidence.record_evidence import TypedRecord, format_of
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Frame:
    """One photograph or film, the shot it shows, and when it was taken, as the camera says."""

    path: Path
    shot: str
    taken: datetime | None = None


def photograph_evidence(
    session: Session, case: CaseId, frames: Sequence[Frame], typed: TypedRecord, progress: Progress
) -> tuple[Evidence, ...]:
    """Attach each photograph with its shot and number; ``typed`` holds for all of them. Numbers go on from those the
    case has.

    Raises as :func:`desktop.services.evidence.attach_evidence.attach_files`; those it took in have shot and number.
    """
    session.require(Permission.ADD_EVIDENCE)
    with session.store.read() as reader:
        before = filmed(reader.evidence(case))
    numbers = count(max((item.record.frame for item in before), default=0) + 1)
    by_path, now = {frame.path: frame for frame in frames}, session.clock.now()

    def of_file(path: Path, item: Evidence) -> Evidence:
        return _filmed(by_path[path], next(numbers), item, now) if path in by_path else item

    typed = replace(typed, record=shared_record(typed.record))
    taken = attach_files(session, case, list(by_path), progress, typed=typed, of_file=of_file)
    return tuple(done.evidence for done in taken)


def _filmed(frame: Frame, number: int, item: Evidence, now: datetime) -> Evidence:
    own = replace(item.record, shot=frame.shot, frame=number, format=format_of(item))
    if frame.taken is not None and frame.taken <= now:  # a clock that runs ahead tells nothing
        own = replace(own, taken_at=frame.taken)
    film = frame.path.suffix.lower() in FILMS
    return replace(
        item,
        method=AcquisitionMethod.FILMED if film else AcquisitionMethod.PHOTOGRAPHED,
        record=own,
    )
