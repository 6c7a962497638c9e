"""What the templates of official forms take beside the facts of the case: orders to institutions, frozen money."""

from __future__ import annotations

import base64
import struct
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from desktop.documents.case_forms.case_facts import (
    case_facts,
    evidence_facts,
    newest_step,
)
from desktop.documents.case_forms.custody_facts import confirmed_person, custody_facts, item_note
from desktop.documents.case_forms.evidence_list import count_received
from desktop.documents.case_forms.form_specs import FormEntry, form_sets
from desktop.documents.case_forms.interview_facts import STATEMENT, handed_to, interview_facts
from desktop.documents.case_forms.occasion_facts import occasion_facts, on_occasion
from desktop.documents.case_forms.party_facts import reporter_facts, source_boxes
from desktop.documents.case_forms.refund_rows import of_applicant, refund_rows
from desktop.documents.orders.evidence_requests import LINES, evidence_requests
from desktop.documents.orders.frozen_accounts import frozen_accounts
from desktop.documents.orders.order_notices import order_notices
from desktop.documents.orders.order_phrases import (
    INFORMATION,
    paid_lines,
    payment_line,
)
from desktop.documents.printing.form_compiler import PICTURES
from desktop.documents.printing.form_texts import (
    FormData,
    FormTexts,
    in_capitals,
    in_figures,
    in_ranges,
)
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.heard_as import WITNESS_RIGHTS
from desktop.domain.case_file.orders.order_papers import (
    PaperGround,
    freezes_in_force,
    orders_in_effect,
)
from desktop.domain.case_file.orders.order_rules import is_filed
from desktop.domain.case_file.supplement_papers import supplement_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.step import StepKind
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.photographing import filmed
from desktop.domain.orders.money import Urgency
from desktop.domain.orders.number import Anomaly, CallDirection, LineKind, NumberKind, NumberTerms
from desktop.domain.orders.order import Order, OrderKind, receiver
from desktop.domain.papers.form_sets import Procedure
from desktop.services.ports import PaperFacts

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEAD: Final = 24
"""Octets up to the end of the size."""


_IDENTIFIERS: Final = frozenset(
    {"mobile", "landline", "service_number", "sms_port", "displayed_number", "url", "app", "ip"}
)


def number_requests(facts: PaperFacts, texts: FormTexts) -> list[FormValue]:
    """One request a receiver and sort of thing, numbers apart from sites, one table a thing: of the orders, else of the
    numbers and sites of the case, else an empty one."""
    orders = orders_in_effect(facts.file, INFORMATION, facts.about)
    rows = [(receiver(order), _of_order(order, texts)) for order in orders]
    if not rows:
        victim = facts.file.case.victim.phone
        found = [item for item in facts.file.identifiers if item.kind in _IDENTIFIERS]
        rows = [("", _of_identifier(item, victim, texts)) for item in found]
    rows = rows or [("", _row(NumberTerms(), texts))]
    groups: dict[tuple[str, bool], list[FormValue]] = {}
    for to, row in rows:
        asked = groups.setdefault((to, bool(row["line"])), [])
        if row not in asked:  # reports that were joined may ask for the same
            asked.append(row)
    return [{"receiver": to, "numbers": numbers} for (to, _), numbers in groups.items()]


def _of_order(order: Order, texts: FormTexts) -> FormData:
    terms = order.terms if isinstance(order.terms, NumberTerms) else NumberTerms()
    return _row(terms, texts, order.kind) | {"official": order.official}


def _of_identifier(item: Identifier, victim: str, texts: FormTexts) -> FormData:
    terms = NumberTerms(item.kind, item.value, item.normal, victim_number=victim)
    return _row(terms, texts)


