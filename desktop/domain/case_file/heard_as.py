"""As what somebody is heard in an interview: it decides which notice of rights and duties is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from desktop.domain.cases.people.party import SELF, Party, PartyRole, victim_as_party
from desktop.domain.cases.people.victim import Victim

WITNESS_RIGHTS: Final = frozenset({"witness_rights", "administrative_witness_rights"})
"""Notices for who is heard as a witness."""
_SPEAK_FOR_UNIT: Final = frozenset({PartyRole.HANDLER, PartyRole.AGENT})


class HeardAs(StrEnum):
    """The place of a person who is asked (刑事诉讼法第一百零八条、第一百二十四条至第一百二十七条)."""

    VICTIM = "victim"
    GUARDIAN = "guardian"
    """法定代理人 of the victim: told the rights of both, since only parties and their guardians may ask that an officer
    withdraws (第二十九条)."""
    WITNESS = "witness"


def heard_as(victim: Victim, asked: Party) -> HeardAs:
    """A victim, or whoever speaks for a unit that is one, is heard as the victim; an agent, a relative, who paid for
    another and anybody else tells what they know of it, as a witness."""
    roles = frozenset(asked.roles)
    if asked.id == SELF or PartyRole.VICTIM in roles:
        return HeardAs.VICTIM
    if victim_as_party(victim).is_organisation:
        speaks = roles & _SPEAK_FOR_UNIT or (asked.name and asked.name == victim.representative)
        if speaks:
            return HeardAs.VICTIM
    return HeardAs.GUARDIAN if PartyRole.GUARDIAN in roles else HeardAs.WITNESS


def has_witness(victim: Victim, parties: Iterable[Party]) -> bool:
    """Whether a notice for witnesses may be handed to one of the parties."""
    return any(heard_as(victim, one) is not HeardAs.VICTIM for one in parties if not one.is_blank)
