"""What orders about money say beside the payment itself: stop, freeze, query, watch, and what ends them.

Codes are those of the platform's messages: 1001xx, 1002xx, 1003xx to banks, A00105, A00205, A00311 to payment
institutions, so that a later gateway carries every field without loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class ApplicationType(StrEnum):
    """applicationType 是否补流程: ``AFTER`` is paperwork for what the bank did already."""

    FIRST = "00"
    FIRST_OTHER_ACCOUNT = "01"
    BANK_REPORTED = "02"
    BANK_REPORTED_OTHER = "03"
    AFTER = "04"
    AFTER_OTHER_ACCOUNT = "05"

    @property
    def follows_bank(self) -> bool:
        """Whether it is paperwork for something done before, whose official number it must name."""
        return self not in (ApplicationType.FIRST, ApplicationType.FIRST_OTHER_ACCOUNT)

    @property
    def other_account(self) -> bool:
        """Whether the account is no RMB current account: its number is then ``主账号_账户识别号``."""
        return self in _OTHER_ACCOUNTS


_OTHER_ACCOUNTS: Final = frozenset(
    {
        ApplicationType.FIRST_OTHER_ACCOUNT,
        ApplicationType.BANK_REPORTED_OTHER,
        ApplicationType.AFTER_OTHER_ACCOUNT,
    }
)


class Urgency(StrEnum):
    """emergencyLevel."""

    NORMAL = "01"
    URGENT = "02"


class AccountType(StrEnum):
    """accountType: at a payment institution ``CORPORATE`` is a merchant (商户)."""

    PERSONAL = "01"
    CORPORATE = "02"


class Addressing(StrEnum):
    """By what the money is found: the account, or at a payment institution a key of the transaction."""

    ACCOUNT = "account"
    SERIAL = "A1"
    """外部银行流水号。"""
    ORDER_NUMBER = "A2"
    """支付订单号。"""
    POS_SERIAL = "A3"
    """银行卡 POS 流水号。"""


class FreezeType(StrEnum):
    """freezeType: 限额 up to an amount, 全额 the whole account."""

    LIMITED = "01"
    FULL = "02"


class Property(StrEnum):
    """What is frozen, which sets the term (程序规定 Art. 243–245). Values name the rule ``freeze.<value>``."""

    DEPOSIT = "deposit"
    SECURITIES = "securities"
    EQUITY = "equity"


class QueryContent(StrEnum):
    """Content of 100309: the accounts, or the accounts with the measures that lie on them."""

    BASIC = "01"
    WITH_MEASURES = "02"


TELECOM_FRAUD = "0000"
"""案件类型 of a payment institution's messages."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """Fields of 100201. ``amount_fen`` counts for a limited freeze.

    ``major``: a major or complex case, with a longer term and approval of the city level. ``queued``: 轮候冻结, the
    account being frozen by somebody else already (Art. 242).
    """

    type: FreezeType = FreezeType.LIMITED
    amount_fen: int = 0
    property: Property = Property.DEPOSIT
    major: bool = False
    yield_included: bool = True
    scope: str = ""
    queued: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Fields of 100301, 100303, 100305, 100309. ``reply_by``: 结果反馈限定时间."""

    from_at: datetime | None = None
    to_at: datetime | None = None
    content: QueryContent = QueryContent.BASIC
    reply_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class MoneyTerms:
    """What a money order asks for.

    ``original_application``: the official number of what it follows, needed for types 02 to 05. ``account_mark``: the
    账户识别号 that makes the number of another account than an RMB current one whole. ``institution``: the
    receiver is a payment institution, no bank. ``starts_at``, ``expires_at``: the measure's own period, where it is
    ordered rather than given by the bank. ``holder_id_*``: of the account's holder, where known. ``evidence``: SHA-256
    of what is attached (attachments), empty for everything the case has.
    """

    application: ApplicationType = ApplicationType.FIRST
    original_application: str = ""
    case_type: str = TELECOM_FRAUD
    urgency: Urgency = Urgency.URGENT
    institution: bool = False
    addressing: Addressing = Addressing.ACCOUNT
    pos_serial: str = ""
    merchant: str = ""
    account_type: AccountType | None = None
    holder_id_kind: str = ""
    holder_id_number: str = ""
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    remark: str = ""
    freeze: Freeze = Freeze()
    query: Query = Query()
    evidence: tuple[str, ...] = ()
    account_mark: str = ""
