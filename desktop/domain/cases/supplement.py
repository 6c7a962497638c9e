"""补充: what was told after the report was registered. It stands beside the report and never overwrites it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.cases.intake import IdentifierText, TransferText
from desktop.domain.ids import IdentifierId, SupplementId, TransferId
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import LONG_TEXT, TEXTS, TIME, loosely
from desktop.domain.records.fields import Fields, text


class SupplementSource(StrEnum):
    """Who told it."""

    REPORTER = "reporter"
    FAMILY = "family"
    BANK = "bank"
    CARRIER = "carrier"
    OFFICER = "officer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Supplement:
    """The facts of subject ``supplement/<id>``; they never change. ``reported_at``: when it was said, ``made_at`` and
    ``made_by``: when and by whom it was recorded; ``transfers`` and ``identifiers`` came to the case with it."""

    id: SupplementId
    source: SupplementSource
    reported_at: datetime
    text: str
    made_at: datetime
    made_by: str
    transfers: tuple[TransferId, ...] = ()
    identifiers: tuple[IdentifierId, ...] = ()

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``supplement/<id>``."""
        return {"case": case, **SUPPLEMENT_FIELDS.to_fields(self)}


SUPPLEMENT_FIELDS: Final = FieldTable(
    Supplement,
    (
        FieldRow("source", loosely(SupplementSource, SupplementSource.OTHER)),
        FieldRow("told_at", TIME, attribute="reported_at", named="supplement.dialog.told_at"),
        FieldRow("text", LONG_TEXT, searched=True),
        FieldRow("made_at", TIME),
        FieldRow("made_by"),
        FieldRow("transfers", TEXTS, hidden=True),
        FieldRow("identifiers", TEXTS, hidden=True),
    ),
)


def supplement_from_fields(supplement_id: str, fields: Fields) -> Supplement | None:
    """The supplement behind ``supplement/<id>``; None while it is not known whole."""
    if not text(fields, "told_at") or not text(fields, "made_at"):
        return None
    return SUPPLEMENT_FIELDS.from_fields(fields, id=SupplementId(supplement_id))


@dataclass(frozen=True, slots=True)
class SupplementText:
    """A supplement as typed. ``identifiers`` one a line; their kinds are recognised. Ids of transfers may be empty."""

    source: SupplementSource
    reported_at: datetime
    text: str = ""
    transfers: tuple[TransferText, ...] = ()
    identifiers: str = ""
    leads: tuple[tuple[str, str], ...] = ()
    """(kind, value) of leads whose kind is known, such as those read from pasted text."""
    found: tuple[IdentifierText, ...] = ()
    """Leads that say where they were read, such as those of an item of evidence."""
