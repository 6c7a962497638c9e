"""The rows of guided filming: what a shot is and how many photographs show it, and what each photograph shows."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.evidence.photographing import Shot
from desktop.services.evidence.find_photos import Photo
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.rows_model import TableColumn


@dataclass(frozen=True, slots=True)
class ShotRow:
    """A shot and how many photographs show it."""

    shot: Shot
    count: int
    before: int = 0
    """Taken at an earlier filming of this case."""


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photograph and the shot it shows."""

    place: int
    photo: Photo
    shot: Shot


def shot_columns(kit: Kit) -> tuple[TableColumn[ShotRow], ...]:
    """What to photograph, and how much of it there is."""

    def what(row: ShotRow) -> str:
        return row.shot.text(kit.texts.language)

    def count(row: ShotRow) -> str:
        total = row.count + row.before
        if not total:
            return kit.texts.text("filming.lacks" if row.shot.needed else "filming.optional")
        return kit.texts.text("filming.shows", count=total)

    return (
        TableColumn("what", "filming.column.shot", what),
        TableColumn("count", "filming.column.count", count, chip=True, tone=_count_tone),
    )


def photo_columns(kit: Kit) -> tuple[TableColumn[PhotoRow], ...]:
    """The number on the contact sheet, the file, and what it shows."""

    def shot(row: PhotoRow) -> str:
        return row.shot.text(kit.texts.language)

    return (
        TableColumn("number", "filming.column.number", _number),
        TableColumn("name", "filming.column.name", _name, keep_end=True),
        TableColumn("shot", "filming.column.shot", shot),
    )


def shot_key(row: ShotRow) -> str:
    """Which shot it is."""
    return row.shot.id


def photo_key(row: PhotoRow) -> int:
    """Which photograph it is."""
    return row.place


def _number(row: PhotoRow) -> str:
    return str(row.place + 1)


def _name(row: PhotoRow) -> str:
    return row.photo.path.name


def _count_tone(row: ShotRow) -> Tone | None:
    if row.count + row.before:
        return Tone.OK
    return Tone.WARN if row.shot.needed else Tone.NEUTRAL