def _row(terms: NumberTerms, texts: FormTexts, kind: OrderKind | None = None) -> FormData:
    talks = [
        texts.text("number.times", count=terms.calls) if terms.calls else "",
        texts.text("number.seconds", count=terms.seconds) if terms.seconds else "",
    ]
    known_kind = terms.number_kind is not NumberKind.UNKNOWN
    sort = texts.text(f"number.kind.{terms.number_kind.name.lower()}") if known_kind else ""
    return {
        "line": terms.identifier_kind in LINES or not terms.identifier_kind,
        "raw": terms.raw,
        "normal": terms.normal if terms.normal != terms.raw else "",
        "kind": sort or texts.name("identifier", terms.identifier_kind),
        "official": "",
        "wanted": [
            {"label": texts.text(f"kind.{one.value}"), "on": one is kind} for one in INFORMATION
        ],
        "lines": _boxes("line", LineKind, {terms.line} if terms.line else (), texts),
        "anomalies": _boxes("anomaly", Anomaly, terms.anomalies, texts),
        "directions": _boxes("direction", CallDirection, {terms.direction}, texts),
        "first": texts.second(terms.first_at),
        "last": texts.second(terms.last_at),
        "calls": "，".join(part for part in talks if part),
        "forwarded": _yes_or_no(terms.forwarded, texts),
        "message": terms.message,
        "victim_number": terms.victim_number,
        "victim_carrier": terms.victim_carrier,
        "evidence": [digest.upper() for digest in terms.evidence],
        "urgency": _boxes("urgency", Urgency, {terms.urgency} if kind else (), texts),
        "holder": _yes_or_no(terms.wants_holder, texts),
    }


def _boxes(
    area: str, choices: Iterable[StrEnum], chosen: Collection[object], texts: FormTexts
) -> list[FormValue]:
    return [
        {"label": texts.text(f"number.{area}.{one.name.lower()}"), "on": one in chosen}
        for one in choices
    ]


def _yes_or_no(yes: object, texts: FormTexts) -> list[FormValue]:
    """A box that says yes; its absence is nobody's word, so "no" is the officer's to tick."""
    return [
        {"label": texts.text("number.yes"), "on": bool(yes)},
        {"label": texts.text("number.no"), "on": False},
    ]


def contact_sheet(facts: PaperFacts, texts: FormTexts) -> FormData:
    """``frames``: the photographs as they are numbered; without any the pictures among the evidence."""
    items = filmed(facts.file.evidence) or tuple(
        item for item in facts.file.evidence if item.media_type.startswith("image/")
    )
    frames: list[FormValue] = []
    for place, item in enumerate(items, 1):
        shown = evidence_facts(item, texts)
        frames.append(
            {
                "number": item.record.frame or place,
                "shot": facts.shots.get(item.record.shot, ""),
                "name": item.name,
                "time": _time(item, texts),
                "sha256": shown["sha256"],
            }
        )
    pictures: list[FormValue] = [_drawing(facts.pictures.get(item.id, b"")) for item in items]
    return {"frames": frames, PICTURES: pictures, "missing": list(facts.missing_shots)}


def _time(item: Evidence, texts: FormTexts) -> str:
    """When it was taken; where nobody knows, when it was received, said as that."""
    if item.record.taken_at is not None:
        return texts.text("evidence.taken_at", time=texts.second(item.record.taken_at))
    return texts.text("evidence.received_at", time=texts.minute(item.added_at))


def _drawing(png: bytes) -> str:
    """The picture as a text the typesetter can draw, a third larger than itself; empty for one that is no PNG."""
    if not png.startswith(_PNG) or len(png) < _HEAD:
        return ""
    width, height = struct.unpack(">II", png[16:24])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{base64.b64encode(png).decode()}"/></svg>'
    )


def taking_officers(file: CaseFile, officers: Mapping[str, str], texts: FormTexts) -> FormData:
    """``officers``: who took the items in, before there are any the one of the case, and the second of the evidence.
    ``vouched``: of which items the second confirmed on this computer, of which only a name was typed, and why one
    officer was alone."""
    recorded = [item.record.second for item in file.evidence if item.record.second]
    second = recorded[-1] if recorded else ""
    first = file.evidence[0].added_by if file.evidence else file.case.accepted_by
    numbers_by_line: dict[str, list[int]] = {}
    for number, item in enumerate(file.evidence, 1):
        line = _vouched(item, second, officers, texts)
        if line:
            numbers_by_line.setdefault(line, []).append(number)
    everything = len(file.evidence)
    vouched: list[FormValue] = [
        line if len(numbers) == everything else _of_some(line, numbers, texts)
        for line, numbers in numbers_by_line.items()
    ]
    people: list[FormValue] = [
        texts.person(first, officers.get(first, "")),
        texts.person(second, officers.get(second, "")),
    ]
    return {"officers": people, "vouched": vouched}


def _vouched(item: Evidence, second: str, officers: Mapping[str, str], texts: FormTexts) -> str:
    record = item.record
    if record.alone and not record.second:
        return texts.text("evidence.one_officer", reason=record.alone)
    return confirmed_person(record.second or second, record.seconded_at, officers, texts)


def _of_some(line: str, numbers: list[int], texts: FormTexts) -> str:
    return texts.text("evidence.of_items", line=line, numbers=in_ranges(numbers))


