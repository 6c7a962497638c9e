"""What the screen says while the officer types: hints, the five elements of a stop, the golden window.

Pure and fast: called on every keystroke. Hints advise; only what is arithmetically impossible is "bad".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop.domain.cases.form_facts import transfers_of
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.party import ORGANISATION, Party
from desktop.domain.cases.transfer import Transfer
from desktop.domain.cases.victim import Victim
from desktop.domain.cases.way_checks import way_problems
from desktop.domain.identifiers import KINDS, CheckVerdict, IdentifierCheck, check
from desktop.domain.identifiers.money.masked_number import tail_of
from desktop.domain.identifiers.plain import clean, clean_number
from desktop.domain.law.deadlines import golden, legal_day
from desktop.domain.orders.way_orders import asks_payer_bank, is_called_back, urgent_kind
from desktop.domain.problems import Severity
from desktop.services.cases.form.account_hints import Hint, plain_hint
from desktop.services.cases.form.payment_hints import (
    WALLETS,
    PaymentHints,
    issuer_of,
    name_hint,
    watched_hint,
)
from desktop.services.session import Session

__all__ = [
    "Element",
    "Hint",
    "Window",
    "bank_of",
    "golden_window",
    "group_account",
    "hints",
    "stop_elements",
]


@dataclass(frozen=True, slots=True)
class Element:
    """One of the five things a bank needs, or of what a visit needs; ``key`` under ``elements`` in the catalogue,
    unless ``names`` has its words by language."""

    key: str
    done: bool
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time that is running."""

    starts_at: datetime
    ends_at: datetime


def hints(
    session: Session, form: IntakeForm, now: datetime, payments: PaymentHints | None = None
) -> Mapping[str, Hint]:
    """Path of a field → its hint; fields without one are absent. ``payments`` is kept between keys."""
    today = legal_day(now)
    found = dict(_person(session, form.victim, "victim", today))
    for index, party in enumerate(form.parties):
        found.update(_person(session, party, f"parties.{index}", today))
    found.update((payments or PaymentHints(session)).of(form, now))
    for index, item in enumerate(form.identifiers):
        if item.kind and item.value.strip():
            read = check(item.kind, item.value, session.directories, today)
            watched = watched_hint(session, read.normal or item.value)
            found[f"identifiers.{index}.value"] = watched or plain_hint(read)
    return found


def _person(
    session: Session, person: Victim | Party, path: str, today: date
) -> Iterator[tuple[str, Hint]]:
    named = None if person.id_kind == ORGANISATION else name_hint(person.name)
    if named is not None:
        yield f"{path}.name", named
    if person.id_number.strip() and person.id_kind in KINDS:  # a newer program knows more
        read = check(person.id_kind, person.id_number, session.directories, today)
        watched = watched_hint(session, read.normal or person.id_number)
        yield f"{path}.id_number", watched or _identity(read)
    if person.phone.strip():
        read = check("mobile", person.phone, session.directories, today)
        watched = watched_hint(session, read.normal or person.phone)
        yield f"{path}.phone", watched or _phone(read)


def _identity(read: IdentifierCheck) -> Hint:
    if read.verdict is CheckVerdict.INVALID or "age" not in read.facts:
        return plain_hint(read)
    facts = read.facts
    state = "warn" if read.problems else "ok"
    place = facts.get("place", "")
    code = f"hints.identity_{facts['sex']}" if place else f"hints.identity_{facts['sex']}_somewhere"
    return Hint(state, code, {"age": facts["age"], "place": place})


def _phone(read: IdentifierCheck) -> Hint:
    place, operator = read.facts.get("place", ""), read.facts.get("operator", "")
    if read.problems or not operator:
        return plain_hint(read)
    code = "hints.phone_virtual" if read.facts.get("virtual") else "hints.phone"
    return Hint("ok", code, {"operator": operator, "place": place})


def bank_of(session: Session, account: str) -> str:
    """The issuer suggested by the first digits of a card number; "" when the table has none."""
    return issuer_of(session, clean_number(account))


def stop_elements(session: Session, form: IntakeForm) -> tuple[Element, ...]:
    """The five lines of the right panel, for every transfer that was begun."""
    now = session.clock.now()
    transfers = transfers_of(form, now)
    victim = form.victim
    return (
        Element("victim", bool(clean(victim.name) and clean(victim.id_number))),
        Element(
            "payer",
            bool(transfers)
            and all(_payer_known(session, t) for t in transfers if asks_payer_bank(t)),
        ),
        Element(
            "amount_time", bool(transfers) and all(t.amount_fen > 0 and t.time for t in transfers)
        ),
        Element("payee", bool(transfers) and all(_payee_known(t) for t in transfers)),
        Element("story", bool(clean(form.narrative) or form.type)),
    )


def _payer_known(session: Session, transfer: Transfer) -> bool:
    return bool(transfer.payer.number and _payer_bank(session, transfer))


def _payer_bank(session: Session, transfer: Transfer) -> str:
    return (
        transfer.payer.bank
        or issuer_of(session, transfer.payer.number)
        or (transfer.channel.value if transfer.channel in WALLETS else "")
    )


def _payee_known(transfer: Transfer) -> bool:
    if is_called_back(transfer) or urgent_kind(transfer) is None:
        return not any(item.severity is Severity.BLOCK for item in way_problems(transfer))
    if transfer.order_number:
        return True
    return bool(transfer.payee.number and "*" not in transfer.payee.number and transfer.payee.name)


def golden_window(session: Session, form: IntakeForm) -> Window | None:
    """黄金30分钟 of the newest transfer whose time is known; None when there is none."""
    now = session.clock.now()
    times = [
        t.time for t in transfers_of(form, now) if t.time and t.time <= now + timedelta(minutes=2)
    ]
    if not times:
        return None
    clock = golden(session.rules, max(times))
    return Window(clock.started_at, clock.at)


def group_account(text: str) -> str:
    """``6230 5200 1003 7788 994``: digits in fours from the left, as they are read aloud."""
    tail = tail_of(text)
    if tail:
        return f"*{tail}"
    number = clean_number(text)
    if not number.isdigit():
        return text.strip()  # a masked number is read as it is printed
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
