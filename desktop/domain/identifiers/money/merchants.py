"""收单商户 and 数字人民币: who took a card payment, and wallets of the digital yuan."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import digits_of, is_digits, packed, raised
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_SPLIT: Final = re.compile(
    r"(?:商户号?|商户编号|MID)?:?([0-9A-Z]{15})(?:[/,;]|终端号?|TID)*:?([0-9A-Z]{8})?"
)
_WALLET_LENGTH: Final = 16


@reads(lambda text: raised(packed(text)))
def check_merchant(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """商户号 of 15 signs, the 终端号 of 8 behind it or alone. No check digit exists.

    Facts: ``terminal``, ``acquirer`` (the first three), ``merchant_area`` (the next four), ``category`` (the MCC).
    """
    match = _SPLIT.fullmatch(text)
    if match is None:
        bare = digits_of(text)
        if re.fullmatch(r"[0-9A-Z]{8}", bare):
            return result(kind, value, bare, warn=("merchant_missing",), facts={"terminal": bare})
        counted = bare.isascii() and bare.isalnum()
        return result(kind, value, text, warn=("length" if counted else "form_unknown",))
    number, terminal = match.group(1), match.group(2) or ""
    facts = {"terminal": terminal}
    if is_digits(number):
        facts |= {
            "acquirer": number[:3],
            "merchant_area": number[3:7],
            "category": number[7:11],
        }
    normal = f"{number}/{terminal}" if terminal else number
    return result(kind, value, normal, facts=facts)


@reads(digits_of)
def check_ecny_wallet(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """数字人民币钱包编号: 16 digits as far as is known, so another length is only a doubt; masked ones too."""
    if not is_digits(number.replace("*", "")):
        return result(kind, value, number, invalid=("characters",))
    if "*" in number:
        return result(kind, value, number, warn=("masked",))
    return result(kind, value, number, warn=() if len(number) == _WALLET_LENGTH else ("length",))
