"""What is said below an account that is no bank's: an address on a chain, a wallet of the digital yuan, an IBAN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.cases.payments.way import Chain, WayKind
from desktop.domain.cases.payments.way_checks import (
    chains_of,
    is_coin_unsaid,
    way_kind,
    way_problems,
)
from desktop.services.cases.form.account_hints import Hint

_QUIET: Final = Hint("none", "")


def way_hint(name: str, transfer: Transfer) -> Hint | None:
    """Of the account ``name`` (``payee_account`` or ``payer_account``); None where it is a bank's, or a wallet's that
    is checked as such."""
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
