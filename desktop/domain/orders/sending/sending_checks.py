"""What stands against sending: one list, read by the fields of the form, by the check before an order is sent, by the
command line and by orders about many payments alike.

银发〔2016〕86号: the bank compares name, number, amount and time, and must not stop when they do not agree. So the
list looks at exactly these. Registering a report asks for none of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from desktop.domain.cases.form_facts import amount_of, transfer_of, victim_of
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Account, Certainty, Channel, Transfer
from desktop.domain.cases.payments.way import WayKind
from desktop.domain.cases.payments.way_checks import way_kind, way_problems
from desktop.domain.cases.people.party import ORGANISATION
from desktop.domain.cases.people.victim import Victim
from desktop.domain.identifiers import KINDS, CheckVerdict, IdentifierCheck, check
from desktop.domain.identifiers.money.cards import CARD_LENGTHS
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.sending.way_orders import asks_payer_bank, is_called_back, urgent_kind
from desktop.domain.problems import Problem, Severity
from desktop.domain.reference.directories import Directories

WALLETS: Final = frozenset({Channel.WECHAT, Channel.ALIPAY, Channel.SCAN, Channel.QUICK_PAY})
CLOCK_SLACK: Final = timedelta(minutes=2)
"""By which the clock of this computer may be behind the bank's."""
_SLOWEST_CLOCK: Final = timedelta(hours=1)
"""[own] A clock may be so far behind; a later payment was copied wrong."""
TIME_PAST_CLOCK: Final = "time_past_clock"
"""What is said of a payment that is ahead of a clock that may be slow."""
_BLOCK, _WRONG, _WARN = Severity
SEVERITIES: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        "victim_name_missing": _BLOCK,
        "payee_missing": _BLOCK,
        "amount_missing": _BLOCK,
        "amount_zero": _BLOCK,
        "amount_unreadable": _BLOCK,
        "time_missing": _BLOCK,
        "time_unreadable": _BLOCK,
        "account_in_words": _WRONG,
        "name_is_number": _WRONG,
        "name_broken": _WRONG,
        "name_unchosen": _WRONG,
        "id_length": _WRONG,
        "id_checksum": _WRONG,
        "id_birth": _WRONG,
        "id_impossible": _WRONG,
        "phone_impossible": _WRONG,
        "payee_masked": _WRONG,
        "payer_masked": _WRONG,
        "payee_no_account": _WRONG,
        "payer_no_account": _WRONG,
        "same_account": _WRONG,
        "account_is_hotline": _WRONG,
        "account_repeated": _WRONG,
        "account_impossible": _WRONG,
        "amount_absurd": _WRONG,
        TIME_PAST_CLOCK: _WRONG,
        "time_in_future": _WRONG,
        "time_absurd": _WRONG,
        "number_impossible": _WRONG,
        # accounts of firms have as many digits as cards, and no check digit
        "payee_checksum": _WARN,
        "payer_checksum": _WARN,
        # banks know each other by number: one named in small letters is understood
        "bank_unchosen": _WARN,
        "payee_name_missing": _WARN,
        "payer_account_missing": _WARN,
        "wallet_needs_order_number": _WARN,
        "time_long_ago": _WARN,
        "payment_attempted": _WARN,
        "guessed_account": _WARN,
        "guessed_name": _WARN,
        "guessed_bank": _WARN,
        "only_guessed": _WARN,
    }
)
"""Everything that can stand against sending a payment, or an order about a number."""
_NUMBER_IN_WORDS: Final = 11
"""Digits of the shortest number that is taken for an account or a telephone, a mobile's."""
_LARGEST_FEN: Final = 100_000_000_00
"""One hundred million yuan: no payment of a person is that large, a slip of the hand is."""
_FIRST_PAYMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LONG_AGO: Final = timedelta(days=180)
"""A year typed wrongly is further off; money that old is hardly in its first account."""
_GUESSED: Final = {
    "payee_account": "guessed_account",
    "payee_name": "guessed_name",
    "payee_bank": "guessed_bank",
}
"""Facts whose certainty the window asks for: the check says which of them is a guess."""
_OF_IDS: Final = {
    "length": "id_length",
    "checksum": "id_checksum",
    "birth_date": "id_birth",
    "birth_future": "id_birth",
}


