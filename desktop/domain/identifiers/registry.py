"""Which check answers for which kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.documents.papers import (
    check_case_number,
    check_parcel,
    check_passport,
)
from desktop.domain.identifiers.documents.permits import check_permit
from desktop.domain.identifiers.documents.plates import check_plate
from desktop.domain.identifiers.documents.resident_id import check_resident_id
from desktop.domain.identifiers.documents.uscc import check_uscc
from desktop.domain.identifiers.labels import unlabelled
from desktop.domain.identifiers.money.accounts import (
    check_bank_account,
    check_bank_code,
    check_order_number,
)
from desktop.domain.identifiers.money.cards import check_bank_card
from desktop.domain.identifiers.money.foreign_accounts import check_iban, check_swift
from desktop.domain.identifiers.money.masked_card import check_masked_card
from desktop.domain.identifiers.money.merchants import check_ecny_wallet, check_merchant
from desktop.domain.identifiers.money.wallets import check_btc, check_eth, check_tron, check_tx_hash
from desktop.domain.identifiers.network.ip_address import check_ip
from desktop.domain.identifiers.network.online import (
    check_alipay,
    check_email,
    check_qq,
    check_telegram,
    check_wechat,
)
from desktop.domain.identifiers.network.platforms import (
    check_facetime,
    check_meeting,
    check_platform_account,
    check_skype,
)
from desktop.domain.identifiers.network.web import check_url
from desktop.domain.identifiers.result import CheckContext, Checker, IdentifierCheck
from desktop.domain.identifiers.telephones.base_stations import check_base_station
from desktop.domain.identifiers.telephones.devices import check_app, check_imei
from desktop.domain.identifiers.telephones.displayed_number import check_displayed_number
from desktop.domain.identifiers.telephones.phones import (
    check_landline,
    check_mobile,
    check_service_number,
    check_sms_port,
)
from desktop.domain.identifiers.telephones.sim_cards import check_iccid, check_imsi
from desktop.domain.reference.directories import Directories

_CHECKERS: Final[Mapping[str, Checker]] = MappingProxyType(
    {
        "resident_id": check_resident_id,
        "uscc": check_uscc,
        "passport": check_passport,
        "bank_card": check_bank_card,
        "masked_card": check_masked_card,
        "bank_account": check_bank_account,
        "bank_code": check_bank_code,
        "mobile": check_mobile,
        "landline": check_landline,
        "service_number": check_service_number,
        "sms_port": check_sms_port,
        "displayed_number": check_displayed_number,
        "wechat": check_wechat,
        "qq": check_qq,
        "alipay": check_alipay,
        "order_number": check_order_number,
        "url": check_url,
        "ip": check_ip,
        "imei": check_imei,
        "btc": check_btc,
        "eth": check_eth,
        "tron": check_tron,
        "tx_hash": check_tx_hash,
        "plate": check_plate,
        "parcel": check_parcel,
        "case_number": check_case_number,
        "email": check_email,
        "telegram": check_telegram,
        "app": check_app,
        "merchant": check_merchant,
        "ecny_wallet": check_ecny_wallet,
        "swift": check_swift,
        "iban": check_iban,
        "meeting": check_meeting,
        "platform_account": check_platform_account,
        "skype": check_skype,
        "facetime": check_facetime,
        "iccid": check_iccid,
        "imsi": check_imsi,
        "base_station": check_base_station,
        "hk_macau_pass": check_permit,
        "taiwan_pass": check_permit,
        "residence_permit": check_permit,
        "foreign_resident": check_permit,
    }
)

KINDS: Final = tuple(_CHECKERS)
"""Every kind of identifier, in the order of the command line's manual."""


def check(kind: str, value: str, directories: Directories, today: date) -> IdentifierCheck:
    """The check of ``value`` as an identifier of ``kind``, on the day ``today`` (for ages).

    Words in front that name the kind, quotes and the end of a sentence are no part of it.

    Never raises for any text. Raises ``UserInputError("identifier.kind")`` for a kind that does not exist.
    """
    checker = _CHECKERS.get(kind)
    if checker is None:
        raise UserInputError("identifier.kind")
    bare = unlabelled(value, kind)
    found = checker(kind, bare, CheckContext(directories, today))
    return found if bare is value else replace(found, value=value)
