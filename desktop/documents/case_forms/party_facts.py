"""Who is who on paper: the person, who reports and by what right, and how the case came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.printing.printable import FormValue
from desktop.domain.cases.case import Case, CaseSource, Visit
from desktop.domain.cases.people.party import SELF, Party, PartyRole
from desktop.domain.identifiers.documents.resident_id import age_at, birth_date
from desktop.domain.time.local_time import CHINA

_ADULT: Final = 18
"""Full years; below, a guardian is present (刑事诉讼法第二百八十一条)."""
_LIKE_RESIDENTS: Final = frozenset({"resident_id", "residence_permit", "foreign_resident"})
"""Kinds of numbers that say when somebody was born and of which sex."""
_ACT_FOR_VICTIM: Final = frozenset({PartyRole.GUARDIAN, PartyRole.AGENT, PartyRole.HANDLER})
_SOURCES: Final = ("command", "found", "report", "surrender", "handed_over", "seized", "other")
"""案件来源, in the order of the register."""
_BOXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        CaseSource.REPORT: "report",
        CaseSource.CALL: "report",
        CaseSource.POLICE_110: "command",
        CaseSource.TRANSFERRED: "handed_over",
        CaseSource.OWN_FINDING: "found",
    }
)
"""The box of the register for each; whoever calls reports."""


def person_facts(person: Party, texts: FormTexts, at: datetime) -> FormData:
    """The person, with what the number of a resident identity card says of them (GB 11643), age on that day."""
    born, sex = birth_and_sex(person)
    age = _age(person, at)
    return {
        "name": person.name,
        "sex": texts.text(f"sex.{sex}") if sex else "",
        "born": texts.calendar_day(born) if born else "",
        "age": "" if age is None else str(age),
        "minor": is_minor(person, at),
        "unit": "1" if person.is_organisation else "",
        "id_kind": texts.name("identifier", person.id_kind) if person.id_number else "",
        "id_number": person.id_number,
        "phone": person.phone,
        "address": person.address,
    }


def is_minor(person: Party, at: datetime) -> bool:
    """Whether the number says that the person was under eighteen on that day."""
    age = _age(person, at)
    return age is not None and age < _ADULT


def _age(person: Party, at: datetime) -> int | None:
    born, _ = birth_and_sex(person)
    return age_at(born, at.astimezone(CHINA).date()) if born else None


def reporter_facts(case: Case, texts: FormTexts, *, administrative: bool = False) -> FormData:
    """The block 报案人: who reports, and in ``acting`` for whom and by what right."""
    return person_facts(case.reporter, texts, case.accepted_at) | {
        "acting": acting_text(case, case.reporter, texts, administrative=administrative)
    }


def acting_text(
    case: Case, person: Party, texts: FormTexts, *, administrative: bool = False
) -> str:
    """As what, for whom and by what right somebody else than the victim speaks; empty for the victim in person."""
    return (
        "；".join(_acting(case, person, texts, administrative=administrative))
        if person.id != SELF
        else ""
    )


def role_words(person: Party, texts: FormTexts) -> list[str]:
    """As what somebody takes part; a role that a later program recorded is called as it is recorded."""
    known = frozenset(PartyRole)
    return [texts.text(f"party.{role}") if role in known else role for role in person.roles]


def capacity_text(case: Case, person: Party, texts: FormTexts) -> str:
    """Whose daughter and agent somebody is, in a sentence; empty for who does not act for a named victim."""
    roles = [texts.text(f"party.{role}") for role in person.roles if role in _ACT_FOR_VICTIM]
    if not roles or not case.victim.name or person.id == SELF:
        return ""
    return "、".join(dict.fromkeys(part for part in (person.relation, *roles) if part))


def _acting(case: Case, person: Party, texts: FormTexts, *, administrative: bool) -> Iterator[str]:
    yield from role_words(person, texts)
    for name, fact in (
        ("injured_of" if administrative else "victim_of", case.victim.name),
        ("injured_relation" if administrative else "relation", person.relation),
        ("papers", person.papers),
        ("consent", person.consent),
    ):
        if fact:
            yield texts.text(f"party.{name}", text=fact)


def complainant(case: Case) -> str:
    """控告人, to whom a refusal is addressed: the victim; for a minor the guardian who came, as far as one did."""
    for_minor = PartyRole.GUARDIAN in case.reporter.roles
    return (case.reporter.name if for_minor else "") or case.victim.name


def source_boxes(case: Case, texts: FormTexts) -> list[FormValue]:
    """案件来源: as it was said; else a report is ticked, and anything else is the officer's to tick."""
    usual = "report" if case.visit is Visit.REPORT and not case.source else ""
    box = _BOXES.get(case.source, usual)
    return [{"label": texts.text(f"source.{name}"), "on": name == box} for name in _SOURCES]


def birth_and_sex(person: Party) -> tuple[date | None, str]:
    """What the number of a resident, or one made alike, says of its holder (GB 11643)."""
    number = person.id_number
    if person.id_kind not in _LIKE_RESIDENTS:
        return None, ""
    if len(number) == 15:
        number = f"{number[:6]}19{number[6:]}0"
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return None, ""
    return birth_date(number), "male" if int(number[16]) % 2 else "female"