@dataclass(frozen=True, slots=True)
class SendingContext:
    """What the checks may look at besides the facts."""

    now: datetime
    today: date
    """The legal day."""
    directories: Directories


@dataclass(frozen=True, slots=True)
class CheckedPayment:
    """A payment as it would be sent. ``at`` begins the paths of its fields; ``typed`` is its line of the form, where
    there is one: a text that cannot be read is told from an empty field."""

    transfer: Transfer
    at: str
    victim: str = ""
    typed: TransferText | None = None

    def field(self, name: str) -> str:
        """The path of one of its fields."""
        return f"{self.at}.{name}"

    def text(self, name: str) -> str:
        """What was typed there."""
        return str(getattr(self.typed, name)).strip() if self.typed is not None else ""


Found: TypeAlias = Iterator[Problem]
PaymentCheck: TypeAlias = Callable[[CheckedPayment, SendingContext], Found]


def is_missing(code: str) -> bool:
    """Whether it is said of an empty field: while a form is typed only once somebody wanted to send."""
    return code.endswith("_missing")


def problem(path: str, code: str) -> Problem:
    """One of the list, at a field."""
    return Problem(path, code, SEVERITIES[code])


def victim_problems(victim: Victim, context: SendingContext) -> Found:
    """What stands against the person on the order."""
    if not victim.name:
        yield problem("victim.name", "victim_name_missing")
    elif victim.id_kind != ORGANISATION and (code := name_problem(victim.name)):
        yield problem("victim.name", code)
    if victim.id_number and victim.id_kind in KINDS:
        read = check(victim.id_kind, victim.id_number, context.directories, context.today)
        if read.verdict is CheckVerdict.INVALID:
            code = _OF_IDS.get(read.problems[0], "id_impossible")
            yield problem("victim.id_number", code)
    if victim.phone:
        read = telephone_check(victim.phone, context)
        if read.verdict is CheckVerdict.INVALID:
            yield problem("victim.phone", "phone_impossible")


@lru_cache(maxsize=4096)
def name_problem(name: str) -> str:
    """The code of what is wrong with a name of a person, a firm or a bank; "" for nothing."""
    digits = "".join(name.split()).upper().removesuffix("X")
    if digits.isdecimal():
        return "account_in_words" if len(digits) >= _NUMBER_IN_WORDS else "name_is_number"
    if not any(sign.isalpha() for sign in name) or any(map(_is_left_over, name)):
        return "name_broken"
    return "name_unchosen" if _is_unchosen(name) else ""


def _is_unchosen(name: str) -> bool:
    """Whether a name has letters as an input method leaves them when no character was chosen: none is a capital, as a
    name in letters would have."""
    plain = unicodedata.normalize("NFKC", name)
    letters = [sign for sign in plain if sign.isascii() and sign.isalpha()]
    return bool(letters) and all(letter.islower() for letter in letters)


def _is_left_over(sign: str) -> bool:
    """Whether a sign is half of a composition (注音), or what a broken one leaves."""
    return sign == "\ufffd" or "\u3100" <= sign <= "\u312f" or "\ue000" <= sign <= "\uf8ff"


def telephone_check(number: str, context: SendingContext) -> IdentifierCheck:
    """A number under which somebody is called: a mobile, else a landline, else one of abroad as it is dialled from
    here."""
    read = check("mobile", number, context.directories, context.today)
    if read.verdict is not CheckVerdict.INVALID:
        return read
    landline = check("landline", number, context.directories, context.today)
    if landline.verdict is CheckVerdict.VALID:
        return landline
    shown = check("displayed_number", number, context.directories, context.today)
    abroad = shown.facts.get("origin") == "foreign" and not shown.problems
    return shown if abroad else read


