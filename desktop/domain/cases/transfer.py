"""Money that left the victim: one transfer, its two ends and how sure we are of each fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop.domain.cases.answers import TICKED
from desktop.domain.clock import from_wire, to_wire
from desktop.domain.fields import Fields, mapping, number, text
from desktop.domain.ids import TransferId


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

    @property
    def gross_fen(self) -> int:
        """What left the payer by it."""
        return 0 if self.attempted else self.amount_fen

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``transfer/<id>``."""
        return {
            "case": case,
            "position": self.position,
            "time": to_wire(self.time) if self.time else "",
            "amount_fen": self.amount_fen,
            "channel": self.channel.value if self.channel else "",
            "arrival": self.arrival.value if self.arrival else "",
            **account_fields("payer", self.payer),
            **account_fields("payee", self.payee),
            "payee.masked": self.payee_masked,
            "order_number": self.order_number,
            "serial": self.serial,
            "returned_fen": self.returned_fen,
            "attempted": TICKED if self.attempted else "",
            "origin": self.origin,
            "certainty": {name: value.value for name, value in sorted(self.certainty.items())},
        }


def account_fields(end: str, account: Account) -> Fields:
    """Journal fields of one end of a payment; ``end`` is ``payer`` or ``payee``."""
    return {
        f"{end}.name": account.name,
        f"{end}.account": account.number,
        f"{end}.bank": account.bank,
    }


def account_from_fields(fields: Fields, end: str) -> Account:
    """The end of a payment that ``account_fields`` wrote."""
    return Account(
        text(fields, f"{end}.name"), text(fields, f"{end}.account"), text(fields, f"{end}.bank")
    )


def transfer_from_fields(transfer_id: str, fields: Fields) -> Transfer:
    """The transfer behind ``transfer/<id>``."""
    time = text(fields, "time")
    channel, arrival = text(fields, "channel"), text(fields, "arrival")
    return Transfer(
        id=TransferId(transfer_id),
        position=number(fields, "position"),
        time=from_wire(time) if time else None,
        amount_fen=number(fields, "amount_fen"),
        channel=Channel(channel) if channel else None,
        arrival=Arrival(arrival) if arrival else None,
        payer=account_from_fields(fields, "payer"),
        payee=account_from_fields(fields, "payee"),
        order_number=text(fields, "order_number"),
        serial=text(fields, "serial"),
        certainty={
            name: Certainty(value)
            for name, value in mapping(fields, "certainty").items()
            if isinstance(value, str)
        },
        payee_masked=text(fields, "payee.masked"),
        returned_fen=number(fields, "returned_fen"),
        attempted=text(fields, "attempted") == TICKED,
        origin=text(fields, "origin"),
    )
