"""What stands on a SIM card and in it: 集成电路卡识别码 (ICCID), 国际移动用户识别码 (IMSI)."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.money.luhn import luhn_digit
from desktop.domain.identifiers.plain import digits_of, is_digits, raised_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_ICCID: Final = re.compile(r"8986[0-9A-F]{15,16}")
_IMSI: Final = re.compile(r"460[0-9]{12}")
_OPERATORS: Final = {
    "中国移动": ("00", "02", "04", "07", "08", "13"),
    "中国联通": ("01", "06", "09", "10"),
    "中国电信": ("03", "05", "11", "12"),
    "中国广电": ("15",),
}
"""Network codes as they were given out (ITU E.212; 05–13 from experience)."""
_BY_CODE: Final = {code: name for name, codes in _OPERATORS.items() for code in codes}


def network_operator(code: str) -> str:
    """The operator behind a Chinese network code of two digits; empty when it is not known."""
    return _BY_CODE.get(code, "")


@reads(raised_digits)
def check_iccid(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``8986`` and 15 or 16 characters (ITU E.118). Some operators put letters in and some a digit that is no
    check digit, so one that does not fit is a doubt. Facts: ``operator``, ``length``."""
    if not (number.isascii() and number.isalnum()):
        return result(kind, value, number, invalid=("characters",))
    if len(number) not in (19, 20):
        return result(kind, value, number, invalid=("length",))
    facts = {"operator": network_operator(number[4:6]), "length": str(len(number))}
    if not _ICCID.fullmatch(number):
        return result(kind, value, number, warn=("form_unknown",), facts=facts)
    counted = is_digits(number) and len(number) == 20
    fits = not counted or luhn_digit(number[:19]) == number[19]
    return result(kind, value, number, warn=() if fits else ("checksum",), facts=facts)


@reads(digits_of)
def check_imsi(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """15 digits; Chinese ones begin with 460. Fact ``operator``."""
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    if len(number) != 15:
        return result(kind, value, number, invalid=("length",))
    facts = {"operator": network_operator(number[3:5]) if _IMSI.fullmatch(number) else ""}
    return result(kind, value, number, warn=() if facts["operator"] else ("abroad",), facts=facts)
