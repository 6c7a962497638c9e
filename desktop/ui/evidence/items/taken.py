"""What came of a batch: what is new, what was in the list already, and whether something ended it half-way."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.domain.errors import AppError, UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.services.ports.reading.contents import FileContents, Unread
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.items.drops import files_below
from desktop.ui.shared.kit.picture_octets import png_octets


@dataclass(frozen=True, slots=True)
class DuplicateItem:
    """An item that had the content already; ``number`` in the list, from 1."""

    item: EvidenceId
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class AddedEvidence:
    """``failure``: what ended the batch; what is ``new`` stays all the same."""

    new: tuple[EvidenceId, ...]
    known: tuple[DuplicateItem, ...] = ()
    failure: AppError | None = None

    @property
    def to_show(self) -> EvidenceId | None:
        """The item the person wants to see now."""
        return next(iter((*self.new, *(known.item for known in self.known))), None)


def take_files(evidence: CaseEvidence, paths: Sequence[Path], progress: Progress) -> AddedEvidence:
    """Take in the files and folders; content that the list has is not taken twice.

    Raises as :func:`desktop.ui.evidence.items.drops.files_below`, and as the port where nothing came in.
    """
    files = files_below(paths, progress)
    before = evidence.items()
    former = {item.id for item in before}
    try:
        found = tuple(dict.fromkeys(evidence.attach(files, progress)))
    except AppError as failure:
        new = tuple(item.id for item in evidence.items() if item.id not in former)
        if not new:
            raise
        return AddedEvidence(new, failure=failure)
    return AddedEvidence(tuple(name for name in found if name not in former), _known(before, found))


def take_picture(
    evidence: CaseEvidence, name: str, picture: QImage, progress: Progress
) -> AddedEvidence:
    """Take in a picture that was pasted; one that the list has is not taken twice."""
    data = png_octets(picture)
    progress.check()
    digest = hashlib.sha256(data).hexdigest()
    items = evidence.items()
    same = [item.id for item in items if item.sha256 == digest]
    if same:
        return AddedEvidence((), _known(items, same[:1]))
    return AddedEvidence((evidence.attach_picture(name, data),))


def take_out(
    evidence: CaseEvidence,
    files: FileContents,
    item: Evidence,
    wanted: Sequence[tuple[Sequence[int], str]],
    progress: Progress,
) -> AddedEvidence:
    """Make attachments of ``item`` items of their own: the place of each, and its source in words."""
    made = []
    for place, source in wanted:
        with evidence.content(item) as stream:
            found = files.attachment(stream, item.size, place, progress)
        if isinstance(found, Unread):
            raise UserInputError("evidence.attachment", number=".".join(map(str, place)))
        progress.check()
        made.append(evidence.attach_attachment(item.id, found, source))
    return AddedEvidence(tuple(made))


def _known(before: Sequence[Evidence], found: Sequence[EvidenceId]) -> tuple[DuplicateItem, ...]:
    wanted = frozenset(found)
    numbered = enumerate(before, 1)
    return tuple(DuplicateItem(item.id, item.name, n) for n, item in numbered if item.id in wanted)
