"""Take photographs of a phone in, each for the shot it shows, numbered as on the contact sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.evidence import Evidence, Method
from desktop.domain.evidence_record import record_changes, shared_record
from desktop.domain.filming import film_order, filmed
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.progress import Progress
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_RECORDED
from desktop.services.desk import Desk
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.record_evidence import TypedRecord, format_of

MOST: Final = 500
"""Photographs of one import; more is another."""
_PICTURES: Final = frozenset(
    [".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp", ".gif", ".tif", ".tiff"]
)
_FILMS: Final = frozenset([".mp4", ".mov", ".m4v", ".3gp", ".avi", ".mkv"])


@dataclass(frozen=True, slots=True)
class Frame:
    """One photograph or film and the shot it shows."""

    path: Path
    shot: str


def photos_in(folder: Path) -> tuple[Path, ...]:
    """Pictures and films below a folder, in the order in which a camera counts them.

    Raises ``UserInputError``: ``filming.none``, ``filming.too_many`` (most).
    """
    if folder.is_file():
        return (folder,)
    found = sorted(
        (
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in _PICTURES | _FILMS and path.is_file()
        ),
        key=lambda path: (path.parent.as_posix(), film_order(path.name)),
    )
    if not found:
        raise UserInputError("filming.none")
    if len(found) > MOST:
        raise UserInputError("filming.too_many", most=MOST)
    return tuple(found)


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
    made, entries = [], []
    taken = attach_files(
        desk, case, [frame.path for frame in frames], progress, told=replace(told, record=record)
    )
    for frame, done in zip(frames, taken, strict=True):
        number += 1
        film = frame.path.suffix.lower() in _FILMS
        own = replace(
            done.evidence.record, shot=frame.shot, frame=number, format=format_of(done.evidence)
        )
        method = Method.FILMED if film else Method.PHOTOGRAPHED
        fields = record_changes(done.evidence.record, own) | {"method": method.value}
        entries.append(NewEntry(EVIDENCE_RECORDED, f"evidence/{done.evidence.id}", fields))
        made.append(replace(done.evidence, method=method, record=own))
    with desk.store.write() as transaction:
        transaction.append_all(desk.officer.number, entries)
    return tuple(made)
