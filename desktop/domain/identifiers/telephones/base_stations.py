"""基站: the cell a telephone or a false transmitter (伪基站) was heard in."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import lowered, packed, plain
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result
from desktop.domain.identifiers.telephones.sim_cards import network_operator

_LABELLED: Final = re.compile(
    r"(?:mnc[:=]?([0-9]{1,2}))?[,;/|-]*(?:lac|tac|sid)[:=]?([0-9]+|0x[0-9a-f]+)[,;/|-]*"
    r"(?:ci|cid|eci|nci|bid)[:=]?([0-9]+|0x[0-9a-f]+)"
)
_BARE: Final = re.compile(r"460[-:/,]([0-9]{1,2})[-:/,]([0-9]+)[-:/,]([0-9]+)")
_LARGEST_AREA: Final = (1 << 24) - 1
_LARGEST_CELL: Final = (1 << 36) - 1
"""Area and cell of 5G, the widest (3GPP TS 23.003)."""


@reads(lambda text: "".join(lowered(plain(text)).split()))
def check_base_station(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``460-00-10241-23456`` or ``LAC 10241 CI 23456``, decimal or ``0x``. The normal form is the first.

    Facts: ``operator``, ``area``, ``cell``. ``network_missing``: without the network code three operators may
    have such a cell.
    """
    match = _BARE.fullmatch(text) or _LABELLED.fullmatch(text.removeprefix("mcc:460").strip(",;"))
    if match is None:
        return result(kind, value, packed(value), warn=("form_unknown",))
    network, area, cell = match.group(1), _number(match.group(2)), _number(match.group(3))
    if area > _LARGEST_AREA or cell > _LARGEST_CELL:
        return result(kind, value, packed(value), invalid=("length",))
    facts = {"area": str(area), "cell": str(cell)}
    if network is None:
        normal = f"lac{area}ci{cell}"
        return result(kind, value, normal, warn=("network_missing",), facts=facts)
    code = network.zfill(2)
    facts["operator"] = network_operator(code)
    return result(kind, value, f"460-{code}-{area}-{cell}", facts=facts)


def _number(digits: str) -> int:
    """Decimal, also with leading noughts, or hexadecimal after ``0x``."""
    return int(digits, 16 if digits.startswith("0x") else 10)
