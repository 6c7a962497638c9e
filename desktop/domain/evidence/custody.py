"""Seals on media, and evidence passing from hand to hand: who, when, why, in whose presence.

Subjects ``seal/<id>`` and ``custody/<id>`` of a case. A seal that was opened stays; the next one names it. A passing is
signed by both sides: the giver records it, and the taker adds an entry of their own or signs on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.ids import EvidenceId
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import COUNT, LONG_TEXT, MAYBE_TIME, TEXTS, TIME
from desktop.domain.records.fields import Fields, text

SEAL: Final = "seal"
CUSTODY: Final = "custody"


@dataclass(frozen=True, slots=True)
class Seal:
    """The facts of subject ``seal/<id>``.

    ``number``: what the seal bears. ``what``: the sealed thing and its features. ``items``: the evidence it belongs to.
    ``by``, ``second``: the officers, ``seconded_at``: when the second confirmed it with an own password, ``alone``: why
    there was one only; ``holder`` who signed across the seal, or the witness. ``photos``: the pictures of it, before
    and after. ``previous``: the seal this one comes after.
    ``opened_*``: when, by whom, why it was opened, how it was found and the pictures of that; ``opened_at`` None while
    it holds.
    """

    id: str
    number: str
    what: str
    items: tuple[EvidenceId, ...]
    at: datetime
    by: str
    second: str = ""
    alone: str = ""
    holder: str = ""
    photos: str = ""
    reason: str = ""
    previous: str = ""
    opened_at: datetime | None = None
    opened_by: str = ""
    opened_second: str = ""
    opened_reason: str = ""
    opened_state: str = ""
    opened_alone: str = ""
    opened_photos: str = ""
    seconded_at: datetime | None = None
    opened_seconded_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether nobody has opened it."""
        return self.opened_at is None

    def held_at(self, at: datetime) -> bool:
        """Whether it was on, and not yet opened, at that instant."""
        return self.at <= at and (self.opened_at is None or at < self.opened_at)

    def to_fields(self, case: str) -> Fields:
        """Journal fields of a new seal; ``seconded_at`` is the second officer's own entry."""
        return {"case": case, **SEAL_FIELDS.to_fields(self)}


SEAL_FIELDS: Final = FieldTable(
    Seal,
    (
        FieldRow("number"),
        FieldRow("what", LONG_TEXT, named="custody.what"),
        FieldRow("items", TEXTS, hidden=True),
        FieldRow("at", TIME),
        FieldRow("by", named="custody.field.by"),
        FieldRow("second", named="evidence_record.field.second"),
        FieldRow("alone", LONG_TEXT, named="evidence_record.field.alone"),
        FieldRow("holder", named="custody.holder"),
        FieldRow("photos", named="custody.seal.photos"),
        FieldRow("reason", LONG_TEXT),
        FieldRow("previous", hidden=True),
        FieldRow("seconded_at", MAYBE_TIME, named="custody.field.seconded_at", later=True),
        FieldRow("opened_at", MAYBE_TIME, named="custody.open.at", later=True),
        FieldRow("opened_by", named="custody.field.opened_by", later=True),
        FieldRow("opened_second", named="evidence_record.field.second", later=True),
        FieldRow("opened_alone", LONG_TEXT, named="custody.field.opened_alone", later=True),
        FieldRow("opened_reason", LONG_TEXT, named="custody.open.reason", later=True),
        FieldRow("opened_state", LONG_TEXT, named="custody.state", later=True),
        FieldRow("opened_photos", named="custody.open.photos", later=True),
        FieldRow("opened_seconded_at", MAYBE_TIME, named="custody.field.opened_seconded_at", later=True),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustodyTransfer:
    """The facts of subject ``custody/<id>``.

    ``giver``, ``taker``: police number, or the name of a person outside the force, of ``giver_unit``, ``taker_unit``.
    ``checked``: how many items were re-hashed just before and found the same. ``signed_at``: when the taker signed
    here with an own password; None: signed on paper.
    """

    id: str
    items: tuple[EvidenceId, ...]
    at: datetime
    giver: str
    taker: str
    taker_unit: str = ""
    place: str = ""
    reason: str = ""
    checked: int = 0
    signed_at: datetime | None = None
    giver_unit: str = ""

    def to_fields(self, case: str) -> Fields:
        """Journal fields of a new passing; ``signed_at`` is the taker's own entry."""
        return {"case": case, **CUSTODY_FIELDS.to_fields(self)}


CUSTODY_FIELDS: Final = FieldTable(
    CustodyTransfer,
    (
        FieldRow("items", TEXTS, hidden=True),
        FieldRow("at", TIME),
        FieldRow("giver", named="custody.field.giver"),
        FieldRow("taker", named="custody.pass.taker"),
        FieldRow("taker_unit", named="custody.pass.unit"),
        FieldRow("giver_unit", named="custody.field.giver_unit"),
        FieldRow("place", named="custody.pass.place"),
        FieldRow("reason", LONG_TEXT),
        FieldRow("checked", COUNT, named="custody.field.checked"),
        FieldRow("signed_at", MAYBE_TIME, named="custody.field.signed_at", later=True),
    ),
)


def seals_of(subjects: Mapping[str, Fields]) -> tuple[Seal, ...]:
    """The seals of a case, the oldest first; ``subjects``: id → fields."""
    found = (
        SEAL_FIELDS.from_fields(fields, id=name)
        for name, fields in subjects.items()
        if text(fields, "at")
    )
    return tuple(sorted(found, key=lambda seal: (seal.at, seal.id)))


def custody_of(subjects: Mapping[str, Fields]) -> tuple[CustodyTransfer, ...]:
    """The passings of a case, the oldest first; ``subjects``: id → fields."""
    found = (
        CUSTODY_FIELDS.from_fields(fields, id=name)
        for name, fields in subjects.items()
        if text(fields, "at")
    )
    return tuple(sorted(found, key=lambda passing: (passing.at, passing.id)))


def seal_on(seals: Iterable[Seal], item: EvidenceId) -> Seal | None:
    """The seal that holds this item now; None when it lies open."""
    holding = [seal for seal in seals if seal.holds and item in seal.items]
    return holding[-1] if holding else None


def last_seal(seals: Iterable[Seal], items: Iterable[EvidenceId]) -> Seal | None:
    """The newest seal any of these items was under, opened or not."""
    wanted = set(items)
    under = [seal for seal in seals if wanted & set(seal.items)]
    return under[-1] if under else None


def keeper_of(passings: Iterable[CustodyTransfer], item: EvidenceId, first: str) -> str:
    """Who keeps the item now: the last taker, else who took it in."""
    takers = [passing.taker for passing in passings if item in passing.items]
    return takers[-1] if takers else first
