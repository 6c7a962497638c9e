"""The check before an order is sent: what makes it impossible blocks, what may be wrong is asked about.

银发〔2016〕86号: the bank compares name, number, amount and time, and must not stop when they do not agree. So the
check of a stop looks at exactly these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.cases.form_facts import is_misplaced, is_unchosen
from desktop.domain.cases.transfer import Certainty, Transfer
from desktop.domain.cases.way_checks import way_problems
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers import check
from desktop.domain.identifiers.plain import clean
from desktop.domain.law.deadlines import revocable
from desktop.domain.orders.approval import Level
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS
from desktop.domain.orders.money import FreezeType, MoneyTerms, Property
from desktop.domain.orders.number import LineKind, NumberTerms
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.way_orders import asks_payer_bank, is_called_back
from desktop.domain.problems import Problem, Severity
from desktop.services.orders.number_request import PHONES, owner_if_protected
from desktop.services.orders.order_request import QUERIES, OrderRequest
from desktop.services.session import Session

_PAID: Final = frozenset({*STOPS, OrderKind.REVOKE})
"""Kinds for which the bank compares the payment itself."""
_WALLETS: Final = frozenset({"wechat", "alipay", "scan", "quick_pay"})
_SHORTEST_CARD: Final = 13
_GUESSED: Final = {
    "payee_account": "guessed_account",
    "payee_name": "guessed_name",
    "payee_bank": "guessed_bank",
}
"""Facts whose certainty the window asks for: the check says which of them is a guess."""
_CLOCK_SLACK: Final = timedelta(minutes=2)


def insist(problems: tuple[Problem, ...], *, confirmed: bool) -> None:
    """Refuse what the check blocks, and what it warns of while nobody has confirmed it.

    Raises:
        UserInputError: ``order.blocked``, ``order.unconfirmed``.
    """
    if any(problem.severity is Severity.BLOCK for problem in problems):
        raise UserInputError("order.blocked", count=len(problems))
    if problems and not confirmed:
        raise UserInputError("order.unconfirmed", count=len(problems))


def transfer_problems(
    session: Session, transfer: Transfer, victim: str, index: int
) -> Iterator[Problem]:
    """What stands between a payment and its stop; paths are those of the intake form."""
    at = f"transfers.{index}"
    yield from _victim_problems(victim)
    yield from _way_problems(session, transfer, at)
    if not is_called_back(transfer):
        yield from _target_problems(session, transfer, at)
    if transfer.amount_fen <= 0:
        yield Problem(f"{at}.amount", "amount_missing", Severity.BLOCK)
    if transfer.attempted:
        yield Problem(f"{at}.attempted", "payment_attempted")
    yield from _time_problems(transfer.time, session.clock.now(), f"{at}.time")
    if not transfer.payee.name and not is_called_back(transfer):
        yield Problem(f"{at}.payee_name", "payee_name_missing")
    if not transfer.payer.number and asks_payer_bank(transfer):
        yield Problem(f"{at}.payer_account", "payer_account_missing")
    yield from _slipped(transfer, at)
    for name, certainty in sorted(transfer.certainty.items()):
        if certainty is Certainty.GUESSED:
            yield Problem(f"{at}.{name}", _GUESSED.get(name, "only_guessed"))


def request_problems(
    session: Session, request: OrderRequest, victim: str, *, first_ran: bool = True
) -> Iterator[Problem]:
    """What stands between a request and its order. Paths of what its form holds begin with ``order``.

    ``first_ran``: whether what the order follows is known to have been carried out.

    Raises:
        RuleError: ``order.protected`` when a number may never be shut down.
    """
    if request.kind is OrderKind.SECOND_STOP and not first_ran:
        yield Problem("order.follows", "first_stop_unanswered")
    if request.kind in STOPS and is_called_back(request.transfer):
        at = f"transfers.{request.transfer.position - 1}"
        yield Problem(f"{at}.way_kind", "way_not_stopped", Severity.BLOCK)
    if request.kind in _PAID:
        yield from transfer_problems(
            session, request.transfer, victim, request.transfer.position - 1
        )
        yield from _application_problems(request.money)
    elif isinstance(request.terms, MoneyTerms):
        yield from _money_problems(session, request, request.terms)
    elif isinstance(request.terms, NumberTerms):
        yield from _number_problems(session, request, request.terms)
    else:
        yield from _evidence_problems(session, request.terms)
    if clean(request.second_officer) in {session.officer.number, session.officer.name}:
        yield Problem("order.second", "second_is_first")
    if SPECS[request.kind].level is not Level.NONE and not request.approval.given:
        yield Problem("order.approval", "approval_waits")


def _application_problems(terms: MoneyTerms) -> Iterator[Problem]:
    """100101: types 02 to 05 name what they follow, and another account needs its 账户识别号."""
    if terms.application.follows_bank and not terms.original_application:
        yield Problem("order.original_application", "original_missing", Severity.BLOCK)
    if terms.application.other_account and not terms.account_mark:
        yield Problem("order.account_mark", "account_mark_missing")


def _money_problems(
    session: Session, request: OrderRequest, terms: MoneyTerms
) -> Iterator[Problem]:
    at = f"transfers.{request.transfer.position - 1}"
    yield from _target_problems(session, request.transfer, at)
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
    if request.kind is OrderKind.SHUTDOWN:
        yield from _shutdown_problems(session, terms, phone=phone)
    if terms.first_at and terms.last_at and terms.last_at < terms.first_at:
        yield Problem("order.last_at", "period_backwards", Severity.BLOCK)
    yield from _not_in_future(session, terms.last_at or terms.first_at, "order.first_at")
    if not request.addressee:
        yield Problem("order.addressee", "addressee_missing")


def _shutdown_problems(session: Session, terms: NumberTerms, *, phone: bool) -> Iterator[Problem]:
    """An official number is never shut down, and one that a display showed may belong to somebody innocent."""
    if owner_if_protected(session, terms):
        raise RuleError("order.protected")
    if not phone:
        yield Problem("order.number", "shutdown_no_phone", Severity.BLOCK)
    if terms.line is LineKind.DISPLAYED:
        yield Problem("order.line", "shutdown_displayed")


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


def _not_in_future(session: Session, time: datetime | None, at: str) -> Iterator[Problem]:
    if time is not None and time > session.clock.now() + _CLOCK_SLACK:
        yield Problem(at, "call_in_future")


def _way_problems(session: Session, transfer: Transfer, at: str) -> Iterator[Problem]:
    """What is missing of the way, and that the time of most hope is over."""
    for found in way_problems(transfer):
        yield replace(found, field=f"{at}.{found.field}")
    end = revocable(session.rules, transfer) if is_called_back(transfer) else None
    if end is not None and end.at <= session.clock.now():
        yield Problem(f"{at}.time", "recall_late")


def _target_problems(session: Session, transfer: Transfer, at: str) -> Iterator[Problem]:
    account = transfer.payee.number
    by_order = bool(transfer.order_number)
    if not account and not by_order:
        yield Problem(f"{at}.payee_account", "payee_missing", Severity.BLOCK)
        return
    if "*" in account and not by_order:
        yield Problem(f"{at}.payee_account", "payee_masked")
    elif account.isdigit() and _SHORTEST_CARD <= len(account) <= 19:
        found = check("bank_card", account, session.directories, session.today)
        if "checksum" in found.problems:
            yield Problem(f"{at}.payee_account", "payee_checksum")
    elif account and not by_order and transfer.channel and transfer.channel.value in _WALLETS:
        yield Problem(f"{at}.order_number", "wallet_needs_order_number")
    elif not by_order and not account.isascii():
        yield Problem(f"{at}.payee_account", "payee_no_account")


def _victim_problems(name: str) -> Iterator[Problem]:
    if not name:
        yield Problem("victim.name", "victim_name_missing", Severity.BLOCK)
    elif is_unchosen(name):
        yield Problem("victim.name", "name_unchosen")


def _slipped(transfer: Transfer, at: str) -> Iterator[Problem]:
    """An account typed one field too far, and letters for which no character was chosen."""
    for side, peer in (("payer", transfer.payer), ("payee", transfer.payee)):
        for name, text in (("name", peer.name), ("bank", peer.bank)):
            if is_misplaced(text):
                yield Problem(f"{at}.{side}_{name}", "account_in_words")
            elif is_unchosen(text):
                yield Problem(f"{at}.{side}_{name}", "name_unchosen")


def _time_problems(time: datetime | None, now: datetime, at: str) -> Iterator[Problem]:
    if time is None:
        yield Problem(at, "time_missing", Severity.BLOCK)
    elif time > now + _CLOCK_SLACK:
        # a warning: the PC's own clock may be the one that is wrong
        yield Problem(at, "time_in_future")
