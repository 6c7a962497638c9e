"""How one payment left: through a bank, a wallet, a chain, a courier's hands, and what only that way has.

The payment itself stays as it is: whoever is paid keeps the name, the number and the institution of its payee, which on
a chain are the address and the exchange, of a voucher its issuer, of a courier the platform. A way adds what none of
these fields can hold. Older programs keep it unread among the answers of the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.domain.ids import TransferId
from desktop.domain.masking import masked_account, masked_address, masked_text
from desktop.domain.records.field_table import FieldRow, FieldTable, Typed
from desktop.domain.records.field_types import text_of
from desktop.domain.records.record_family import RecordFamily, record_rows


class WayKind(StrEnum):
    """What carried the money."""

    BANK = "bank"
    WALLET = "wallet"
    COIN = "coin"
    """A coin on a public chain."""
    CASH = "cash"
    """Cash, gold or goods that somebody fetched or that were brought to a place."""
    VOUCHER = "voucher"
    """A gift card, a recharge card or a code that is worth money."""
    ECNY = "ecny"
    """数字人民币."""
    CROSS_BORDER = "cross_border"


HANDED_OVER: Final = frozenset({WayKind.CASH, WayKind.VOUCHER})
"""Ways in which no account was paid."""


class Chain(StrEnum):
    """A public chain."""

    TRON = "tron"
    ETHEREUM = "ethereum"
    BSC = "bsc"
    BITCOIN = "bitcoin"
    OTHER = "other"


class Goods(StrEnum):
    """What was handed over."""

    CASH = "cash"
    GOLD = "gold"
    CARD = "card"
    GOODS = "goods"


class Handover(StrEnum):
    """Where it is."""

    ON_THE_WAY = "on_the_way"
    HANDED_OVER = "handed_over"
    CALLED_BACK = "called_back"
    UNKNOWN = "unknown"


class Used(StrEnum):
    """Whether a voucher was cashed."""

    UNUSED = "unused"
    USED = "used"
    UNKNOWN = "unknown"


_NO_PAYMENT: Final = TransferId("")


@dataclass(frozen=True, slots=True)
class PaymentWay:
    """What is known of the way of the payment ``id``. Every fact is a text; a code of a newer program stays as it is.

    ``kind`` is empty while nobody said it: :func:`~desktop.domain.cases.payments.way_checks.way_kind` tells what the
    payment looks like then. ``foreign_amount``: in ``currency``, as the receipt shows it.
    """

    id: TransferId = _NO_PAYMENT
    kind: str = ""
    coin: str = ""
    chain: str = ""
    hash: str = ""
    goods: str = ""
    handover: str = ""
    driver: str = ""
    plate: str = ""
    place: str = ""
    code: str = ""
    used: str = ""
    swift: str = ""
    currency: str = ""
    foreign_amount: str = ""

    @property
    def is_unsaid(self) -> bool:
        """Whether nothing is known of it."""
        return self == PaymentWay(self.id)


NO_WAY: Final = PaymentWay()


WAY_FIELDS: Final = FieldTable(
    PaymentWay,
    record_rows(
        "ways.field",
        FieldRow("kind", text_of(WayKind, ""), typed=Typed.CHOICE, document="way", codes="ways.kind"),
        FieldRow("coin", typed=Typed.WORDS),
        FieldRow("chain", text_of(Chain, ""), typed=Typed.CHOICE, codes="ways.chain"),
        FieldRow("hash", typed=Typed.WORDS, mask=masked_account, searched=True),
        FieldRow("goods", text_of(Goods, ""), typed=Typed.CHOICE, document="what", codes="ways.goods"),
        FieldRow("handover", text_of(Handover, ""), typed=Typed.CHOICE, document="state",
                 codes="ways.handover"),
        FieldRow("driver", typed=Typed.WORDS, mask=masked_text, searched=True),
        FieldRow("plate", typed=Typed.WORDS, mask=masked_account, searched=True),
        FieldRow("place", typed=Typed.WORDS, mask=masked_address, searched=True),
        FieldRow("code", typed=Typed.WORDS, mask=masked_account, searched=True),
        FieldRow("used", text_of(Used, ""), typed=Typed.CHOICE, codes="ways.used"),
        FieldRow("swift", typed=Typed.NUMBER, kinds=("swift",), searched=True),
        FieldRow("currency", typed=Typed.NUMBER),
        FieldRow("foreign_amount", typed=Typed.WORDS),
        form="way_",
    ),
)  # fmt: skip
"""What is known of a way, in entries about ``case/<id>`` under ``answer.way.<id of the payment>.``."""

WAYS: Final = RecordFamily("way", "ways", WAY_FIELDS, most=5_000)
"""As many as a statement may bring payments of one case."""
STANDS_FOR: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        WayKind.WALLET: {"wallet": "payee.bank"},
        WayKind.COIN: {"address": "payee.account", "exchange": "payee.bank"},
        WayKind.CASH: {"platform": "payee.bank", "order": "order_number"},
        WayKind.VOUCHER: {"issuer": "payee.bank"},
        WayKind.ECNY: {"wallet": "payee.account"},
        WayKind.CROSS_BORDER: {"bank": "payee.bank"},
    }
)
"""What a report document may call a fact of the payment in each way → where that stands."""


def facts_of_way(way: PaymentWay) -> Iterator[tuple[FieldRow, str]]:
    """Each fact of a way that says something, beside the way itself, in the order of the rows."""
    for row in WAY_FIELDS.rows:
        value = getattr(way, row.attribute)
        if value and row.attribute != "kind":
            yield row, value
