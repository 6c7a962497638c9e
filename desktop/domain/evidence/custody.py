"""Seals on media, and evidence passing from hand to hand: who, when, why, in whose presence.

Subjects ``seal/<id>`` and ``custody/<id>`` of a case. A seal that was opened stays; the next one names it. A passing is
signed by both sides: the giver records it, and the taker adds an entry of their own or signs on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.clock import from_wire, to_wire
from desktop.domain.fields import Fields, Json, text, texts
from desktop.domain.ids import EvidenceId

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
        items: list[Json] = list(self.items)
        return {
            "case": case, "number": self.number, "what": self.what, "items": items, "at": to_wire(self.at),
            "by": self.by, "second": self.second, "alone": self.alone, "holder": self.holder,
            "photos": self.photos, "reason": self.reason, "previous": self.previous,
        }  # fmt: skip


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
        items: list[Json] = list(self.items)
        return {
            "case": case, "items": items, "at": to_wire(self.at), "giver": self.giver, "taker": self.taker,
            "taker_unit": self.taker_unit, "place": self.place, "reason": self.reason, "checked": self.checked,
            "giver_unit": self.giver_unit,
        }  # fmt: skip


def seals_of(subjects: Mapping[str, Fields]) -> tuple[Seal, ...]:
    """The seals of a case, the oldest first; ``subjects``: id → fields."""
    found = (_seal(name, fields) for name, fields in subjects.items() if text(fields, "at"))
    return tuple(sorted(found, key=lambda seal: (seal.at, seal.id)))


def custody_of(subjects: Mapping[str, Fields]) -> tuple[CustodyTransfer, ...]:
    """The passings of a case, the oldest first; ``subjects``: id → fields."""
    found = (_transfer(name, fields) for name, fields in subjects.items() if text(fields, "at"))
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


def _seal(seal_id: str, fields: Fields) -> Seal:
    return Seal(
        id=seal_id,
        number=text(fields, "number"),
        what=text(fields, "what"),
        items=_items(fields),
        at=from_wire(text(fields, "at")),
        by=text(fields, "by"),
        second=text(fields, "second"),
        alone=text(fields, "alone"),
        holder=text(fields, "holder"),
        photos=text(fields, "photos"),
        reason=text(fields, "reason"),
        previous=text(fields, "previous"),
        opened_at=_instant(fields, "opened_at"),
        opened_by=text(fields, "opened_by"),
        opened_second=text(fields, "opened_second"),
        opened_reason=text(fields, "opened_reason"),
        opened_state=text(fields, "opened_state"),
        opened_alone=text(fields, "opened_alone"),
        opened_photos=text(fields, "opened_photos"),
        seconded_at=_instant(fields, "seconded_at"),
        opened_seconded_at=_instant(fields, "opened_seconded_at"),
    )


def _transfer(custody_id: str, fields: Fields) -> CustodyTransfer:
    checked = fields.get("checked")
    return CustodyTransfer(
        id=custody_id,
        items=_items(fields),
        at=from_wire(text(fields, "at")),
        giver=text(fields, "giver"),
        taker=text(fields, "taker"),
        taker_unit=text(fields, "taker_unit"),
        place=text(fields, "place"),
        reason=text(fields, "reason"),
        checked=checked if type(checked) is int else 0,
        signed_at=_instant(fields, "signed_at"),
        giver_unit=text(fields, "giver_unit"),
    )


def _items(fields: Fields) -> tuple[EvidenceId, ...]:
    return tuple(EvidenceId(name) for name in texts(fields, "items"))


def _instant(fields: Fields, name: str) -> datetime | None:
    value = text(fields, name)
    return from_wire(value) if value else None
