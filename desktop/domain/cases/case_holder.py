"""Which desk of a station is in charge of a case, since when and why; and the offer to hand it to another one.

All of it is one value of one field, so that two desks that decide differently at the same time leave two whole answers
for a person to choose from, never a mixture. Nothing is locked: every desk can go on writing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.records.fields import Fields, Json, mapping, text
from desktop.domain.time.clock import from_wire, to_wire

CHARGE: Final = "charge"
"""Field of subject ``case/<id>``."""

_OFFER: Final = "offer"
_DECLINED: Final = "declined"


class Assignment(StrEnum):
    """A case that a centre made of a call, on its way to a station (移交派出所)."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class HolderNote:
    """What was said about handing a case on: by an officer ``by`` of desk ``letter`` at ``at``, for ``reason``.

    Of an offer ``device`` and ``letter`` name the desk it is made to; of a refusal the desk that refused. ``unit``: the
    station that a centre offers its case to, or that returned it; "" among the desks of one station.
    """

    device: str
    letter: str
    by: str
    at: datetime | None
    reason: str
    unit: str = ""

    def is_to(self, device: str, unit: str) -> bool:
        """Whether an offer waits for this desk; what a centre offers a ``unit`` any of its desks may answer."""
        return self.device == device or (bool(self.unit) and self.unit == unit)

    def to_json(self) -> Json:
        """As the journal holds it."""
        document: dict[str, Json] = {
            "device": self.device,
            "letter": self.letter,
            "by": self.by,
            "at": to_wire(self.at) if self.at else "",
            "reason": self.reason,
        }
        return {**document, "unit": self.unit} if self.unit else document


@dataclass(frozen=True, slots=True)
class CaseHolder:
    """``device`` and ``letter``: the desk in charge; ``by``: the officer who took it on; ``former``: letter of the desk
    that had it before, "" for the one that registered the case. ``offer`` waits for an answer; ``declined`` tells
    that the last one was refused, until there is another."""

    device: str
    letter: str
    by: str
    since: datetime | None
    reason: str = ""
    former: str = ""
    offer: HolderNote | None = None
    declined: HolderNote | None = None

    @property
    def assignment(self) -> Assignment | None:
        """How far the offer of a centre to a station got; None where none waits and none was returned."""
        if self.offer is not None and self.offer.unit:
            return Assignment.OFFERED
        if self.declined is not None and self.declined.unit:
            return Assignment.RETURNED
        return None

    def to_json(self) -> Json:
        """As the journal holds it."""
        document: dict[str, Json] = {
            "device": self.device,
            "letter": self.letter,
            "by": self.by,
            "since": to_wire(self.since) if self.since else "",
            "reason": self.reason,
            "former": self.former,
        }
        if self.offer is not None:
            document[_OFFER] = self.offer.to_json()
        if self.declined is not None:
            document[_DECLINED] = self.declined.to_json()
        return document


def holder_from_fields(fields: Fields) -> CaseHolder | None:
    """The charge of ``case/<id>``; None where it was never offered or handed on."""
    return _holder(mapping(fields, CHARGE))


def holder_from_text(content: str) -> CaseHolder | None:
    """The same from the JSON text by which a history or a conflict shows it."""
    try:
        document = json.loads(content)
    except ValueError:
        return None
    return _holder(document) if isinstance(document, Mapping) else None


def letter_of(case_number: str) -> str:
    """The letter of the desk that gave a case its number, see :func:`desktop.domain.records.numbers.case_number`."""
    parts = case_number.split("-")
    return parts[2] if len(parts) == 4 else ""


def _holder(found: Mapping[str, Json]) -> CaseHolder | None:
    if not text(found, "device"):
        return None
    return CaseHolder(
        device=text(found, "device"),
        letter=text(found, "letter"),
        by=text(found, "by"),
        since=_instant(found, "since"),
        reason=text(found, "reason"),
        former=text(found, "former"),
        offer=_note(mapping(found, _OFFER)),
        declined=_note(mapping(found, _DECLINED)),
    )


def _note(found: Mapping[str, Json]) -> HolderNote | None:
    if not text(found, "device"):
        return None
    return HolderNote(
        text(found, "device"),
        text(found, "letter"),
        text(found, "by"),
        _instant(found, "at"),
        text(found, "reason"),
        text(found, "unit"),
    )


def _instant(found: Mapping[str, Json], name: str) -> datetime | None:
    try:
        return from_wire(text(found, name))
    except ValueError:
        return None
