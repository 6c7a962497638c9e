"""Handsets and programs on them: IMEI and its neighbours, app names, packages and digests."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.money.luhn import luhn_digit, luhn_valid
from desktop.domain.identifiers.plain import (
    digits_of,
    is_digits,
    lowered,
    packed,
    plain,
    raised,
    without,
)
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_MEID: Final = re.compile(r"[A-F][0-9A-F]{13}")
_ICCID: Final = re.compile(r"8986[0-9A-F]{15,16}")
_APP: Final = (
    ("sha256", re.compile(r"[0-9a-f]{64}")),
    ("md5", re.compile(r"[0-9a-f]{32}")),
    ("profile", re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")),
)
_PACKAGE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)+")


@reads(lambda text: raised(without(digits_of(text), "/.")))
def check_imei(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """15 digits with a Luhn digit (3GPP TS 23.003). Fact ``tac``, the first eight, tells the
    model; ``form`` names the neighbours people read out instead: ``imeisv``, ``meid``, ``iccid``, ``imsi``."""
    if _MEID.fullmatch(number):
        return result(kind, value, number, facts={"form": "meid"})
    if _ICCID.fullmatch(number):
        return result(kind, value, number, warn=("other_number",), facts={"form": "iccid"})
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    if len(number) not in (14, 15, 16):
        return result(kind, value, number, invalid=("length",))
    if len(set(number)) == 1:
        return result(kind, value, number, invalid=("repeated",))
    return _imei(kind, value, number)


def _imei(kind: str, value: str, number: str) -> IdentifierCheck:
    whole = number[:14] + luhn_digit(number[:14])
    if len(number) == 14:
        return result(kind, value, whole, warn=("check_digit_missing",))
    if len(number) == 16:
        return result(kind, value, whole, warn=("other_number",), facts={"form": "imeisv"})
    if luhn_valid(number):
        return result(kind, value, number, facts={"tac": number[:8]})
    if number.startswith("460"):
        return result(kind, value, number, warn=("other_number",), facts={"form": "imsi"})
    return result(kind, value, number, invalid=("checksum",))


@reads(packed)
def check_app(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Fact ``form``: ``package`` (``com.example.app``), ``sha256``, ``md5``, ``profile`` (UUID) or ``name``.

    A name is kept, folded for comparison, with a doubt: many programs bear it, only the others single out one.
    """
    for form, shape in _APP:
        if shape.fullmatch(text.lower()):
            return result(kind, value, text.lower(), facts={"form": form})
    if _PACKAGE.fullmatch(text):
        return result(kind, value, text, facts={"form": "package"})
    name = " ".join(lowered(plain(value)).split())
    return result(kind, value, name, warn=("name_only",), facts={"form": "name"})
