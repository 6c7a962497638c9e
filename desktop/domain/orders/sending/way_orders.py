"""What can be sent at once about a payment, by its way: to whom, and by which number they find it.

Only kinds of order that every program since the first release knows. What is no bank's to stop goes as a call-back
(撤销): it needs no approval, and no message of a bank stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way import WayKind
from desktop.domain.cases.payments.way_checks import is_coin_unsaid, way_kind
from desktop.domain.orders.order import OrderKind

_URGENT: Final[Mapping[str, OrderKind]] = MappingProxyType(
    {
        WayKind.BANK: OrderKind.STOP,
        WayKind.WALLET: OrderKind.STOP,
        WayKind.ECNY: OrderKind.STOP,
        WayKind.COIN: OrderKind.REVOKE,
        WayKind.CASH: OrderKind.REVOKE,
        WayKind.VOUCHER: OrderKind.REVOKE,
        WayKind.CROSS_BORDER: OrderKind.REVOKE,
    }
)

CALLED_BACK: Final = frozenset(kind for kind, order in _URGENT.items() if order is OrderKind.REVOKE)
"""Ways of which no stop reaches the money."""


def urgent_kind(transfer: Transfer) -> OrderKind | None:
    """The kind of order that may still save the money; None where nobody can be asked: an address on a chain that
    nobody called a coin's, a way that this program does not know."""
    return None if is_coin_unsaid(transfer) else _URGENT.get(way_kind(transfer))


def is_called_back(transfer: Transfer) -> bool:
    """Whether a call-back is all that can be asked for, however fast the money went."""
    return urgent_kind(transfer) is OrderKind.REVOKE


def called_back_way(kind: OrderKind, transfer: Transfer) -> str:
    """The way of the payment whose words an order about it goes by: that of a call-back of what no bank can stop; ""
    for every other order, which its kind names."""
    return way_kind(transfer) if kind is OrderKind.REVOKE and is_called_back(transfer) else ""


def name_key(kind: OrderKind, way: str = "") -> str:
    """The catalogue key of what an order is called; ``way`` as :func:`called_back_way` has it."""
    return f"ways.called.{way}" if way in CALLED_BACK else f"orders.kind.{kind.value}"


def asks_payer_bank(transfer: Transfer) -> bool:
    """Whether an account of the payer at a bank tells which payment it is: a coin, cash or a voucher left none."""
    return not is_called_back(transfer) or way_kind(transfer) == WayKind.CROSS_BORDER


_SENT_BACK_BY_PAYER: Final = frozenset({WayKind.BANK, WayKind.CROSS_BORDER})
"""Ways of which the payer's bank calls a payment back: one that has not arrived yet (银发〔2016〕261号), one abroad."""


def asks_payer_side(kind: OrderKind, transfer: Transfer) -> bool:
    """Whether the bank that the payment left is to act. A payment institution keeps both ends."""
    return kind is OrderKind.REVOKE and way_kind(transfer) in _SENT_BACK_BY_PAYER


def asked_about(kind: OrderKind, transfer: Transfer) -> str:
    """Who is to act on an order about a payment: mostly the institution at the other end."""
    return transfer.payer.bank if asks_payer_side(kind, transfer) else transfer.payee.bank


_FOUND_BY: Final[Mapping[str, Callable[[Transfer], tuple[str, str]]]] = MappingProxyType(
    {
        WayKind.COIN: lambda item: ("", item.way.hash),
        WayKind.CASH: lambda item: (item.way.plate, item.way.driver),
        WayKind.VOUCHER: lambda item: (item.way.code, ""),
        WayKind.CROSS_BORDER: lambda item: ("", item.way.swift),
    }
)
"""Account and serial by which whoever is asked finds the payment, where its own say nothing."""


def as_asked(transfer: Transfer) -> Transfer:
    """The payment as an order tells it: an older centre, which knows no ways, then still has a number to act on."""
    found = _FOUND_BY.get(transfer.way.kind)
    if found is None:
        return transfer
    number, serial = found(transfer)
    payee = replace(transfer.payee, number=transfer.payee.number or number)
    return replace(transfer, payee=payee, serial=transfer.serial or serial)
