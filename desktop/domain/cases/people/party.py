"""当事人: who is who in a report besides the first victim, and who of them reports.

The first victim stays where every program has kept it (:mod:`desktop.domain.cases.people.victim`). Others are records
among the answers of the case. Which of them reports is one fact of the case, so that two desks that name two
reporters disagree about one value and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from desktop.domain.cases.people.victim import ID_KINDS, VICTIM_FIELDS, Victim
from desktop.domain.identifiers import KINDS
from desktop.domain.identifiers.labels import TELEPHONES
from desktop.domain.ids import PartyId
from desktop.domain.masking import masked_address, masked_id, masked_phone
from desktop.domain.records.field_table import FieldRow, FieldTable, Typed
from desktop.domain.records.field_types import text_of
from desktop.domain.records.record_family import RecordFamily, record_rows

SELF: Final = "self"
"""The id of the first victim among the parties, and the mark of a victim who reports in person."""
RESIDENT: Final = "resident_id"
ORGANISATION: Final = "uscc"
"""The kind of number by which a party is an organisation."""


class PartyRole(StrEnum):
    """What somebody is in a report."""

    VICTIM = "victim"
    REPORTER = "reporter"
    AGENT = "agent"
    GUARDIAN = "guardian"
    HANDLER = "handler"
    """经办人: acts for an organisation."""
    PAYER = "payer"
    WITNESS = "witness"


@dataclass(frozen=True, slots=True)
class Party:
    """One who has to do with a report. ``role``: codes of :class:`PartyRole`, and of newer programs, with blanks
    between them; ``relation``: to the victim; ``organisation``: where the person works, or for which one acts;
    ``papers``: what shows that a person may act for another; ``consent``: how the other agreed to it."""

    id: PartyId
    role: str = ""
    name: str = ""
    relation: str = ""
    organisation: str = ""
    id_kind: str = RESIDENT
    id_number: str = ""
    phone: str = ""
    address: str = ""
    representative: str = ""
    papers: str = ""
    consent: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """Each code once."""
        return tuple(dict.fromkeys(self.role.split()))

    @property
    def is_organisation(self) -> bool:
        """Whether it is no person."""
        return self.id_kind == ORGANISATION

    @property
    def is_blank(self) -> bool:
        """Whether nothing but a choice was made."""
        return replace(self, role="", id_kind=RESIDENT) == type(self)(self.id)


@dataclass(frozen=True, slots=True)
class PartyText(Party):
    """One card of page 当事人, exactly as typed."""


_ID_KIND: Final = replace(
    text_of(KINDS, RESIDENT), write=lambda kind: "" if kind == RESIDENT else kind
)
"""The usual kind is not written: a card that was opened and left empty says nothing."""
PARTY_FIELDS: Final = FieldTable(
    Party,
    record_rows(
        "party",
        FieldRow("role", text_of(PartyRole, ""), typed=Typed.CODES, codes="party.role_is"),
        FieldRow("name", typed=Typed.WORDS, searched=True),
        FieldRow("relation", typed=Typed.WORDS),
        FieldRow("organisation", typed=Typed.WORDS, searched=True),
        FieldRow("id_kind", _ID_KIND, typed=Typed.CHOICE, codes="intake.kind", offered=ID_KINDS),
        FieldRow("id_number", typed=Typed.NUMBER, kinds=("resident_id",), mask=masked_id, searched=True),
        FieldRow("phone", typed=Typed.NUMBER, kinds=TELEPHONES, mask=masked_phone, searched=True),
        FieldRow("address", typed=Typed.WORDS, mask=masked_address, searched=True),
        FieldRow("representative", typed=Typed.WORDS, searched=True),
        FieldRow("papers", typed=Typed.WORDS),
        FieldRow("consent", typed=Typed.WORDS),
    ),
)  # fmt: skip
"""What is known of a party, in entries about ``case/<id>`` under ``answer.party.<id>.``."""
PARTIES: Final = RecordFamily("party", "parties", PARTY_FIELDS, reserved=frozenset({SELF}))
_OF_BOTH: Final = tuple(
    row.attribute
    for row in VICTIM_FIELDS.rows
    if row.attribute in {party.attribute for party in PARTY_FIELDS.rows}
)


def victim_as_party(victim: Victim) -> Party:
    """The first victim as one of the parties, with every fact that both have. What is the workplace of a victim is the
    organisation of a party."""
    shared = {name: getattr(victim, name) for name in _OF_BOTH}
    return Party(PartyId(SELF), PartyRole.VICTIM, organisation=victim.workplace, **shared)


def reporter_among(parties: Iterable[Party], reported_by: str) -> Party | None:
    """Who reports; None where it is the victim, or whoever it was is no more among the parties."""
    return next((party for party in parties if party.id == reported_by), None)
