"""What is said below the fields of a payment while it is typed, besides what stands against sending it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.law.deadlines import revocable
from desktop.domain.money.amounts import capitals
from desktop.domain.orders.sending.sending_checks import (
    CLOCK_SLACK,
    STEADY,
    SendingContext,
    checked_payment,
    payment_problems,
)
from desktop.domain.problems import Problem
from desktop.services.cases.form.account_hints import Hint, account_hint, way_hint
from desktop.services.session import Session

WATCHED: Final = "hints.watched"
_Hints = tuple[tuple[str, Hint], ...]
_Known = tuple[_Hints, tuple[Problem, ...]]


class PaymentHints:
    """Of a form with hundreds of payments one changes at a key: what is said of the others is looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._day = date.min
        self._known: dict[tuple[str, ...], _Known] = {}

    def of(
        self, form: IntakeForm, victim: str, context: SendingContext
    ) -> tuple[Mapping[str, Hint], tuple[Problem, ...]]:
        """Path of a field → its hint; and what stands against sending. ``victim``: the name of whoever was cheated."""
        before = self._known if self._day == context.today else {}
        self._day, self._known = context.today, {}
        found, problems = dict[str, Hint](), list[Problem]()
        for index, typed in enumerate(form.transfers):
            payment = checked_payment(form, index, context.now, victim)
            key = _steady_facts(typed)
            known = before.get(key)
            if known is None:
                steady = tuple(_steady(self._session, typed, payment.transfer, context.today))
                anywhere = replace(payment, at="")
                against = payment_problems(anywhere, context, STEADY.__contains__)
                known = steady, tuple(against)
            self._known[key] = known
            running = _running(self._session, payment.transfer, context.now)
            for name, hint in (*known[0], *running):
                found[payment.field(name)] = hint
            problems += (replace(item, field=payment.at + item.field) for item in known[1])
            problems += payment_problems(payment, context, lambda one: one not in STEADY)
        return found, tuple(problems)


def _steady_facts(typed: TransferText) -> tuple[str, ...]:
    """What the steady hints rest on. Not the names: that of the payer follows the victim's, key by key."""
    numbers = typed.payer_account, typed.payee_account, typed.payee_masked, typed.order_number
    return *numbers, typed.amount, typed.channel, typed.way_kind, typed.way_chain


def _running(session: Session, transfer: Transfer, now: datetime) -> Iterator[tuple[str, Hint]]:
    """What another second may change."""
    if transfer.time is not None and transfer.time <= now + CLOCK_SLACK:
        yield "time", _ago(now - transfer.time)
    yield from _revoke(session, transfer, now)


def _steady(
    session: Session, typed: TransferText, transfer: Transfer, today: date
) -> Iterator[tuple[str, Hint]]:
    if transfer.amount_fen > 0:
        yield "amount", Hint("ok", "hints.capitals", {"text": capitals(transfer.amount_fen)})
    for name, number, receipt in (
        ("payer_account", typed.payer_account, ""),
        ("payee_account", typed.payee_account, typed.payee_masked),
    ):
        if number.strip():
            watched = watched_hint(session, number) if name == "payee_account" else None
            other = watched or way_hint(name, transfer)
            yield name, other or account_hint(session, transfer, number, today, receipt)


def watched_hint(session: Session, number: str) -> Hint | None:
    """What the centre's watch list knows of a number: the second victim of an account is told apart at once."""
    found = session.watch.find(number)
    if found is None:
        return None
    return Hint("bad", WATCHED, {"cases": found.cases, "units": found.units})


def _ago(span: timedelta) -> Hint:
    minutes, seconds = divmod(max(int(span.total_seconds()), 0), 60)
    if minutes < 60:
        return Hint("ok", "hints.ago_minutes", {"minutes": minutes, "seconds": seconds})
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return Hint("ok", "hints.ago_hours", {"hours": hours, "minutes": minutes})
    return Hint("ok", "hints.ago_days", {"days": hours // 24})


def _revoke(session: Session, transfer: Transfer, now: datetime) -> Iterator[tuple[str, Hint]]:
    until = revocable(session.rules, transfer)
    if until is None or until.at <= now:
        return
    seconds = int((until.at - now).total_seconds())
    if until.name == "recall":
        hours, minutes = seconds // 3600, seconds // 60 % 60
        yield "way_kind", Hint("warn", "hints.recallable", {"hours": hours, "minutes": minutes})
        return
    left = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    bank = transfer.payer.bank or issuer_of(session, transfer.payer.number)
    hotline = session.directories.hotline(bank) if bank else None
    if hotline and hotline.numbers:
        facts = {"left": left, "hotline": hotline.numbers[0]}
        yield "arrival", Hint("warn", "hints.revocable", facts)
    else:
        yield "arrival", Hint("warn", "hints.revocable_bank", {"left": left})


def issuer_of(session: Session, number: str) -> str:
    """The bank that issued a card, as its first digits tell; "" when the table has none."""
    issuer = session.directories.card_issuer(number) if number.isdigit() else None
    return issuer.bank if issuer else ""
