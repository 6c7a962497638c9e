"""补充: what was told after the report was registered. It stands beside the report and never overwrites it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.cases.intake import IdentifierText, TransferText
from desktop.domain.clock import from_wire, to_wire
from desktop.domain.fields import Fields, text, texts
from desktop.domain.ids import IdentifierId, SupplementId, TransferId


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
    """The facts of subject ``supplement/<id>``; they never change. ``told_at``: when it was said, ``made_at`` and
    ``made_by``: when and by whom it was recorded; ``transfers`` and ``identifiers`` came to the case with it."""

    id: SupplementId
    source: SupplementSource
    told_at: datetime
    text: str
    made_at: datetime
    made_by: str
    transfers: tuple[TransferId, ...] = ()
    identifiers: tuple[IdentifierId, ...] = ()

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``supplement/<id>``."""
        return {
            "case": case,
            "source": self.source.value,
            "told_at": to_wire(self.told_at),
            "text": self.text,
            "made_at": to_wire(self.made_at),
            "made_by": self.made_by,
            "transfers": list(self.transfers),
            "identifiers": list(self.identifiers),
        }


def supplement_from_fields(supplement_id: str, fields: Fields) -> Supplement | None:
    """The supplement behind ``supplement/<id>``; None while it is not known whole."""
    told, made = text(fields, "told_at"), text(fields, "made_at")
    if not told or not made:
        return None
    source = text(fields, "source")
    return Supplement(
        SupplementId(supplement_id),
        SupplementSource(source) if source in _SOURCES else SupplementSource.OTHER,
        from_wire(told),
        text(fields, "text"),
        from_wire(made),
        text(fields, "made_by"),
        tuple(TransferId(item) for item in texts(fields, "transfers")),
        tuple(IdentifierId(item) for item in texts(fields, "identifiers")),
    )


_SOURCES = frozenset(SupplementSource)


@dataclass(frozen=True, slots=True)
class SupplementText:
    """A supplement as typed. ``identifiers`` one a line; their kinds are recognised. Ids of transfers may be empty."""

    source: SupplementSource
    told_at: datetime
    text: str = ""
    transfers: tuple[TransferText, ...] = ()
    identifiers: str = ""
    leads: tuple[tuple[str, str], ...] = ()
    """(kind, value) of leads whose kind is known, such as those read from pasted text."""
    found: tuple[IdentifierText, ...] = ()
    """Leads that say where they were read, such as those of an item of evidence."""