def _way(payment: CheckedPayment, _context: SendingContext) -> Found:
    """What is missing of the way it left, or does not fit in it."""
    for found in way_problems(payment.transfer):
        yield replace(found, field=payment.field(found.field))


def _target(payment: CheckedPayment, context: SendingContext) -> Found:
    """An account that a bank or a payment institution can stop; of other ways the way says who is asked."""
    transfer, account = payment.transfer, payment.transfer.payee.number
    if urgent_kind(transfer) is not OrderKind.STOP:
        return
    path = payment.field("payee_account")
    if not account and not transfer.order_number:
        yield problem(path, "payee_missing")
    elif "*" in account:
        if not transfer.order_number:
            yield problem(path, "payee_masked")
    elif account:
        yield from _account("payee", payment, context)
    if account and account == transfer.payer.number:
        yield problem(path, "same_account")


def _payer_account(payment: CheckedPayment, context: SendingContext) -> Found:
    account, path = payment.transfer.payer.number, payment.field("payer_account")
    if not asks_payer_bank(payment.transfer):
        return
    if not account:
        yield problem(path, "payer_account_missing")
    elif "*" in account:
        if not payment.transfer.order_number:
            yield problem(path, "payer_masked")
    else:
        yield from _account("payer", payment, context)


def _account(side: str, payment: CheckedPayment, context: SendingContext) -> Found:
    """A whole number, of a bank or of a wallet."""
    transfer, path = payment.transfer, payment.field(f"{side}_account")
    end: Account = getattr(transfer, side)
    number, wallet = end.number, transfer.channel in WALLETS
    if not number.isascii():
        if not (wallet or transfer.order_number):
            yield problem(path, f"{side}_no_account")
        return
    owner = context.directories.protected_number(number)
    if owner:
        yield problem(path, "account_is_hotline")
    elif number.isdigit() and len(number) in CARD_LENGTHS and way_kind(transfer) != WayKind.ECNY:
        problems = check("bank_card", number, context.directories, context.today).problems
        if "repeated" in problems:
            yield problem(path, "account_repeated")
        elif "checksum" in problems:
            yield problem(path, f"{side}_checksum")
    elif _is_impossible(number, transfer, context):
        yield problem(path, "account_impossible")


def _is_impossible(number: str, transfer: Transfer, context: SendingContext) -> bool:
    kinds = {Channel.ALIPAY: "alipay", Channel.WECHAT: "wechat"}
    kind = kinds.get(transfer.channel, "bank_account") if transfer.channel else "bank_account"
    read = check(kind, number, context.directories, context.today)
    return read.verdict is CheckVerdict.INVALID


def _amount(payment: CheckedPayment, _context: SendingContext) -> Found:
    fen, path, typed = payment.transfer.amount_fen, payment.field("amount"), payment.text("amount")
    if fen > _LARGEST_FEN:
        yield problem(path, "amount_absurd")
    elif fen <= 0:
        code = "amount_zero" if amount_of(typed) == 0 else "amount_unreadable"
        yield problem(path, code if typed else "amount_missing")


def _attempted(payment: CheckedPayment, _context: SendingContext) -> Found:
    if payment.transfer.attempted:
        yield problem(payment.field("attempted"), "payment_attempted")


def _time(payment: CheckedPayment, context: SendingContext) -> Found:
    time, path = payment.transfer.time, payment.field("time")
    if time is None:
        code = "time_unreadable" if payment.text("time") else "time_missing"
        yield problem(path, code)
    elif time > context.now + CLOCK_SLACK:
        slow = time <= context.now + _SLOWEST_CLOCK
        yield problem(path, TIME_PAST_CLOCK if slow else "time_in_future")
    elif time < _FIRST_PAYMENT:
        yield problem(path, "time_absurd")
    elif time < context.now - _LONG_AGO:
        yield problem(path, "time_long_ago")


def _payee_name(payment: CheckedPayment, _context: SendingContext) -> Found:
    if not payment.transfer.payee.name and not is_called_back(payment.transfer):
        yield problem(payment.field("payee_name"), "payee_name_missing")


