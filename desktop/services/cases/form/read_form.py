"""What the screen says while the officer types: hints, the five elements of a stop, the golden window.

Pure and fast: called on every keystroke. Hints advise; only what is arithmetically impossible is "bad".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from desktop.domain.cases.form_facts import transfers_of, victim_of
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way_checks import way_problems
from desktop.domain.cases.people.party import ORGANISATION, Party
from desktop.domain.cases.people.victim import Victim
from desktop.domain.identifiers import KINDS, CheckVerdict, IdentifierCheck, check
from desktop.domain.identifiers.labels import number_of
from desktop.domain.identifiers.plain import clean
from desktop.domain.law.deadlines import golden, legal_day
from desktop.domain.orders.sending.sending_checks import (
    CLOCK_SLACK,
    WALLETS,
    SendingContext,
    begun_payments,
    is_missing,
    name_problem,
    number_problems,
    telephone_check,
    victim_problems,
)
from desktop.domain.orders.sending.way_orders import asks_payer_bank, is_called_back, urgent_kind
from desktop.domain.problems import Problem, Severity, gravest_first
from desktop.services.cases.form.account_hints import Hint, plain_hint
from desktop.services.cases.form.payment_hints import (
    PaymentHints,
    issuer_of,
    watched_hint,
)
from desktop.services.session import Session

__all__ = [
    "Element",
    "Hint",
    "Window",
    "bank_of",
    "golden_window",
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


_FIELD_KNOWS_MORE: Final = frozenset(
    {
        "payee_masked", "payer_masked", "id_impossible", "phone_impossible", "account_impossible",
        "number_impossible",
    }
)  # fmt: skip
"""What the field itself says more exactly: how many digits are missing, which sign is wrong."""
_MARKED: Final = frozenset(
    {"guessed_account", "guessed_name", "guessed_bank", "only_guessed", "payment_attempted"}
)
"""What a mark beside the field says that a person set."""
_DOUBTS: Final = frozenset({"warn", "bad"})


def hints(
    session: Session,
    form: IntakeForm,
    now: datetime,
    payments: PaymentHints | None = None,
    *,
    missing: bool = False,
) -> Mapping[str, Hint]:
    """Path of a field → its hint; fields without one are absent. ``payments`` is kept between keys; ``missing``: what
    has to be there before anything is sent is asked for too.

    A field is red where the check before sending is, and says what that says.
    """
    context = SendingContext(now, legal_day(now), session.directories)
    found = dict(_person(session, form.victim, "victim", context))
    for index, party in enumerate(form.parties):
        found.update(_person(session, party, f"parties.{index}", context))
    victim = victim_of(form)
    of_payments, problems = (payments or PaymentHints(session)).of(form, victim.name, context)
    found.update(of_payments)
    against = [*victim_problems(victim, context), *problems]
    for index, item in enumerate(form.identifiers):
        if item.kind and item.value.strip():
            path = f"identifiers.{index}.value"
            read = check(item.kind, item.value, session.directories, context.today)
            watched = watched_hint(session, read.normal or item.value)
            found[path] = watched or plain_hint(read)
            against += number_problems(item.kind, item.value, path, context)
    asked = {f"transfers.{place}" for place in begun_payments(form)} if missing else set[str]()
    judged = set[str]()
    for problem in gravest_first(against):
        of = problem.field.rpartition(".")[0]
        silent = is_missing(problem.code) and not (missing and (of == "victim" or of in asked))
        if problem.field not in judged and not silent and problem.code not in _MARKED:
            judged.add(problem.field)
            found[problem.field] = _hint_of(problem, found.get(problem.field))
    return found


def _hint_of(problem: Problem, known: Hint | None) -> Hint:
    """The words of the list, or those of the field where they say more; what is red, the list says."""
    red = problem.severity.red
    state, doubted = "bad" if red else "warn", known is not None and known.state in _DOUBTS
    if known is not None and doubted and not red:
        return known
    if known is not None and doubted and problem.code in _FIELD_KNOWS_MORE:
        return replace(known, state=state)
    return Hint(state, f"problems.{problem.code}", dict(problem.params))


def _person(
    session: Session, person: Victim | Party, path: str, context: SendingContext
) -> Iterator[tuple[str, Hint]]:
    code = "" if person.id_kind == ORGANISATION else name_problem(person.name)
    if code and person.name.strip():
        yield f"{path}.name", Hint("warn", f"problems.{code}")
    if person.id_number.strip() and person.id_kind in KINDS:  # a newer program knows more
        read = check(person.id_kind, person.id_number, context.directories, context.today)
        watched = watched_hint(session, read.normal or person.id_number)
        yield f"{path}.id_number", watched or _identity(read)
    if person.phone.strip():
        read = telephone_check(person.phone, context)
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
    return issuer_of(session, number_of(account, "bank_account"))


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
    times = [t.time for t in transfers_of(form, now) if t.time and t.time <= now + CLOCK_SLACK]
    if not times:
        return None
    clock = golden(session.rules, max(times))
    return Window(clock.started_at, clock.at)
