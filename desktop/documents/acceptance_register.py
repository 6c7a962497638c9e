"""受案登记表 and 受案回执 of the criminal form set (2022), filled as far as the desk may fill them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from desktop.documents.form_words import FormData, FormWords, in_figures
from desktop.documents.printable import FormValue
from desktop.domain.case import Case, Victim, Visit
from desktop.domain.identifiers.resident_id import birth_date
from desktop.domain.transfer import Transfer
from desktop.domain.views import CaseFile

_SOURCES: Final = ("command", "found", "report", "surrender", "handed_over", "seized", "other")
_OPINIONS: Final = ("administrative", "criminal", "transfer", "refuse", "other")


def acceptance_register(
    file: CaseFile, officers: Mapping[str, str], words: FormWords, at: datetime
) -> FormData:
    """What ``acceptance_register.typ`` prints. Opinions and approvals are people's to tick and sign."""
    case = file.case
    victim = case.victim
    born, sex = _birth_and_sex(victim)
    source = "report" if case.visit is Visit.REPORT else ""
    return words.frame(words.text("form.acceptance_register"), at) | {
        "local_number": case.number,
        "unit": case.unit_name,
        "sources": [
            {"label": words.text(f"source.{name}"), "on": name == source} for name in _SOURCES
        ],
        "victim": {
            "name": victim.name,
            "sex": words.text(f"sex.{sex}") if sex else "",
            "born": _day(born, words),
            "id_kind": words.name("identifier", victim.id_kind),
            "id_number": victim.id_number,
            "phone": victim.phone,
            "address": victim.address,
        },
        "officer": words.person(case.accepted_by, officers.get(case.accepted_by, "")),
        "accepted": words.minute(case.accepted_at),
        "narrative": case.narrative,
        "transfers": [_transfer(item, words) for item in file.transfers],
        "loss": in_figures(sum(item.amount_fen for item in file.transfers)),
        "evidence": len(file.evidence),
        "opinions": [words.text(f"opinion.{name}") for name in _OPINIONS],
    }


def acceptance_receipt(
    file: CaseFile, officers: Mapping[str, str], words: FormWords, at: datetime
) -> FormData:
    """What ``acceptance_receipt.typ`` prints."""
    case = file.case
    return words.frame(words.text("form.acceptance_receipt"), at) | {
        "local_number": case.number,
        "unit": case.unit_name,
        "victim": case.victim.name,
        "reported": words.day(case.accepted_at),
        "case_name": case_name(case, words),
        "officer": words.person(case.accepted_by, officers.get(case.accepted_by, "")),
    }


def case_name(case: Case, words: FormWords) -> str:
    """The victim and what happened: the name of a case whose suspect is unknown; empty without a victim."""
    if not case.victim.name:
        return ""
    named = words.name("case_name", case.type)
    key = "case_name.other" if named == case.type else f"case_name.{case.type}"
    return words.text(key, name=case.victim.name)


def _transfer(item: Transfer, words: FormWords) -> FormValue:
    payee = " ".join(part for part in (item.payee.name, item.payee.number, item.payee.bank) if part)
    return {
        "time": words.second(item.time),
        "amount": in_figures(item.amount_fen),
        "channel": words.text(f"channel.{item.channel.value}") if item.channel else "",
        "payee": payee or item.order_number or item.serial,
    }


def _birth_and_sex(victim: Victim) -> tuple[date | None, str]:
    """What the number of a resident identity card says of its holder (GB 11643)."""
    number = victim.id_number
    if victim.id_kind != "resident_id":
        return None, ""
    if len(number) == 15:
        number = f"{number[:6]}19{number[6:]}0"
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return None, ""
    return birth_date(number), "male" if int(number[16]) % 2 else "female"


def _day(day: date | None, words: FormWords) -> str:
    if day is None:
        return ""
    return words.text(
        "date.day", year=f"{day.year:04d}", month=f"{day.month:02d}", day=f"{day.day:02d}"
    )
