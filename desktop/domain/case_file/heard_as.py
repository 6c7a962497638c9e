"""As what somebody is heard in an interview: it decides which notice of rights and duties is handed over."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from desktop.domain.cases.case import Case
from desktop.domain.cases.party import SELF, Party, PartyRole

_SPEAK_FOR_UNIT: Final = frozenset({PartyRole.HANDLER, PartyRole.AGENT})


class HeardAs(StrEnum):
    """The place of a person who is asked (刑事诉讼法第一百零八条、第一百二十四条至第一百二十七条)."""

    VICTIM = "victim"
    GUARDIAN = "guardian"
    """法定代理人 of the victim: told the rights of both, since only parties and their guardians may ask that an officer
    withdraws (第二十九条)."""
    WITNESS = "witness"


def heard_as(case: Case, asked: Party) -> HeardAs:
    """A victim, or whoever speaks for a unit that is one, is heard as the victim; an agent, a relative, who paid for
    another and anybody else tells what they know of it, as a witness."""
    roles = frozenset(asked.roles)
    if asked.id == SELF or PartyRole.VICTIM in roles:
        return HeardAs.VICTIM
    if case.victim_is_organisation:
        speaks = roles & _SPEAK_FOR_UNIT or (
            asked.name and asked.name == case.victim.representative
        )
        if speaks:
            return HeardAs.VICTIM
    return HeardAs.GUARDIAN if PartyRole.GUARDIAN in roles else HeardAs.WITNESS
