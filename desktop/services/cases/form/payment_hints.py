"""What is said below the fields of a payment while it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from desktop.domain.cases.form_facts import amount_of, is_misplaced, is_unchosen, transfer_of
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.transfer import Channel, Transfer
from desktop.domain.law.deadlines import legal_day, revocable
from desktop.domain.money.amounts import capitals
from desktop.services.cases.form.account_hints import Hint, account_hint
from desktop.services.cases.form.way_hints import way_hint
from desktop.services.session import Session

WALLETS: Final = frozenset({Channel.WECHAT, Channel.ALIPAY, Channel.SCAN, Channel.QUICK_PAY})
_MISPLACED: Final = Hint("warn", "hints.misplaced")
_UNCHOSEN: Final = Hint("warn", "hints.unchosen")
_Hints = tuple[tuple[str, Hint], ...]


class PaymentHints:
    """Of a form with hundreds of payments one changes at a key: what is said of the others is looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._day = date.min
        self._known: dict[tuple[str, ...], _Hints] = {}

    def of(self, form: IntakeForm, now: datetime) -> Mapping[str, Hint]:
        """Path of a field → its hint."""
        today = legal_day(now)
        before = self._known if self._day == today else {}
        self._day, self._known = today, {}
        found = {}
        for index, typed in enumerate(form.transfers):
            transfer = transfer_of(form, index, now)
            key = _steady_facts(typed)
            steady = before.get(key)
            if steady is None:
                steady = tuple(_steady(self._session, typed, transfer, today))
            self._known[key] = steady
            start = f"transfers.{index}."
            for name, hint in (*steady, *_running(self._session, typed, transfer, now)):
                found[start + name] = hint
        return found


def _steady_facts(typed: TransferText) -> tuple[str, ...]:
    """What the steady hints rest on. Not the names: that of the payer follows the victim's, key by key."""
    numbers = typed.payer_account, typed.payee_account, typed.payee_masked, typed.order_number
    return *numbers, typed.amount, typed.channel, typed.way_kind, typed.way_chain


def _running(
    session: Session, typed: TransferText, transfer: Transfer, now: datetime
) -> Iterator[tuple[str, Hint]]:
    """What another second or another name may change."""
    yield from _slipped(typed)
    if typed.time.strip():
        yield "time", _time(transfer.time, now)
    yield from _revoke(session, transfer, now)


def _steady(
    session: Session, typed: TransferText, transfer: Transfer, today: date
) -> Iterator[tuple[str, Hint]]:
    if typed.amount.strip():
        yield "amount", _amount(typed.amount)
    for name, number, receipt in (
        ("payer_account", typed.payer_account, ""),
        ("payee_account", typed.payee_account, typed.payee_masked),
    ):
        if number.strip():
            watched = watched_hint(session, number) if name == "payee_account" else None
            other = watched or way_hint(name, transfer)
            yield name, other or account_hint(session, transfer, number, today, receipt)
    if transfer.channel in WALLETS and not typed.order_number.strip():
        yield "order_number", Hint("warn", "hints.wallet_order")


def _slipped(typed: TransferText) -> Iterator[tuple[str, Hint]]:
    for name in ("payer_name", "payer_bank", "payee_name", "payee_bank"):
        hint = name_hint(getattr(typed, name))
        if hint is not None:
            yield name, hint


def name_hint(name: str) -> Hint | None:
    """What is to be said of a name: that it is a number, or letters for which no character was chosen."""
    if is_misplaced(name):
        return _MISPLACED
    return _UNCHOSEN if is_unchosen(name) else None


def watched_hint(session: Session, number: str) -> Hint | None:
    """What the centre's watch list knows of a number: the second victim of an account is told apart at once."""
    found = session.watch.find(number)
    if found is None:
        return None
    return Hint("bad", "hints.watched", {"cases": found.cases, "units": found.units})


def _time(instant: datetime | None, now: datetime) -> Hint:
    if instant is None:
        return Hint("bad", "hints.time_unreadable")
    if instant > now + timedelta(minutes=2):
        return Hint("warn", "hints.time_future")
    minutes, seconds = divmod(max(int((now - instant).total_seconds()), 0), 60)
    if minutes < 60:
        return Hint("ok", "hints.ago_minutes", {"minutes": minutes, "seconds": seconds})
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return Hint("ok", "hints.ago_hours", {"hours": hours, "minutes": minutes})
    return Hint("ok", "hints.ago_days", {"days": hours // 24})


def _amount(typed: str) -> Hint:
    fen = amount_of(typed)
    if fen is None or fen <= 0:
        return Hint("bad", "hints.amount_unreadable")
    return Hint("ok", "hints.capitals", {"text": capitals(fen)})


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
