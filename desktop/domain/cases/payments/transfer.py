"""Money that left the victim: one transfer, its two ends and how sure we are of each fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.payments.way import NO_WAY, PaymentWay
from desktop.domain.ids import TransferId
from desktop.domain.masking import masked_account
from desktop.domain.records.field_table import FieldRow, FieldTable, Typed
from desktop.domain.records.field_types import (
    COUNT,
    FEN,
    MAYBE_TIME,
    TEXT,
    FieldType,
    one_of,
    optional,
)
from desktop.domain.records.fields import Fields


class Channel(StrEnum):
    """汇出渠道, the choices of the stop-payment form."""

    COUNTER = "counter"
    ATM = "atm"
    ONLINE_BANK = "online_bank"
    MOBILE_BANK = "mobile_bank"
    QUICK_PAY = "quick_pay"
    SCAN = "scan"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    POS = "pos"
    CASH_DEPOSIT = "cash_deposit"
    OTHER = "other"


class Arrival(StrEnum):
    """到账方式 (银发〔2016〕261号): only non-real-time transfers can still be revoked."""

    REAL_TIME = "real_time"
    TWO_HOURS = "two_hours"
    NEXT_DAY = "next_day"


class Certainty(StrEnum):
    """Where a fact was read; a wrong payee name means the bank must not stop (银发〔2016〕86号)."""

    RECEIPT = "receipt"
    TOLD = "told"
    GUESSED = "guessed"


def _are_certainties(value: Any) -> bool:
    return isinstance(value, Mapping) and all(Certainty(str(item)) for item in value.values())


def _certainties(value: Any) -> dict[str, Certainty]:
    held = value.items() if isinstance(value, Mapping) else ()
    return {name: Certainty(item) for name, item in held if isinstance(item, str)}


_CERTAINTIES: Final = FieldType(
    "field → certainty",
    _are_certainties,
    _certainties,
    lambda value: {name: item.value for name, item in sorted(value.items())},
)
_TICK: Final = replace(
    TEXT, read=lambda value: value == TICKED, write=lambda value: TICKED if value else ""
)


@dataclass(frozen=True, slots=True)
class Account:
    """One end of a transfer. ``number`` may be masked (``6222****1234``) or empty for wallet orders."""

    name: str = ""
    number: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment by the victim. ``time`` is None while unknown; ``amount_fen`` is integer fen.

    ``payee_masked``: the payee's number as the receipt showed it, when some of it was blotted out; it stays beside
    the number that was found later, so that anybody can compare the two.
    """

    id: TransferId
    position: int
    time: datetime | None
    amount_fen: int
    channel: Channel | None
    arrival: Arrival | None
    payer: Account
    payee: Account
    order_number: str = ""
    serial: str = ""
    certainty: Mapping[str, Certainty] = field(default_factory=dict)
    payee_masked: str = ""
    returned_fen: int = 0
    """What came back of it."""
    attempted: bool = False
    """未遂: it failed, or was revoked in time; nothing left."""
    origin: str = ""
    """Where it was read: an :class:`~desktop.domain.evidence.place.EvidencePlace` as text, "" when it was told."""
    way: PaymentWay = NO_WAY
    """How it left, where that was said; kept among the answers of the case."""

    @property
    def gross_fen(self) -> int:
        """What left the payer by it."""
        return 0 if self.attempted else self.amount_fen

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``transfer/<id>``."""
        return {"case": case, **TRANSFER_FIELDS.to_fields(self)}


ENDS: Final = tuple(
    row
    for end in ("payee", "payer")
    for row in (
        FieldRow(f"{end}.name"),
        FieldRow(f"{end}.account", attribute=f"{end}.number", mask=masked_account),
        FieldRow(f"{end}.bank"),
    )
)
"""Both ends of a payment, of whatever is about one."""


def _typed(row: FieldRow) -> FieldRow:
    return replace(
        row,
        form=row.key.replace(".", "_"),
        typed=Typed.ACCOUNT if row.mask else Typed.WORDS,
        searched=row.key != "payer.bank",
    )


TRANSFER_FIELDS: Final = FieldTable(
    Transfer,
    (
        FieldRow("position", COUNT),
        FieldRow("time", MAYBE_TIME, form="time", typed=Typed.TIME),
        FieldRow("amount_fen", FEN, form="amount", typed=Typed.AMOUNT),
        FieldRow("channel", optional(one_of(Channel)), form="channel", typed=Typed.CHOICE, codes="case.channel"),
        FieldRow("arrival", optional(one_of(Arrival)), form="arrival", typed=Typed.CHOICE, codes="case.arrival"),
        *map(_typed, ENDS),
        FieldRow("payee.masked", attribute="payee_masked", form="payee_masked", typed=Typed.WORDS,
                 mask=masked_account, seldom=True),
        FieldRow("order_number", form="order_number", typed=Typed.NUMBER, kinds=("order_number",), searched=True),
        FieldRow("serial", form="serial", typed=Typed.NUMBER, kinds=("order_number",), searched=True),
        FieldRow("certainty", _CERTAINTIES, form="certainty", typed=Typed.CERTAINTIES, hidden=True),
        FieldRow("returned_fen", FEN, form="returned", typed=Typed.AMOUNT, seldom=True),
        FieldRow("attempted", _TICK, form="attempted", typed=Typed.TICK, seldom=True),
        FieldRow("origin", form="origin", typed=Typed.KEPT, seldom=True),
    ),
)  # fmt: skip


def transfer_from_fields(transfer_id: str, fields: Fields) -> Transfer:
    """The transfer behind ``transfer/<id>``."""
    return TRANSFER_FIELDS.from_fields(fields, id=TransferId(transfer_id))


def with_ways(transfers: Iterable[Transfer], ways: Iterable[PaymentWay]) -> Iterator[Transfer]:
    """The payments, each with what the case says of its way."""
    known = {way.id: way for way in ways}
    for transfer in transfers:
        way = known.get(transfer.id)
        yield replace(transfer, way=way) if way is not None else transfer
