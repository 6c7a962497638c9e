"""The facts of a case in words, by name: every official form takes its own from this one table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from desktop.documents.case_forms.party_facts import complainant, person_facts, reporter_facts
from desktop.documents.case_forms.undertaking import company_people, undertaking
from desktop.documents.printing.form_texts import (
    FormData,
    FormTexts,
    in_capitals,
    in_figures,
    in_groups,
)
from desktop.documents.printing.way_words import how_it_left
from desktop.domain.case_file.merge import identity_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import BRANCH, Case
from desktop.domain.cases.payments.amounts import amounts_of
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.cases.people.party import PartyRole, victim_as_party
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.evidence.item import Evidence
from desktop.domain.law.amount_tiers import FRAUD, offence_of
from desktop.runtime.files.atomic_file import size_text

_AGENCY: Final = re.compile(r".*(?:公安局|分局)(?=.)")
_OF_TYPE: Final = {"T13": "extortion"}
"""Types that are no fraud."""


def case_facts(file: CaseFile, officers: Mapping[str, str], texts: FormTexts) -> FormData:
    """Everything about a case that any form may place. A fact nobody knows is an empty text."""
    case = file.case
    amounts = amounts_of(file.transfers, case.returned_fen, case.attempted_fen)
    second = second_officer(file)
    return {
        "local_number": case.number,
        "unit": case.unit_name,
        "agency": agency_of(case.unit_name),
        "official": {
            "incident": case.official.incident,
            "acceptance": case.official.acceptance,
            "case": case.official.case,
        },
        "case_name": whole_case_name(case, texts),
        "reported_case": _reported_case(case, texts),
        "victim": person_facts(victim_as_party(case.victim), texts, case.accepted_at),
        "reporter": reporter_facts(case, texts),
        "complainant": complainant(case),
        "company": company_people(case, texts),
        "returning": undertaking(case, texts, "returns"),
        "officers": [
            texts.person(case.accepted_by, officers.get(case.accepted_by, "")),
            texts.person(second, officers.get(second, "")),
        ],
        "accepted": texts.minute(case.accepted_at),
        "accepted_day": texts.day(case.accepted_at),
        "narrative": case.narrative,
        "transfers": [transfer_facts(item, texts) for item in file.transfers],
        "loss": in_figures(amounts.gross_fen),
        "loss_capitals": in_capitals(amounts.gross_fen),
        "returned": in_figures(amounts.returned_fen),
        "attempted": in_figures(amounts.attempted_fen),
        "identifiers": [
            {"kind": texts.name("identifier", item.kind), "value": item.value, "note": item.note}
            for item in file.identifiers
        ],
        "evidence": [evidence_facts(item, texts) for item in file.evidence],
        "steps": {
            kind.value: step_facts(step, texts)
            for kind in StepKind
            if (step := newest_step(file, kind)) is not None
        },
    }


def transfer_facts(item: Transfer, texts: FormTexts) -> FormData:
    """One payment, both ends."""
    return {
        "number": item.position,
        "time": texts.second(item.time),
        "amount": payment_amount(item, texts),
        "capitals": in_capitals(item.amount_fen),
        "channel": how_it_left(item, texts),
        "payer": account_facts(item.payer),
        "payee": account_facts(item.payee),
        "order_number": item.order_number,
        "serial": item.serial,
    }


def payment_amount(item: Transfer, texts: FormTexts) -> str:
    """Its amount, and that it failed where it did: the sum beside the payments leaves it out."""
    amount = in_figures(item.amount_fen)
    return texts.text("phrase.attempted", amount=amount) if amount and item.attempted else amount


def account_facts(account: Account) -> FormData:
    """One end of a payment."""
    return {"name": account.name, "account": account.number, "bank": account.bank}


def evidence_facts(item: Evidence, texts: FormTexts) -> FormData:
    """One item with the values that fix it, in groups of eight."""
    return {
        "name": item.name,
        "size": f"{item.size:,}",
        "size_text": size_text(item.size),
        "type": item.record.format or item.media_type,
        "category": _category_text(item, texts),
        "sha256": in_groups(item.sha256),
        "sm3": in_groups(item.sm3),
        "md5": in_groups(item.md5),
        "method": texts.text(f"method.{item.method.value}"),
        "source": item.source,
        "time": taken_text(item, texts),
    }


def taken_text(item: Evidence, texts: FormTexts) -> str:
    """When it was taken; where nobody said, when it was received, called that."""
    if item.record.taken_at is not None:
        return texts.minute(item.record.taken_at)
    return texts.text("evidence.received", time=texts.minute(item.added_at))


def step_facts(step: ProcedureStep, texts: FormTexts) -> FormData:
    """A recorded step: its day, the number of its paper as it was typed, a note."""
    return {
        "day": texts.day(step.at),
        "minute": texts.minute(step.at),
        "number": step.number,
        "note": step.note,
    }


def newest_step(file: CaseFile, kind: StepKind) -> ProcedureStep | None:
    """The last step of a kind that still counts."""
    counting = [step for step in file.steps if step.kind is kind and not step.withdrawn]
    return max(counting, key=lambda step: (step.at, step.id), default=None)


def agency_of(unit_name: str) -> str:
    """The bureau a station belongs to, which signs decisions; empty when the name does not tell."""
    found = _AGENCY.match(unit_name)
    return found.group() if found else ""


def case_name(case: Case, texts: FormTexts) -> str:
    """The victim and what happened, as one report tells it; empty without a victim."""
    return _named_after(case, case.victim.name, texts)


def _named_after(case: Case, who: str, texts: FormTexts) -> str:
    return texts.text(f"case_name.{offence(case)}", name=who) if who else ""


def offence(case: Case) -> str:
    """The code of fraud, extortion or theft, by the branch an officer marked, else by the type."""
    marked = offence_of(case.flags, BRANCH)
    return _OF_TYPE.get(case.type, marked) if marked == FRAUD else marked


def whole_case_name(case: Case, texts: FormTexts) -> str:
    """The name of a case whose suspect is unknown, ``李秀兰被诈骗案``; of several victims, as joined reports have them,
    the first and how many: whoever gets the paper learns of no other."""
    others = {
        identity_of(party): party
        for party in case.parties
        if PartyRole.VICTIM in party.roles and party.name
    }
    who, first = case.victim.name, victim_as_party(case.victim)
    others.pop(identity_of(first), None)
    if who and others:
        units = any(party.is_organisation for party in (first, *others.values()))
        key = "case_name.several_units" if units else "case_name.several"
        who = texts.text(key, name=who, count=len(others) + 1)
    return _alone(_named_after(case, who, texts), texts)


def _reported_case(case: Case, texts: FormTexts) -> str:
    """What was reported, in a paper to whoever did: the case of the own victim, whatever was joined to it since."""
    return _alone(case_name(case, texts), texts)


def _alone(name: str, texts: FormTexts) -> str:
    """A case's name as it stands alone on a paper, with 案 behind it; empty for an empty one."""
    return texts.text("phrase.case", name=name) if name else ""


def second_officer(file: CaseFile) -> str:
    """Who stood beside the first officer at the newest order, else at the evidence; empty when nobody is recorded."""
    seconds = [view.order for view in file.orders if view.order.second_officer]
    newest = max(seconds, key=lambda order: (order.issued_at, order.number), default=None)
    if newest:
        return newest.second_officer
    recorded = [item.record.second for item in file.evidence if item.record.second]
    return recorded[-1] if recorded else ""


_CATEGORIES: Final = ("image", "audio", "video", "text")


def _category_text(item: Evidence, texts: FormTexts) -> str:
    """The kind of data as it was recorded (法发〔2016〕22号 Art. 1), else what the file says of itself."""
    recorded = item.record.category
    named = texts.name("category", recorded)
    known = recorded and named != recorded
    return named if known else texts.text(f"category.{_category(item.media_type)}")


def _category(media_type: str) -> str:
    """The class of electronic data a list wants to see, from its media type."""
    family = media_type.partition("/")[0]
    return family if family in _CATEGORIES else "other"
