"""The facts of 《紧急止付申请表》 (银发〔2016〕86号), all nineteen of them, for one order or transfer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from desktop.documents.orders.stop_annex import stop_annex
from desktop.documents.printing.form_texts import (
    FormData,
    FormTexts,
    in_capitals,
    in_figures,
    in_groups,
)
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.orders.order_rules import GONE
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.payments.transfer import Account, Arrival, Certainty, Channel, Transfer
from desktop.domain.cases.people.party import SELF, Party
from desktop.domain.evidence.item import Evidence
from desktop.domain.orders.money import ApplicationType, MoneyTerms, Urgency
from desktop.domain.orders.order import Order, OrderKind
from desktop.runtime.files.atomic_file import size_text

_STOPS: Final = {OrderKind.STOP: "first", OrderKind.SECOND_STOP: "second"}
_PAPERS: Final = ("id_copy", "receipt", "other")


@dataclass(frozen=True, slots=True)
class StopFacts:
    """What is to be stopped: an issued order, or a transfer for which none was issued yet."""

    number: str
    kind: OrderKind
    payer: Account
    payee: Account
    amount_fen: int
    time: datetime | None
    channel: Channel | None
    arrival: Arrival | None
    order_number: str
    serial: str
    officers: tuple[tuple[str, str], ...]
    """(number, name) of the one who ordered and of the second officer."""
    certainty: Mapping[str, Certainty]
    terms: MoneyTerms = field(default_factory=MoneyTerms)


def facts_of_order(file: CaseFile, order: Order, officers: Mapping[str, str]) -> StopFacts:
    """The facts of an order as it was issued; arrival and certainty come from its transfer."""
    transfer = next((item for item in file.transfers if item.id == order.transfer), None)
    second = order.second_officer
    return StopFacts(
        number=order.number,
        kind=order.kind,
        payer=order.payer,
        payee=order.payee,
        amount_fen=order.amount_fen,
        time=order.transfer_time,
        channel=order.channel,
        arrival=transfer.arrival if transfer else None,
        order_number=order.order_number,
        serial=order.serial,
        officers=(
            (order.issued_by, order.operator_name or officers.get(order.issued_by, "")),
            (second, officers.get(second, "")),
        ),
        certainty=transfer.certainty if transfer else {},
        terms=order.terms if isinstance(order.terms, MoneyTerms) else MoneyTerms(),
    )


def facts_of_case(file: CaseFile, officers: Mapping[str, str], first: Transfer | None) -> StopFacts:
    """The facts of the newest stop of ``first``, the most urgent payment, that did not come to nothing; else of the
    payment itself, else of any (one that went out before one that failed), else nothing but the applicant."""
    stops = [
        view.order for view in file.orders if view.order.kind in _STOPS and view.state not in GONE
    ]
    own = [order for order in stops if first is None or order.transfer == first.id]
    if own:
        return facts_of_order(file, max(own, key=_age), officers)
    transfer = first or min(file.transfers, key=_position, default=None)
    accepted_by = file.case.accepted_by
    return StopFacts(
        number="",
        kind=OrderKind.STOP,
        payer=transfer.payer if transfer else Account(name=file.case.victim.name),
        payee=transfer.payee if transfer else Account(),
        amount_fen=transfer.amount_fen if transfer else 0,
        time=transfer.time if transfer else None,
        channel=transfer.channel if transfer else None,
        arrival=transfer.arrival if transfer else None,
        order_number=transfer.order_number if transfer else "",
        serial=transfer.serial if transfer else "",
        officers=((accepted_by, officers.get(accepted_by, "")), ("", "")),
        certainty=transfer.certainty if transfer else {},
    )


def stop_application(
    file: CaseFile,
    facts: StopFacts,
    texts: FormTexts,
    at: datetime,
    payments: Sequence[Transfer] = (),
) -> FormData:
    """What ``stop_application.typ`` prints, but who applies by what right. ``payments``: all that the application asks
    to stop, where it is about more than what ``facts`` tell."""
    case = file.case
    victim = case.victim
    kinds: list[FormValue] = [
        {"label": texts.text(f"stop.{name}"), "on": facts.kind is kind}
        for kind, name in _STOPS.items()
    ]
    return texts.frame(texts.text("form.stop_application"), at) | {
        "local_number": facts.number or texts.text("stop.not_issued"),
        "unit": case.unit_name,
        "kinds": kinds,
        "victim": {
            "name": victim.name,
            "phone": victim.phone,
            "id_kind": texts.name("identifier", victim.id_kind) if victim.id_number else "",
            "id_number": victim.id_number,
            "address": victim.address,
        },
        "applying": _applying(case.reporter),
        "annex": stop_annex(payments, texts),
        "payer": _account(facts.payer),
        "application": application_text(facts.terms, texts),
        "payee": _account(facts.payee, facts.terms.account_mark),
        "masked": "*" in facts.payee.number,
        "amount": in_figures(facts.amount_fen),
        "capitals": in_capitals(facts.amount_fen),
        "time": texts.second(facts.time),
        "channels": texts.choices("channel", Channel, facts.channel),
        "arrivals": texts.choices("arrival", Arrival, facts.arrival),
        "serial": facts.serial,
        "order_number": facts.order_number,
        "certainty": {
            name.replace(".", "_"): texts.text(f"certainty.{value.value}")
            for name, value in facts.certainty.items()
        },
        "identifiers": [_identifier(item, texts) for item in file.identifiers],
        "narrative": case.narrative,
        "accepted": texts.minute(case.accepted_at),
        "officers": [texts.person(number, name) for number, name in facts.officers],
        "papers": [{"label": texts.text(f"paper.{paper}"), "on": False} for paper in _PAPERS],
        "attachments": [_attachment(item) for item in _attached(file, facts.terms)],
    }


def _applying(reporter: Party) -> str:
    """Who applies for the victim; empty for the victim in person."""
    if reporter.id == SELF:
        return ""
    facts = (reporter.name, reporter.relation, reporter.id_number, reporter.phone, reporter.papers)
    return "　".join(filter(None, facts))


def _account(account: Account, mark: str = "") -> FormValue:
    """Another account than an RMB current one is ``主账号_账户识别号`` to the bank."""
    number = "_".join(part for part in (account.number, mark) if part)
    return {"name": account.name, "account": number, "bank": account.bank}


def application_text(terms: MoneyTerms, texts: FormTexts) -> str:
    """The type of application, what it follows and how urgent it is, where that does not go without saying."""
    parts = []
    if terms.application is not ApplicationType.FIRST:
        parts.append(texts.text(f"stop.application.{terms.application.name.lower()}"))
    if terms.original_application:
        parts.append(texts.text("stop.original", number=terms.original_application))
    if terms.urgency is not Urgency.URGENT:
        urgency = texts.text(f"number.urgency.{terms.urgency.name.lower()}")
        parts.append(texts.text("stop.urgency", urgency=urgency))
    return "　".join(parts)


def _attached(file: CaseFile, terms: MoneyTerms) -> tuple[Evidence, ...]:
    """What was chosen to go along with the order, else everything the case has."""
    if not terms.evidence:
        return file.evidence
    return tuple(item for item in file.evidence if item.sha256 in terms.evidence)


def _identifier(item: Identifier, texts: FormTexts) -> str:
    kind = texts.name("identifier", item.kind)
    key = "identifier_line_with_note" if item.note else "identifier_line"
    return texts.text(key, kind=kind, value=item.value, note=item.note)


def _attachment(item: Evidence) -> FormValue:
    return {"name": item.name, "size": size_text(item.size), "sha256": in_groups(item.sha256)}


def _age(order: Order) -> tuple[datetime, str]:
    return order.issued_at, order.number


def _position(transfer: Transfer) -> tuple[bool, int, str]:
    return transfer.attempted, transfer.position, transfer.id
