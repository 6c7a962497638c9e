"""What a reply tells beside its result: the account behind a number, the line behind a call, where money went on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.orders.money import AccountType


@dataclass(frozen=True, slots=True)
class NextHop:
    """A payment out of the account that was asked about: the next tier. ``amount_fen`` in fen."""

    name: str = ""
    account: str = ""
    bank: str = ""
    amount_fen: int = 0
    time: datetime | None = None
    serial: str = ""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Fields of 100102, 100202 and of a payment institution's replies. Amounts in fen.

    ``earlier_*``: the freeze that lay on the account before ours, its end and who ordered it.
    """

    type: AccountType | None = None
    account: str = ""
    card: str = ""
    holder: str = ""
    holder_id: str = ""
    phone: str = ""
    address: str = ""
    merchant: str = ""
    licence_until: str = ""
    pos_terminal: str = ""
    freeze_number: str = ""
    available_fen: int = 0
    earlier_fen: int = 0
    earlier_until: datetime | None = None
    earlier_by: str = ""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a carrier or platform answers: what was done and when, and to whom the line belongs."""

    action: str = ""
    done_at: datetime | None = None
    owner: str = ""
    agent: str = ""
    opened_on: str = ""
    location: str = ""
    data: str = ""
    """What was handed over on a request for evidence, with its integrity value."""


NO_ACCOUNT_FACTS = AccountFacts()
NO_LINE_FACTS = LineFacts()
