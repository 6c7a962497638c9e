"""What a request about numbers and sites says of each: how it was shown, when it called, what is wanted (反诈法)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from desktop.documents.form_texts import FormData, FormTexts
from desktop.documents.order_phrases import INFORMATION, orders_in_effect
from desktop.documents.printable import FormValue
from desktop.domain.cases.case import Identifier
from desktop.domain.orders.money import Urgency
from desktop.domain.orders.number import Anomaly, CallDirection, LineKind, NumberKind, NumberTerms
from desktop.domain.orders.order import Order, OrderKind
from desktop.services.ports import PaperFacts

_IDENTIFIERS: Final = frozenset(
    {"mobile", "landline", "service_number", "sms_port", "displayed_number", "url", "app", "ip"}
)


def number_rows(facts: PaperFacts, words: FormTexts) -> list[FormValue]:
    """One table a number: of the orders about numbers, else of the numbers and sites of the case, else an empty one."""
    orders = orders_in_effect(facts.file, INFORMATION, facts.about)
    if orders:
        return [_of_order(order, words) for order in orders]
    victim = facts.file.case.victim.phone
    found = [item for item in facts.file.identifiers if item.kind in _IDENTIFIERS]
    return [_of_identifier(item, victim, words) for item in found] or [_row(NumberTerms(), words)]


def _of_order(order: Order, words: FormTexts) -> FormData:
    terms = order.terms if isinstance(order.terms, NumberTerms) else NumberTerms()
    return _row(terms, words, order.kind) | {"official": order.official}


def _of_identifier(item: Identifier, victim: str, words: FormTexts) -> FormData:
    terms = NumberTerms(item.kind, item.value, item.normal, victim_number=victim)
    return _row(terms, words)


def _row(terms: NumberTerms, words: FormTexts, kind: OrderKind | None = None) -> FormData:
    talks = [
        words.text("number.times", count=terms.calls) if terms.calls else "",
        words.text("number.seconds", count=terms.seconds) if terms.seconds else "",
    ]
    known_kind = terms.number_kind is not NumberKind.UNKNOWN
    sort = words.text(f"number.kind.{terms.number_kind.name.lower()}") if known_kind else ""
    return {
        "raw": terms.raw,
        "normal": terms.normal if terms.normal != terms.raw else "",
        "kind": sort or words.name("identifier", terms.identifier_kind),
        "official": "",
        "wanted": [
            {"label": words.text(f"kind.{one.value}"), "on": one is kind} for one in INFORMATION
        ],
        "lines": _boxes("line", LineKind, {terms.line} if terms.line else (), words),
        "anomalies": _boxes("anomaly", Anomaly, terms.anomalies, words),
        "directions": _boxes("direction", CallDirection, {terms.direction}, words),
        "first": words.second(terms.first_at),
        "last": words.second(terms.last_at),
        "calls": "，".join(part for part in talks if part),
        "forwarded": _yes_or_no(terms.forwarded, words),
        "message": terms.message,
        "victim_number": terms.victim_number,
        "victim_carrier": terms.victim_carrier,
        "evidence": [digest.upper() for digest in terms.evidence],
        "urgency": _boxes("urgency", Urgency, {terms.urgency} if kind else (), words),
        "holder": _yes_or_no(terms.wants_holder, words),
    }


def _boxes(
    area: str, choices: Iterable[StrEnum], chosen: Collection[object], words: FormTexts
) -> list[FormValue]:
    return [
        {"label": words.text(f"number.{area}.{one.name.lower()}"), "on": one in chosen}
        for one in choices
    ]


def _yes_or_no(yes: object, words: FormTexts) -> list[FormValue]:
    """A box that says yes; its absence is nobody's word, so "no" is the officer's to tick."""
    return [
        {"label": words.text("number.yes"), "on": bool(yes)},
        {"label": words.text("number.no"), "on": False},
    ]
