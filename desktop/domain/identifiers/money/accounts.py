"""Accounts, clearing codes and order numbers of banks and payment institutions."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from desktop.domain.identifiers.money.cards import CARD_LENGTHS, issuer_facts
from desktop.domain.identifiers.money.luhn import luhn_valid
from desktop.domain.identifiers.plain import digits_of, is_digits, packed, raised, raised_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

SHORTEST_ACCOUNT: Final = 5
"""Passbooks of small banks begin at eight digits; fewer than five are a tail or a slip of the hand."""
LONGEST_ACCOUNT: Final = 30
_ACCOUNT: Final = re.compile(r"[0-9A-Z]{8,30}")
_ORDER: Final = re.compile(r"[0-9A-Z]{16,40}")
_ORDER_DATES: Final = (
    ("alipay", re.compile(r"(20[0-9]{6})(?:[0-9]{20}|[0-9]{24})")),
    ("wechat", re.compile(r"(?:42|45|10)[0-9]{8}(20[0-9]{6})[0-9]{10,14}")),
)


_PROVINCES: Final = (
    ("北京市", 10, 10), ("天津市", 11, 11), ("河北省", 12, 14), ("山西省", 16, 18), ("内蒙古自治区", 19, 20),
    ("辽宁省", 22, 23), ("吉林省", 24, 24), ("黑龙江省", 26, 27), ("上海市", 29, 29), ("江苏省", 30, 31),
    ("浙江省", 33, 34), ("安徽省", 36, 37), ("福建省", 39, 40), ("江西省", 42, 43), ("山东省", 45, 47),
    ("河南省", 49, 51), ("湖北省", 52, 53), ("湖南省", 55, 56), ("广东省", 58, 60), ("广西壮族自治区", 61, 62),
    ("海南省", 64, 64), ("贵州省", 70, 71), ("云南省", 73, 75), ("西藏自治区", 77, 78), ("陕西省", 79, 80),
    ("甘肃省", 82, 83), ("青海省", 85, 86), ("宁夏回族自治区", 87, 87),
)  # fmt: skip
"""From experience with published codes, not from a table of the central bank. Where two provinces share
their first two digits (65–69: 四川, 重庆; 88–90) nothing is said."""


def clearing_province(code: str) -> str:
    """The province of the first two digits of a city code; empty where they do not tell."""
    number = int(code)
    return next((name for name, first, last in _PROVINCES if first <= number <= last), "")


@reads(raised_digits)
def check_bank_account(
    kind: str, value: str, number: str, context: CheckContext
) -> IdentifierCheck:
    """8–30 letters and digits (hyphens are dropped); no check digit exists, so only a number that is far too
    short or too long is called impossible.

    When the number would also pass as a card, the issuer's facts are given with ``form`` = ``card``.
    """
    if not number.isascii() or not number.isalnum():
        return result(kind, value, number, warn=("characters",))
    if not SHORTEST_ACCOUNT <= len(number) <= LONGEST_ACCOUNT:
        return result(kind, value, number, invalid=("length",))
    if not _ACCOUNT.fullmatch(number):
        return result(kind, value, number, warn=("length",))
    if not re.search(r"[0-9]", number):
        return result(kind, value, number, warn=("form_unknown",))
    facts = {"length": str(len(number))}
    if is_digits(number) and len(number) in CARD_LENGTHS and luhn_valid(number):
        issuer = context.directories.card_issuer(number)
        facts |= {**issuer_facts(issuer), "form": "card" if issuer else ""}
    return result(kind, value, number, facts=facts)


def bank_code_digit(body: str) -> str:
    """The last digit of a 联行号 for its first eleven (ISO 7064 MOD 11,10)."""
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


@reads(digits_of)
def check_bank_code(kind: str, value: str, code: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """12 digits: institution class (3), city (4), branch (4), check digit.

    Facts: ``bank_class`` (the first three digits), ``city_code``. That the check digit is MOD 11,10 was found
    by comparing published codes of many banks; it held for every one. No rule we know of says so, and a code
    that is refused would stop an order, so a digit that does not fit is a doubt.
    """
    if not is_digits(code):
        return result(kind, value, code, invalid=("characters",))
    if len(code) != 12:
        return result(kind, value, code, invalid=("length",))
    warn = () if bank_code_digit(code[:11]) == code[11] else ("checksum",)
    facts = {
        "bank_class": code[:3],
        "city_code": code[3:7],
        "place": clearing_province(code[3:5]),
    }
    return result(kind, value, code, warn=warn, facts=facts)


@reads(lambda text: raised(packed(text)))
def check_order_number(
    kind: str, value: str, number: str, context: CheckContext
) -> IdentifierCheck:
    """16–40 letters and digits. Facts: ``wallet`` and ``date`` where the number tells them.

    WeChat and Alipay both write the day into their own numbers; a merchant's order number can be anything.
    """
    if not _ORDER.fullmatch(number.replace("-", "").replace("_", "")):
        problem = "length" if number.isascii() and number.isalnum() else "characters"
        return result(kind, value, number, warn=(problem,))
    for wallet, shape in _ORDER_DATES:
        match = shape.fullmatch(number)
        day = _day(match.group(1)) if match else None
        if day:
            late = day > context.today + timedelta(days=1)
            facts = {"wallet": wallet, "date": day.isoformat()}
            return result(kind, value, number, warn=("date_future",) if late else (), facts=facts)
    return result(kind, value, number)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
