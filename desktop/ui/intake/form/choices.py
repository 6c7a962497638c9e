"""The fixed choices on the pages, in the order in which they are met at a counter."""

from __future__ import annotations

from typing import Final

from desktop.domain.cases.case import CaseSource, Visit
from desktop.domain.cases.payments.transfer import Arrival, Certainty, Channel
from desktop.domain.cases.people.party import SELF, PartyRole
from desktop.domain.cases.people.victim import ID_KINDS
from desktop.domain.records.field_table import FieldRow
from desktop.ui.shared.widgets.input.line_edit import Option

_CHANNELS: Final = (
    Channel.MOBILE_BANK,
    Channel.ONLINE_BANK,
    Channel.WECHAT,
    Channel.ALIPAY,
    Channel.SCAN,
    Channel.QUICK_PAY,
    Channel.ATM,
    Channel.COUNTER,
    Channel.POS,
    Channel.CASH_DEPOSIT,
    Channel.OTHER,
)
WALLETS: Final = frozenset({Channel.WECHAT.value, Channel.ALIPAY.value, Channel.SCAN.value})
"""Paid inside a payment institution: the order number is what stops it."""
TWO_NUMBERS: Final = Channel.QUICK_PAY.value
"""Leaves the bank under a serial and arrives at the institution under an order number."""

KINDS: Final = (
    "mobile", "displayed_number", "landline", "service_number", "sms_port",
    "bank_card", "masked_card", "bank_account", "bank_code", "swift", "iban",
    "wechat", "qq", "alipay", "telegram", "email", "order_number",
    "url", "app", "platform_account", "meeting", "ip", "merchant", "ecny_wallet", "skype", "facetime",
    "btc", "eth", "tron", "tx_hash",
    "resident_id", "passport", "hk_macau_pass", "taiwan_pass", "residence_permit", "foreign_resident", "uscc",
    "imei", "imsi", "iccid", "base_station", "plate", "parcel", "case_number",
)  # fmt: skip
"""Every kind of lead, those of daily use first."""


def _options(prefix: str, values: tuple[str, ...]) -> tuple[Option, ...]:
    unset = Option("", key="intake.unset")
    return (unset, *(Option(value, key=f"intake.{prefix}.{value}") for value in values))


def channels() -> tuple[Option, ...]:
    """汇出渠道."""
    return _options("channel", tuple(channel.value for channel in _CHANNELS))


def arrivals() -> tuple[Option, ...]:
    """到账方式."""
    return _options("arrival", tuple(arrival.value for arrival in Arrival))


def id_kinds() -> tuple[Option, ...]:
    """Papers a person identifies with."""
    return _options("kind", ID_KINDS)[1:]


def party_roles() -> tuple[Option, ...]:
    """What somebody may be besides the reporter, whom a switch of its own names."""
    roles = (role for role in PartyRole if role is not PartyRole.REPORTER)
    unset = Option("", key="intake.unset")
    return (unset, *(Option(role.value, key=f"party.role_is.{role.value}") for role in roles))


def reporters() -> tuple[Option, ...]:
    """Who may report: the victim, somebody who acts for one, anybody else."""
    acting = (PartyRole.AGENT, PartyRole.GUARDIAN, PartyRole.HANDLER)
    return (
        Option(SELF, key="party.self"),
        *(Option(role.value, key=f"party.role_is.{role.value}") for role in acting),
        Option("other", key="party.other"),
    )


def sources() -> tuple[Option, ...]:
    """案件来源."""
    unset = Option("", key="intake.unset")
    return (
        unset,
        *(Option(item.value, key=f"party.source_is.{item.value}") for item in CaseSource),
    )


def visits() -> tuple[Option, ...]:
    """Why the person came."""
    return _options("visit", tuple(visit.value for visit in Visit))[1:]


def certainties() -> tuple[Option, ...]:
    """How sure a lead is."""
    return (
        Option("", key="intake.certainty.unsaid"),
        *(Option(item.value, key=f"intake.certainty.{item.value}") for item in Certainty),
    )


def identifier_kinds() -> tuple[Option, ...]:
    """Kinds of leads."""
    return _options("kind", KINDS)


def of_way(row: FieldRow) -> tuple[Option, ...]:
    """The codes of a fact of a way of payment; the way itself begins with what needs no choice."""
    unset = Option("", key="ways.unsaid" if row.attribute == "kind" else "intake.unset")
    return (unset, *(Option(code, key=f"{row.codes}.{code}") for code in row.type.codes))
