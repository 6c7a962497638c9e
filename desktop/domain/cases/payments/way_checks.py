"""What a payment looks like while nobody said its way, and what is missing or does not fit in a way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.payments.transfer import Channel, Transfer
from desktop.domain.cases.payments.way import Chain, Handover, PaymentWay, Used, WayKind
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import CheckVerdict, IdentifierCheck, check
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.problems import Problem, Severity
from desktop.domain.reference.directories import NoDirectories

_WALLETS: Final = frozenset({Channel.WECHAT, Channel.ALIPAY, Channel.SCAN})
_ADDRESSES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "tron": frozenset({Chain.TRON}),
        "eth": frozenset({Chain.ETHEREUM, Chain.BSC}),
        "btc": frozenset({Chain.BITCOIN}),
    }
)
"""Kind of an address → the chains that have it."""
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{4,}")
_ANY_DAY: Final = date(2000, 1, 1)
"""What is checked here does not depend on the day."""


def way_kind(transfer: Transfer) -> str:
    """The way as it was said; else what the channel and the account say, a bank by default. A code of a newer program
    stays as it is."""
    if transfer.way.kind:
        return transfer.way.kind
    if is_chain_address(transfer.payee.number):
        return WayKind.COIN
    return WayKind.WALLET if transfer.channel in _WALLETS else WayKind.BANK


def is_coin_unsaid(transfer: Transfer) -> bool:
    """Whether nobody said yet that the payee's account is a coin's address."""
    return is_address_as_account(transfer.way.kind, transfer.payee.number)


def is_address_as_account(way: str, account: str) -> bool:
    """Whether an address on a chain stands where a bank's account should."""
    return way in {"", WayKind.BANK, WayKind.WALLET} and is_chain_address(account)


def chains_of(address: str) -> frozenset[str]:
    """The chains on which a right address is one."""
    good = (kind for kind in _ADDRESSES if _checked(kind, address).verdict is not _INVALID)
    return frozenset().union(*(_ADDRESSES[kind] for kind in good))


def chain_of(address: str) -> str:
    """The chain of an address; "" where several have its form, or none."""
    chains = chains_of(address)
    return next(iter(chains)) if len(chains) == 1 else ""


def way_problems(transfer: Transfer) -> tuple[Problem, ...]:
    """What stands between a payment and whoever can still act on its way, by fields of its line in the form. Nothing is
    refused when a report is registered; what blocks only keeps a request from being sent to nobody."""
    kind = way_kind(transfer)
    checks = _CHECKS.get(kind)
    if checks is None:
        return (Problem("way_kind", "way_unknown", Severity.BLOCK),)
    if is_coin_unsaid(transfer):
        return (Problem("payee_account", "chain_address_as_account", Severity.BLOCK),)
    return tuple(checks(transfer))


def way_leads(way: PaymentWay) -> Iterator[tuple[str, str, str]]:
    """(kind of identifier, fact, normal form) of what a way names that may turn up in another case: the transaction of
    a coin, the plate of a courier."""
    for kind, fact, value in (("tx_hash", "hash", way.hash), ("plate", "plate", way.plate)):
        found = _checked(kind, value) if value else None
        if found is not None and found.verdict is not _INVALID and found.normal:
            yield kind, fact, found.normal


def _none(_transfer: Transfer) -> Iterator[Problem]:
    """The check of the payment itself says it all."""
    yield from ()


def _coin(transfer: Transfer) -> Iterator[Problem]:
    way, address = transfer.way, transfer.payee.number
    if not address:
        yield Problem("payee_account", "coin_address_missing", Severity.BLOCK)
    elif way.chain in ("", *Chain) and way.chain != Chain.OTHER:
        yield from _address(way.chain, address)
    if not way.chain and not chain_of(address):
        yield Problem("way_chain", "coin_chain_missing")
    if way.hash and way.chain != Chain.OTHER and _checked("tx_hash", way.hash).verdict is _INVALID:
        yield Problem("way_hash", "coin_hash_wrong", Severity.WRONG)
    if not transfer.payee.bank:
        yield Problem("payee_bank", "coin_exchange_missing", Severity.BLOCK)


def _address(chain: str, address: str) -> Iterator[Problem]:
    chains = chains_of(address)
    if not chains:
        yield Problem("payee_account", "coin_address_wrong", Severity.WRONG)
    elif chain and chain not in chains:
        yield Problem("way_chain", "coin_chain_differs")


def _cash(transfer: Transfer) -> Iterator[Problem]:
    way = transfer.way
    if not transfer.payee.bank:
        yield Problem("payee_bank", "cash_platform_missing", Severity.BLOCK)
    if not (transfer.order_number or way.plate or way.driver):
        yield Problem("order_number", "cash_trace_missing", Severity.BLOCK)
    if way.plate and _checked("plate", way.plate).verdict is not CheckVerdict.VALID:
        yield Problem("way_plate", "cash_plate_unlikely")
    if way.handover == Handover.HANDED_OVER:
        yield Problem("way_handover", "cash_handed_over")


def _voucher(transfer: Transfer) -> Iterator[Problem]:
    if not transfer.payee.bank:
        yield Problem("payee_bank", "voucher_issuer_missing", Severity.BLOCK)
    if not (transfer.way.code or transfer.order_number):
        yield Problem("way_code", "voucher_code_missing", Severity.BLOCK)
    if transfer.way.used == Used.USED:
        yield Problem("way_used", "voucher_used")


def _ecny(transfer: Transfer) -> Iterator[Problem]:
    wallet = transfer.payee.number
    if wallet and _checked("ecny_wallet", wallet).verdict is not CheckVerdict.VALID:
        yield Problem("payee_account", "ecny_wallet_unlikely")


def _cross_border(transfer: Transfer) -> Iterator[Problem]:
    way, account = transfer.way, transfer.payee.number.upper()
    if not transfer.payer.bank:
        yield Problem("payer_bank", "recall_bank_missing", Severity.BLOCK)
    if not way.swift:
        yield Problem("way_swift", "swift_missing")
    elif _checked("swift", way.swift).verdict is not CheckVerdict.VALID:
        yield Problem("way_swift", "swift_wrong", Severity.WRONG)
    if _IBAN.fullmatch(account) and _checked("iban", account).verdict is _INVALID:
        yield Problem("payee_account", "iban_wrong", Severity.WRONG)
    if way.currency and not _CURRENCY.fullmatch(way.currency.upper()):
        yield Problem("way_currency", "currency_unlikely")
    if way.foreign_amount and not _is_amount(way.foreign_amount):
        yield Problem("way_foreign_amount", "foreign_amount_unreadable")


def _is_amount(text: str) -> bool:
    try:
        return parse_yuan(text) > 0
    except UserInputError:
        return False


_INVALID: Final = CheckVerdict.INVALID
_CHECKS: Final[Mapping[str, Callable[[Transfer], Iterator[Problem]]]] = MappingProxyType(
    {
        WayKind.BANK: _none,
        WayKind.WALLET: _none,
        WayKind.COIN: _coin,
        WayKind.CASH: _cash,
        WayKind.VOUCHER: _voucher,
        WayKind.ECNY: _ecny,
        WayKind.CROSS_BORDER: _cross_border,
    }
)
"""What is looked at in each way."""


def _checked(kind: str, value: str) -> IdentifierCheck:
    return check(kind, value, NoDirectories(), _ANY_DAY)
