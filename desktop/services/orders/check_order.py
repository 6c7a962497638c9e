"""The check before an order is sent: what stands against its payment or number, by the list that the fields go by too,
and what its own form lacks. What makes it impossible blocks, what is wrong wants a reason, what may be wrong is asked
about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.people.victim import Victim
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.law.deadlines import revocable
from desktop.domain.orders.approval import Level
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS
from desktop.domain.orders.money import FreezeType, MoneyTerms, Property
from desktop.domain.orders.number import LineKind, NumberTerms
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.sending.sending_checks import (
    CLOCK_SLACK,
    CheckedPayment,
    SendingContext,
    number_problems,
    payment_problems,
    target_problems,
    victim_problems,
)
from desktop.domain.orders.sending.way_orders import asks_payer_side, is_called_back
from desktop.domain.problems import Problem, Severity, is_blocked, needs_reason
from desktop.services.orders.number_request import PHONES, owner_if_protected
from desktop.services.orders.order_request import QUERIES, OrderRequest
from desktop.services.session import Session

_PAID: Final = frozenset({*STOPS, OrderKind.REVOKE})
"""Kinds for which the bank compares the payment itself."""
_NEVER_OFFICIAL: Final = frozenset({OrderKind.SHUTDOWN, OrderKind.BLOCK})
"""What is never done to an official number, however it was shown."""
_SHORTEST_REASON: Final = 2


def insist(problems: tuple[Problem, ...], *, confirmed: bool, despite: str = "") -> None:
    """Refuse what must not be sent, or not yet.

    Raises:
        UserInputError: what :func:`refusal` answers.
    """
    refused = refusal(problems, confirmed=confirmed, despite=despite)
    if refused is not None:
        raise refused


def refusal(
    problems: tuple[Problem, ...], *, confirmed: bool, despite: str
) -> UserInputError | None:
    """Why nothing is sent: what the check blocks (``order.blocked``), what is wrong while nobody said why it is sent
    ``despite`` that (``order.unexplained``), what it warns of while nobody has confirmed it (``order.unconfirmed``)."""
    if is_blocked(problems):
        return UserInputError("order.blocked", count=len(problems))
    if needs_reason(problems) and not is_reason(despite):
        wrong = [problem.code for problem in problems if problem.severity.red]
        return UserInputError("order.unexplained", count=len(wrong), what=" ".join(wrong))
    if problems and not (confirmed or despite):
        return UserInputError("order.unconfirmed", count=len(problems))
    return None


def is_reason(text: str) -> bool:
    """Whether a text says anything: words, not a sign to get past the question."""
    words = [sign for sign in text if sign.isalpha()]
    return len(words) >= _SHORTEST_REASON


def sending_context(session: Session) -> SendingContext:
    """What the checks look at here and now."""
    return SendingContext(session.clock.now(), session.today, session.directories)


def request_problems(
    session: Session, request: OrderRequest, victim: Victim, *, first_ran: bool
) -> Iterator[Problem]:
    """What stands between a request and its order. Paths of what its form holds begin with ``order``.

    ``first_ran``: whether what the order follows is known to have been carried out.

    Raises:
        RuleError: ``order.protected`` when it is an official number, of which only the display that imitates it may
            be intercepted.
    """
    context, payment = sending_context(session), _payment(request, victim)
    if request.kind is OrderKind.SECOND_STOP and not first_ran:
        yield Problem("order.follows", "first_stop_unanswered")
    if request.kind in STOPS and is_called_back(request.transfer):
        yield Problem(payment.field("way_kind"), "way_not_stopped", Severity.BLOCK)
    if request.kind in _PAID:
        yield from victim_problems(victim, context)
        yield from payment_problems(payment, context)
        yield from recall_problems(session, request.transfer, payment.at)
        yield from _nobody_asked(request, payment)
        yield from _application_problems(request.money)
    elif isinstance(request.terms, MoneyTerms):
        yield from target_problems(payment, context)
        yield from _money_problems(session, request, request.terms)
    elif isinstance(request.terms, NumberTerms):
        yield from _number_problems(session, request, request.terms)
    else:
        yield from _evidence_problems(session, request.terms)
    if clean(request.second_officer) in {session.officer.number, session.officer.name}:
        yield Problem("order.second", "second_is_first")
    if SPECS[request.kind].level is not Level.NONE and not request.approval.given:
        yield Problem("order.approval", "approval_waits")


def _nobody_asked(request: OrderRequest, payment: CheckedPayment) -> Iterator[Problem]:
    """A transfer that has not arrived is revoked by the bank it leaves; of one abroad, the check of its way says it."""
    asks = asks_payer_side(request.kind, request.transfer) and not is_called_back(request.transfer)
    if asks and not request.addressee:
        yield Problem(payment.field("payer_bank"), "revoke_bank_missing", Severity.BLOCK)


def _payment(request: OrderRequest, victim: Victim) -> CheckedPayment:
    at = f"transfers.{request.transfer.position - 1}"
    return CheckedPayment(request.transfer, at, victim.name)


def _application_problems(terms: MoneyTerms) -> Iterator[Problem]:
    """100101: types 02 to 05 name what they follow, and another account needs its 账户识别号."""
    if terms.application.follows_bank and not terms.original_application:
        yield Problem("order.original_application", "original_missing", Severity.BLOCK)
    if terms.application.other_account and not terms.account_mark:
        yield Problem("order.account_mark", "account_mark_missing")


def _money_problems(
    session: Session, request: OrderRequest, terms: MoneyTerms
) -> Iterator[Problem]:
    limited = terms.freeze.type is FreezeType.LIMITED
    if request.kind in FREEZES and limited and terms.freeze.amount_fen <= 0:
        yield Problem("order.freeze_amount", "amount_missing", Severity.BLOCK)
    if request.kind in FREEZES and terms.freeze.property is Property.EQUITY:
        yield Problem("order.freeze_property", "equity_listed")
    if request.kind is OrderKind.QUERY_DETAILS:
        yield from _period_problems(terms.query.from_at, terms.query.to_at, "order.from_at")
    if request.kind is OrderKind.WATCH:
        yield from _period_problems(terms.starts_at, terms.expires_at, "order.starts_at")
    if request.kind is OrderKind.QUERY_ACCOUNTS and not terms.holder_id_number:
        yield Problem("order.holder_id", "holder_id_missing")
    due = terms.query.reply_by
    if request.kind in QUERIES and due is not None and due <= session.clock.now():
        yield Problem("order.reply_by", "due_is_over", Severity.BLOCK)


def _number_problems(
    session: Session, request: OrderRequest, terms: NumberTerms
) -> Iterator[Problem]:
    phone = terms.identifier_kind in PHONES
    if not terms.raw:
        yield Problem("order.number", "number_missing", Severity.BLOCK)
    if phone and terms.line is None:
        yield Problem("order.line", "line_unstated", Severity.BLOCK)
    _require_unofficial(session, request.kind, terms)
    context = sending_context(session)
    yield from number_problems(terms.identifier_kind, terms.raw, "order.number", context)
    if request.kind is OrderKind.SHUTDOWN and not phone:
        yield Problem("order.number", "shutdown_no_phone", Severity.BLOCK)
    if request.kind is OrderKind.SHUTDOWN and terms.line is LineKind.DISPLAYED:
        yield Problem("order.line", "shutdown_displayed")
    if terms.first_at and terms.last_at and terms.last_at < terms.first_at:
        yield Problem("order.last_at", "period_backwards", Severity.BLOCK)
    called = terms.last_at or terms.first_at
    if called is not None and called > session.clock.now() + CLOCK_SLACK:
        yield Problem("order.first_at", "call_in_future")
    if not request.addressee:
        yield Problem("order.addressee", "addressee_missing")


def _require_unofficial(session: Session, kind: OrderKind, terms: NumberTerms) -> None:
    """A display that imitates an official number may be intercepted; the line itself belongs to somebody innocent."""
    real = kind is OrderKind.INTERCEPT and terms.line is LineKind.REAL
    if (kind in _NEVER_OFFICIAL or real) and owner_if_protected(session, terms):
        raise RuleError("order.protected")


def _evidence_problems(session: Session, terms: EvidenceTerms) -> Iterator[Problem]:
    """程序规定 Art. 62: the notice states the evidence wanted and the time limit."""
    if not terms.holder:
        yield Problem("order.holder", "holder_missing", Severity.BLOCK)
    if not terms.wanted:
        yield Problem("order.wanted", "wanted_missing", Severity.BLOCK)
    if terms.due_at is None:
        yield Problem("order.due_at", "due_missing", Severity.BLOCK)
    elif terms.due_at <= session.clock.now():
        yield Problem("order.due_at", "due_is_over", Severity.BLOCK)


def _period_problems(start: datetime | None, end: datetime | None, at: str) -> Iterator[Problem]:
    if start is None or end is None:
        yield Problem(at, "period_missing", Severity.BLOCK)
    elif end <= start:
        yield Problem(at, "period_backwards", Severity.BLOCK)


def recall_problems(session: Session, transfer: Transfer, at: str) -> Iterator[Problem]:
    """That the time of most hope is over, of what is only called back."""
    end = revocable(session.rules, transfer) if is_called_back(transfer) else None
    if end is not None and end.at <= session.clock.now():
        yield Problem(f"{at}.time", "recall_late")