def official_form(entry: FormEntry, facts: PaperFacts, texts: FormTexts) -> FormData:
    """Everything the template of an official form may place; the words of the form alone are in ``entry.given``."""
    facts = of_applicant(entry, on_occasion(entry, facts))
    file = facts.file
    later = supplement_of(file, facts.about)
    heard_by = later.made_by if later is not None else file.case.accepted_by
    heard = replace(file, case=replace(file.case, accepted_by=heard_by))
    data = case_facts(heard, facts.officers, texts)
    data |= {"typed": _typed_number(file, entry.given), "decided": _decided(file, entry, texts)}
    data["sources"] = source_boxes(file.case, texts)
    administrative = form_sets().procedure(entry.form_set) is Procedure.ADMINISTRATIVE
    if entry.template == "administrative_register":
        data["reporter"] = reporter_facts(file.case, texts, administrative=administrative)
        data["received"] = count_received(file)
    if entry.template == "money_notice":
        data["notices"] = order_notices(facts, entry.orders, texts)
        data["law"] = _law(entry, file, texts)
    data |= _of_interview(entry, replace(facts, file=heard), texts, administrative=administrative)
    data |= _of_evidence(entry.template, replace(facts, file=heard), texts)
    if entry.template == "number_request":
        data["requests"] = number_requests(facts, texts)
    if entry.template == "evidence_request":
        data["requests"] = list(evidence_requests(facts, texts))
    if entry.form_set == "return_2016":
        data |= _frozen(facts, texts)
    if entry.template == "return_shares":
        data |= refund_rows(facts, texts)
    return data


def _of_interview(
    entry: FormEntry, facts: PaperFacts, texts: FormTexts, *, administrative: bool
) -> FormData:
    if entry.template == STATEMENT:
        return interview_facts(facts, texts, administrative=administrative)
    return {"told": handed_to(facts)} if entry.id in WITNESS_RIGHTS else {}


def _law(entry: FormEntry, file: CaseFile, texts: FormTexts) -> str:
    """By which article the institution is asked: a query before 立案 is part of verifying the report (Art. 174)."""
    if entry.ground is PaperGround.ORDER and not is_filed(file.steps):
        return texts.text("phrase.query_law.unfiled")
    article = entry.given["notice"]["article"]
    return texts.text("phrase.procedure_law", article=article)


def _of_evidence(template: str, facts: PaperFacts, texts: FormTexts) -> FormData:
    file, officers = facts.file, facts.officers
    if template in {"sealing_record", "custody_record"}:
        return custody_facts(facts, texts)
    if template not in _OF_OCCASIONS:
        return {}
    data = taking_officers(file, officers, texts) | occasion_facts(file, texts)
    if template == "contact_sheet":
        return data | contact_sheet(facts, texts)
    if template == "extraction_list":
        data |= {"notes": [item_note(item, file, officers, texts) for item in file.evidence]}
    return data


_OF_OCCASIONS: Final = frozenset({"contact_sheet", "data_record", "extraction_list", "fixing_note"})
"""Templates of papers about the taking of evidence."""


def _typed_number(file: CaseFile, given: Mapping[str, Any]) -> str:
    """The official number of the step that the paper belongs to, as it was typed; empty until then."""
    step = newest_step(file, StepKind(given["step"])) if "step" in given else None
    return step.number if step else ""


def _decided(file: CaseFile, entry: FormEntry, texts: FormTexts) -> str:
    step = newest_step(file, StepKind(entry.given["step"])) if "step" in entry.given else None
    return texts.day(step.at) if step else ""


def _frozen(facts: PaperFacts, texts: FormTexts) -> FormData:
    """What stands frozen: accounts, banks and the sum the institutions reported."""
    file = facts.file
    orders = freezes_in_force(file, facts.at)
    caught = sum(item.reported_fen for item in frozen_accounts(facts))
    filed = newest_step(file, StepKind.FILED)
    official = file.case.official
    return {
        "frozen_accounts": "\n".join(
            dict.fromkeys(payment_line(one.payee, one.order_number, texts) for one in orders)
        ),
        "frozen_banks": "、".join(dict.fromkeys(name for name in map(receiver, orders) if name)),
        "frozen_amount": in_figures(caught),
        "frozen_capitals": in_capitals(caught),
        "freeze_number": "、".join(order.official for order in orders if order.official),
        "case_accounts": paid_lines(file, texts),
        "filing_number": (filed.number if filed else "") or official.case or official.acceptance,
    }
