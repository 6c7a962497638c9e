"""当事人: who is who in a report besides the first victim, and who of them told it.

The first victim stays where every program has kept it (:mod:`desktop.domain.cases.victim`). Others are records among
the answers of the case. Which of them reports is one fact of the case, so that two desks that name two reporters
disagree about one value and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.cases.victim import Victim
from desktop.domain.identifiers import KINDS
from desktop.domain.ids import PartyId
from desktop.domain.masking import masked_address, masked_id, masked_phone
from desktop.domain.records.field_table import FieldRow, FieldTable, Typed
from desktop.domain.records.field_types import TEXT, FieldType, text_of
from desktop.domain.records.record_family import RecordFamily

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
        texts = (
            self.name, self.relation, self.organisation, self.id_number, self.phone, self.address,
            self.representative, self.papers, self.consent,
        )  # fmt: skip
        return not any(texts)


@dataclass(frozen=True, slots=True)
class PartyText(Party):
    """One card of page 当事人, exactly as typed."""


_ID_KIND: Final = text_of(frozenset(KINDS), RESIDENT)
_ID_KINDS: Final = FieldType(
    _ID_KIND.name,
    _ID_KIND.holds,
    _ID_KIND.read,
    lambda kind: "" if kind == RESIDENT else kind,
    _ID_KIND.codes,
)
"""The usual kind is not written: a card that was opened and left empty says nothing."""


def _row(
    key: str,
    typed: Typed = Typed.WORDS,
    kind: FieldType = TEXT,
    *,
    codes: str = "",
    mask: Callable[[str], str] | None = None,
    searched: bool = False,
) -> FieldRow:
    """A fact that is called alike on the page, on the card and in the history."""
    words = f"party.{key}"
    return FieldRow(
        key, kind, form=key, typed=typed, label=words, card=words, named=words, seldom=True,
        codes=codes, mask=mask, searched=searched,
    )  # fmt: skip


PARTY_FIELDS: Final = FieldTable(
    Party,
    (
        _row("role", Typed.CODES, text_of(frozenset(PartyRole), ""), codes="party.role_is"),
        _row("name", searched=True),
        _row("relation"),
        _row("organisation", searched=True),
        _row("id_kind", Typed.CHOICE, _ID_KINDS, codes="intake.kind"),
        _row("id_number", Typed.NUMBER, mask=masked_id, searched=True),
        _row("phone", Typed.NUMBER, mask=masked_phone, searched=True),
        _row("address", mask=masked_address, searched=True),
        _row("representative", searched=True),
        _row("papers"),
        _row("consent"),
    ),
)
"""What is known of a party, in entries about ``case/<id>`` under ``answer.party.<id>.``."""
PARTIES: Final = RecordFamily("party", "parties", PARTY_FIELDS, reserved=frozenset({SELF}))


def victim_as_party(victim: Victim) -> Party:
    """The first victim as one of the parties."""
    return Party(
        id=PartyId(SELF),
        role=PartyRole.VICTIM,
        name=victim.name,
        organisation=victim.workplace,
        id_kind=victim.id_kind,
        id_number=victim.id_number,
        phone=victim.phone,
        address=victim.address,
        representative=victim.representative,
    )


def reporter_among(parties: Iterable[Party], reported_by: str) -> Party | None:
    """Who reports; None where it is the victim, or whoever it was is no more among the parties."""
    return next((party for party in parties if party.id == reported_by), None)
