"""What the screen says while the officer types: hints, the five elements of a stop, the golden window.

Pure and fast: called on every keystroke. Hints advise; only what is arithmetically impossible is "bad".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from desktop.domain.amounts import capitals
from desktop.domain.deadlines import golden, legal_day, revocable
from desktop.domain.identifiers import Check, Verdict, check
from desktop.domain.identifiers.masked_number import tail_of
from desktop.domain.intake import IntakeForm, TransferText
from desktop.domain.transfer import Channel, Transfer
from desktop.services.cases.account_hints import Hint, account_hint, plain_hint
from desktop.services.desk import Desk
from desktop.services.form_facts import (
    amount_of,
    clean,
    clean_number,
    is_misplaced,
    transfer_of,
    transfers_of,
)

_WALLETS = frozenset({Channel.WECHAT, Channel.ALIPAY, Channel.SCAN, Channel.QUICK_PAY})


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


_MISPLACED: Final = Hint("warn", "hints.misplaced")


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


def hints(desk: Desk, form: IntakeForm, now: datetime) -> Mapping[str, Hint]:
    """Path of a field → its hint; fields without one are absent."""
    today = legal_day(now)
    found = dict(_victim(desk, form, today))
    for index in range(len(form.transfers)):
        for name, hint in _transfer(desk, form, index, now):
            found[f"transfers.{index}.{name}"] = hint
    for index, item in enumerate(form.identifiers):
        if item.kind and item.value.strip():
            read = check(item.kind, item.value, desk.directories, today)
            watched = _watched(desk, read.normal or item.value)
            found[f"identifiers.{index}.value"] = watched or plain_hint(read)
    return found


def _victim(desk: Desk, form: IntakeForm, today: date) -> Iterator[tuple[str, Hint]]:
    victim = form.victim
    if is_misplaced(victim.name):
        yield "victim.name", _MISPLACED
    if victim.id_number.strip():
        read = check(victim.id_kind, victim.id_number, desk.directories, today)
        yield "victim.id_number", _identity(read)
    if victim.phone.strip():
        read = check("mobile", victim.phone, desk.directories, today)
        yield "victim.phone", _phone(read)


def _identity(read: Check) -> Hint:
    if read.verdict is Verdict.INVALID or "age" not in read.facts:
        return plain_hint(read)
    facts = read.facts
    state = "warn" if read.problems else "ok"
    place = facts.get("place", "")
    code = f"hints.identity_{facts['sex']}" if place else f"hints.identity_{facts['sex']}_somewhere"
    return Hint(state, code, {"age": facts["age"], "place": place})


def _phone(read: Check) -> Hint:
    place, operator = read.facts.get("place", ""), read.facts.get("operator", "")
    if read.problems or not operator:
        return plain_hint(read)
    code = "hints.phone_virtual" if read.facts.get("virtual") else "hints.phone"
    return Hint("ok", code, {"operator": operator, "place": place})


def _transfer(
    desk: Desk, form: IntakeForm, index: int, now: datetime
) -> Iterator[tuple[str, Hint]]:
    typed = form.transfers[index]
    transfer = transfer_of(form, index, now)
    if typed.time.strip():
        yield "time", _time(transfer.time, now)
    if typed.amount.strip():
        yield "amount", _amount(typed.amount)
    revoke = _revoke(desk, transfer, now)
    if revoke:
        yield "arrival", revoke
    yield from _slipped(typed)
    today = legal_day(now)
    for name, number, receipt in (
        ("payer_account", typed.payer_account, ""),
        ("payee_account", typed.payee_account, typed.payee_masked),
    ):
        if number.strip():
            watched = _watched(desk, number) if name == "payee_account" else None
            yield name, watched or account_hint(desk, transfer, number, today, receipt)
    if transfer.channel in _WALLETS and not typed.order_number.strip():
        yield "order_number", Hint("warn", "hints.wallet_order")


def _slipped(typed: TransferText) -> Iterator[tuple[str, Hint]]:
    """Numbers in the place of names."""
    for name in ("payer_name", "payer_bank", "payee_name", "payee_bank"):
        if is_misplaced(getattr(typed, name)):
            yield name, _MISPLACED


def _watched(desk: Desk, number: str) -> Hint | None:
    """What the centre's watch list knows of a number: the second victim of an account is told apart at once."""
    found = desk.watch.find(number)
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


def _revoke(desk: Desk, transfer: Transfer, now: datetime) -> Hint | None:
    until = revocable(desk.rules, transfer)
    if until is None or until.at <= now:
        return None
    seconds = int((until.at - now).total_seconds())
    left = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    bank = transfer.payer.bank or _bank(desk, transfer.payer.number)
    hotline = desk.directories.hotline(bank) if bank else None
    if hotline and hotline.numbers:
        return Hint("warn", "hints.revocable", {"left": left, "hotline": hotline.numbers[0]})
    return Hint("warn", "hints.revocable_bank", {"left": left})


def _bank(desk: Desk, number: str) -> str:
    issuer = desk.directories.card_issuer(number) if number.isdigit() else None
    return issuer.bank if issuer else ""


def bank_of(desk: Desk, account: str) -> str:
    """The issuer suggested by the first digits of a card number; "" when the table has none."""
    return _bank(desk, clean_number(account))


def stop_elements(desk: Desk, form: IntakeForm) -> tuple[Element, ...]:
    """The five lines of the right panel, for every transfer that was begun."""
    now = desk.clock.now()
    transfers = transfers_of(form, now)
    victim = form.victim
    return (
        Element("victim", bool(clean(victim.name) and clean(victim.id_number))),
        Element(
            "payer",
            bool(transfers)
            and all(bool(t.payer.number and _payer_bank(desk, t)) for t in transfers),
        ),
        Element(
            "amount_time", bool(transfers) and all(t.amount_fen > 0 and t.time for t in transfers)
        ),
        Element("payee", bool(transfers) and all(_payee_known(t) for t in transfers)),
        Element("story", bool(clean(form.narrative) or form.type)),
    )


def _payer_bank(desk: Desk, transfer: Transfer) -> str:
    return (
        transfer.payer.bank
        or _bank(desk, transfer.payer.number)
        or (transfer.channel.value if transfer.channel in _WALLETS else "")
    )


def _payee_known(transfer: Transfer) -> bool:
    if transfer.order_number:
        return True
    return bool(transfer.payee.number and "*" not in transfer.payee.number and transfer.payee.name)


def golden_window(desk: Desk, form: IntakeForm) -> Window | None:
    """黄金30分钟 of the newest transfer whose time is known; None when there is none."""
    now = desk.clock.now()
    times = [
        t.time for t in transfers_of(form, now) if t.time and t.time <= now + timedelta(minutes=2)
    ]
    if not times:
        return None
    clock = golden(desk.rules, max(times))
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
