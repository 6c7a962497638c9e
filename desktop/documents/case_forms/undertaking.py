"""承诺, and who gives it: the victim, an organisation by its handler, a guardian, an agent, or whoever reports."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.case_forms.party_facts import is_minor
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.domain.cases.case import Case
from desktop.domain.cases.people.party import SELF, PartyRole, victim_as_party

_SELF: Final = "self"
_ALONE: Final = frozenset({_SELF, "agent"})
"""Whose signature needs no other beside it."""


def who_undertakes(case: Case, at: datetime) -> str:
    """By what right the application is made. A minor can not undertake anything; who only reports does so for the own
    words alone, and the application waits for who may make it."""
    reporter = case.reporter
    if case.victim_is_organisation:
        return "unit"
    if PartyRole.GUARDIAN in reporter.roles:
        return "guardian"
    if PartyRole.AGENT in reporter.roles:
        return "agent"
    if reporter.id != SELF and PartyRole.VICTIM not in reporter.roles:
        return "other"
    return "guardian" if is_minor(victim_as_party(case.victim), at) else _SELF


def undertaking(case: Case, texts: FormTexts, part: str) -> FormData:
    """``part``: ``words`` of a stop, ``returns`` of what is to be given back. ``beside``: who signs too, if anybody."""
    who = who_undertakes(case, case.accepted_at)
    beside = "" if who in _ALONE else texts.text(f"undertaking.{who}.beside")
    return {
        "words": texts.text(f"undertaking.{who}.{part}"),
        "signer": texts.text(f"undertaking.{who}.signer"),
        "beside": beside,
    }


def applicant(case: Case, texts: FormTexts) -> FormData:
    """Who applies for a stop and by what right; ``by_right``: whether whoever reports may."""
    return {
        "company": company_people(case, texts),
        "by_right": who_undertakes(case, case.accepted_at) != "other",
        "undertaking": undertaking(case, texts, "words"),
    }


def company_people(case: Case, texts: FormTexts) -> list[list[str]]:
    """法定代表人 and 经办人 of an organisation that was cheated, unknown ones empty; nothing for a person."""
    if not case.victim_is_organisation:
        return []
    handlers = [party.name for party in case.parties if PartyRole.HANDLER in party.roles]
    reporter = case.reporter
    if not handlers and reporter.id != SELF:
        handlers = [reporter.name]
    return [
        [texts.text("undertaking.representative"), case.victim.representative],
        [texts.text("undertaking.handler"), "、".join(filter(None, handlers))],
    ]
