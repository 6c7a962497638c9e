"""受案登记表 and 受案回执 of the criminal form set (2022), filled as far as the desk may fill them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from desktop.documents.case_forms.case_facts import case_name, payment_amount
from desktop.documents.case_forms.evidence_list import count_received
from desktop.documents.case_forms.party_facts import person_facts, reporter_facts, source_boxes
from desktop.documents.case_forms.undertaking import company_people
from desktop.documents.printing.form_texts import FormData, FormTexts, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.documents.printing.way_words import how_it_left
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.amounts import amounts_of
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way import HANDED_OVER
from desktop.domain.cases.people.party import victim_as_party

_OPINIONS: Final = ("administrative", "criminal", "transfer", "refuse", "other")


def acceptance_register(
    file: CaseFile, officers: Mapping[str, str], texts: FormTexts, at: datetime
) -> FormData:
    """What ``acceptance_register.typ`` prints. Opinions and approvals are people's to tick and sign."""
    case = file.case
    return texts.frame(texts.text("form.acceptance_register"), at) | {
        "local_number": case.number,
        "official_number": case.official.acceptance,
        "unit": case.unit_name,
        "sources": source_boxes(case, texts),
        "victim": person_facts(victim_as_party(case.victim), texts, case.accepted_at),
        "reporter": reporter_facts(case, texts),
        "company": company_people(case, texts),
        "officer": texts.person(case.accepted_by, officers.get(case.accepted_by, "")),
        "accepted": texts.minute(case.accepted_at),
        "narrative": case.narrative,
        "transfers": [_transfer(item, texts) for item in file.transfers],
        "paid": len(file.paid),
        "moved": _moved(file, texts),
        "loss": in_figures(amounts_of(file.transfers).gross_fen),
        "evidence": count_received(file),
        "opinions": [texts.text(f"opinion.{name}") for name in _OPINIONS],
    }


def acceptance_receipt(
    file: CaseFile, officers: Mapping[str, str], texts: FormTexts, at: datetime
) -> FormData:
    """What ``acceptance_receipt.typ`` prints."""
    case = file.case
    return texts.frame(texts.text("form.acceptance_receipt"), at) | {
        "local_number": case.number,
        "official_number": case.official.acceptance,
        "unit": case.unit_name,
        "victim": case.victim.name,
        "reporter": case.reporter.name,
        "reported": texts.day(case.accepted_at),
        "case_name": case_name(case, texts),
        "officer": texts.person(case.accepted_by, officers.get(case.accepted_by, "")),
    }


def _moved(file: CaseFile, texts: FormTexts) -> str:
    """How the money left, in one word: what was handed over was not transferred."""
    given = {item.way.kind in HANDED_OVER for item in file.paid}
    return texts.text(
        "way.both" if len(given) > 1 else "way.given" if True in given else "way.sent"
    )


def _transfer(item: Transfer, texts: FormTexts) -> FormValue:
    payee = " ".join(part for part in (item.payee.name, item.payee.number, item.payee.bank) if part)
    return {
        "time": texts.second(item.time),
        "amount": payment_amount(item, texts),
        "channel": how_it_left(item, texts),
        "payee": payee or item.order_number or item.serial,
    }
