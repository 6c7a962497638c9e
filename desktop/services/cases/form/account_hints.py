"""What is said below an account while it is typed: its issuer, what is missing of it, how to get the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.payments.transfer import Account, Channel, Transfer
from desktop.domain.cases.payments.way import Chain, WayKind
from desktop.domain.cases.payments.way_checks import (
    chains_of,
    is_coin_unsaid,
    way_kind,
    way_problems,
)
from desktop.domain.identifiers import IdentifierCheck, check
from desktop.domain.identifiers.labels import number_of
from desktop.domain.identifiers.money.cards import CARD_LENGTHS
from desktop.domain.identifiers.money.masked_number import MaskedNumber, read_masked
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Hint:
    """A line under a field. ``state``: ok, warn or bad; ``code``: a catalogue key; ``params`` fill it."""

    state: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


def plain_hint(read: IdentifierCheck) -> Hint:
    """The first doubt about an identifier, or its normal form. What is red is said by the list of what stands against
    sending."""
    if read.problems:
        return Hint("warn", f"identifiers.problem.{read.problems[0]}")
    return Hint("ok", "hints.normal", {"text": read.normal})


def account_hint(
    session: Session, transfer: Transfer, typed: str, today: date, receipt: str
) -> Hint:
    """The hint for the account ``typed``; ``receipt`` is what the receipt showed of it, when it was blotted."""
    blotted = read_masked(typed)
    if blotted is not None:
        return _masked(session, transfer, blotted, today)
    number = number_of(typed, "bank_account")
    shown = read_masked(receipt)
    if shown is not None and not shown.fits(number):
        return Hint("warn", "hints.unlike_receipt", {"receipt": receipt})
    if not number.isdigit() or len(number) not in CARD_LENGTHS:
        return _other(session, transfer, number, today)
    read = check("bank_card", number, session.directories, today)
    bank, kind = read.facts.get("bank", ""), read.facts.get("card_kind", "")
    if not bank:
        return Hint("ok", "hints.account_digits", {"digits": len(number)})
    return Hint("ok", f"hints.card_{kind}" if kind else "hints.card", {"bank": bank})


def _masked(session: Session, transfer: Transfer, number: MaskedNumber, today: date) -> Hint:
    if transfer.order_number:
        return Hint("ok", "hints.masked_with_order")
    facts = check("masked_card", number.pattern, session.directories, today).facts
    bank = facts.get("bank", "")
    if "digit" in facts:
        return Hint("warn", "hints.masked_digit", {"digit": facts["digit"]})
    lengths = number.lengths(session.directories)
    if not lengths:
        tail = not number.prefix
        code = "hints.masked_tail" if tail else "hints.masked_unknown"
        return Hint("warn", code, {"tail": number.suffix})
    missing = "/".join(str(length - number.visible) for length in lengths)
    if not bank:
        return Hint("warn", "hints.masked", {"missing": missing})
    whole = "/".join(map(str, lengths))
    return Hint("warn", "hints.masked_bank", {"bank": bank, "length": whole, "missing": missing})


def _other(session: Session, transfer: Transfer, number: str, today: date) -> Hint:
    if transfer.channel in {Channel.ALIPAY, Channel.WECHAT}:
        kind = "alipay" if transfer.channel is Channel.ALIPAY else "wechat"
        return plain_hint(check(kind, number, session.directories, today))
    read = check("bank_account", number, session.directories, today)
    if read.problems:
        return plain_hint(read)
    return Hint("ok", "hints.account_digits", {"digits": len(number)})


_QUIET: Final = Hint("none", "")


def way_hint(name: str, transfer: Transfer) -> Hint | None:
    """Of the account ``name`` (``payee_account`` or ``payer_account``) that is no bank's: an address on a chain, a
    wallet of the digital yuan, an IBAN. None where it is a bank's, or a wallet's that is checked as such."""
    payee = name == "payee_account"
    if payee and is_coin_unsaid(transfer):
        return Hint("warn", "problems.chain_address_as_account")
    judge = (_PAYEES if payee else _PAYERS).get(way_kind(transfer))
    if judge is None:
        return None
    found = (item for item in way_problems(transfer) if payee and item.field == name)
    wrong = next((Hint("warn", f"problems.{item.code}") for item in found), None)
    return wrong or judge(transfer, transfer.payee if payee else transfer.payer)


def _address(transfer: Transfer, end: Account) -> Hint:
    known = transfer.way.chain != Chain.OTHER and chains_of(end.number)
    return Hint("ok", "hints.address_right") if known else _QUIET


def _nothing(_transfer: Transfer, _end: Account) -> Hint:
    return _QUIET


_Judge = Callable[[Transfer, Account], Hint]
_PAYEES: Final[Mapping[str, _Judge]] = MappingProxyType(
    {
        WayKind.COIN: _address,
        WayKind.CASH: _nothing,
        WayKind.VOUCHER: _nothing,
        WayKind.ECNY: _nothing,
        WayKind.CROSS_BORDER: _nothing,
    }
)
_PAYERS: Final[Mapping[str, _Judge]] = MappingProxyType({WayKind.COIN: _address})