def _names(payment: CheckedPayment, _context: SendingContext) -> Found:
    """An account typed one field too far, and letters for which no character was chosen. The payer who is the victim is
    judged there."""
    for side, end in (("payer", payment.transfer.payer), ("payee", payment.transfer.payee)):
        code = name_problem(end.name) if end.name and end.name != payment.victim else ""
        if code:
            yield problem(payment.field(f"{side}_name"), code)
        code = name_problem(end.bank) if end.bank else ""
        if code:
            of_bank = "bank_unchosen" if code == "name_unchosen" else code
            yield problem(payment.field(f"{side}_bank"), of_bank)


def _guesses(payment: CheckedPayment, _context: SendingContext) -> Found:
    for name, certainty in sorted(payment.transfer.certainty.items()):
        if certainty is Certainty.GUESSED:
            yield problem(payment.field(name), _GUESSED.get(name, "only_guessed"))


def _order_number(payment: CheckedPayment, _context: SendingContext) -> Found:
    """A payment institution finds the money by its order number, a card by the card's."""
    transfer = payment.transfer
    number = transfer.payee.number
    card = number.isdigit() and len(number) in CARD_LENGTHS
    stopped = urgent_kind(transfer) is OrderKind.STOP
    if stopped and not card and not transfer.order_number:
        yield problem(payment.field("order_number"), "wallet_needs_order_number")


CHECKS: Final[tuple[PaymentCheck, ...]] = (
    _way, _target, _amount, _attempted, _time, _payee_name, _payer_account, _names, _guesses,
)  # fmt: skip
"""Of every payment."""
CHECKS_OF_CHANNELS: Final[Mapping[Channel, tuple[PaymentCheck, ...]]] = MappingProxyType(
    dict.fromkeys(sorted(WALLETS), (_order_number,))
)
"""Besides, of a payment that left by that channel: another way of paying is another row."""
STEADY: Final = frozenset({_target, _amount, _payer_account, _order_number})
"""Those that look at numbers alone: the same texts are judged the same another second and under another name."""


def payment_problems(
    payment: CheckedPayment,
    context: SendingContext,
    wanted: Callable[[PaymentCheck], bool] = lambda _check: True,
) -> Found:
    """What stands against a payment, by the checks that are ``wanted``."""
    channel = payment.transfer.channel
    several = CHECKS_OF_CHANNELS.get(channel, ()) if channel is not None else ()
    for one in (*CHECKS, *several):
        if wanted(one):
            yield from one(payment, context)


def target_problems(payment: CheckedPayment, context: SendingContext) -> Found:
    """What stands against an order about the payee's account alone."""
    yield from payment_problems(payment, context, lambda one: one in {_target, _order_number})


def number_problems(kind: str, value: str, path: str, context: SendingContext) -> Found:
    """What stands against an order about a number, a site or an app, and is said of the lead that it is."""
    if not value.strip() or kind not in KINDS:
        return
    read = check(kind, value, context.directories, context.today)
    if read.verdict is CheckVerdict.INVALID:
        yield problem(path, "number_impossible")


def begun_payments(form: IntakeForm) -> tuple[int, ...]:
    """Places of the lines that say anything of a payment; the first, where none does."""
    begun = [place for place, item in enumerate(form.transfers) if not item.is_blank()]
    return tuple(begun or range(len(form.transfers[:1])))


def checked_payment(form: IntakeForm, index: int, now: datetime, victim: str) -> CheckedPayment:
    """The payment on line ``index`` of the form; ``victim``: the name on it."""
    transfer = transfer_of(form, index, now)
    return CheckedPayment(transfer, f"transfers.{index}", victim, form.transfers[index])


def stop_problems(form: IntakeForm, index: int, context: SendingContext) -> Found:
    """What stands between line ``index`` of the form and a stop."""
    victim = victim_of(form)
    yield from victim_problems(victim, context)
    yield from payment_problems(checked_payment(form, index, context.now, victim.name), context)
