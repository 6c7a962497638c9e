"""What one cell says: an amount, a word. Called a million times over, so the usual form comes first."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final, NamedTuple

from desktop.domain.money.amounts import MAX_FEN

_AMOUNT: Final = re.compile(
    r"(?P<ahead>[+-](?=[A-Z人¥]))?(?P<unit>[A-Z]{3}|¥|人民币)?(?P<sign>[+-]?)¥?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?(?:[eE]-(?P<power>\d\d?))?元?(?:人民币)?"
    r"(?P<asset>[A-Z]{3,10})?(?:\((?P<note>[^()]*)\))?"
)
_BELOW: Final = re.compile(r"\((¥?\d[\d,]*(?:\.\d+)?)\)|(¥?\d[\d,]*(?:\.\d+)?)-")
_SIGNS: Final = frozenset("-−－+＋")
LONGEST_AMOUNT: Final = 64
"""Characters of an amount with all that is written beside it; a longer one is none."""
_GROUPED: Final = re.compile(r"\d{3,6}(?: \d{1,6})+")
_SHORTEST_ACCOUNT: Final = 8
_REFUND: Final = re.compile(r"已退款?\(?¥?([\d,.]+)\)?")
_ALL_BACK: Final = "已全额退款"
_YUAN: Final = frozenset({"", "¥", "CNY", "RMB", "人民币"})


class Amount(NamedTuple):
    """Hundredths of the unit, which is "" for yuan; the sign is kept; ``exact`` where no smaller part was cut off.

    ``refunded`` is what the cell itself says came back.
    """

    fen: int
    unit: str = ""
    refunded: int = 0
    exact: bool = True


def name_of(text: str) -> str:
    """A column's name as it is compared: half width, without any space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def amount_of(text: str, times: int = 100) -> Amount | None:
    """``98000.00``, ``-1,099.14``, ``￥28.16``, ``CNY 123.18``, ``44.00(已退款5.10)``; None if it cannot be read.

    ``times``: how many hundredths one of it is.
    """
    if len(text) > LONGEST_AMOUNT:
        return None
    if text[-3:-2] == "." and times == 100 and (digits := text[:-3] + text[-2:]).isdecimal():
        fen = int(digits)
        return Amount(fen) if fen <= MAX_FEN else None
    clean = _with_sign("".join(unicodedata.normalize("NFKC", text).split()).replace("−", "-"))
    match = _AMOUNT.fullmatch(clean)
    if match is None or not (match["whole"] or match["part"]):
        return None
    whole = (match["whole"] or "0").replace(",", "")
    power = (
        f"E-{match['power']}" if match["power"] else ""
    )  # a very small number of coins, nothing is lost
    value = (
        Decimal(f"{match['ahead'] or match['sign']}{whole}.{match['part'] or '0'}{power}") * times
    )
    if abs(value) > MAX_FEN:
        return None
    fen, unit = int(value), match["unit"] or match["asset"] or ""
    return Amount(
        fen,
        "" if unit in _YUAN else unit,
        abs(fen) if match["note"] == _ALL_BACK else refund_of(match["note"] or ""),
        exact=value == fen,
    )


def _with_sign(clean: str) -> str:
    """``(1,234.00)`` and ``1,234.00-`` as accountants write a sum below nought."""
    found = _BELOW.fullmatch(clean)
    return f"-{found[1] or found[2]}" if found else clean


def is_signed(amount_text: str) -> bool:
    """Whether the sum bears a sign, or stands in brackets as one below nought does."""
    return not _SIGNS.isdisjoint(amount_text) or amount_text.startswith(("(", "（"))


def fen_of(text: str) -> Amount | None:
    """The same for files that count in fen, as those for the police do."""
    return amount_of(text, 1)


def ungrouped(account: str) -> str:
    """``6217 9907 6325 9974 573`` as one number; whatever else a cell says stays as it is, stars too."""
    if " " not in account:
        return account
    digits = account.replace(" ", "")
    return digits if len(digits) >= _SHORTEST_ACCOUNT and _GROUPED.fullmatch(account) else account


def refund_of(status: str) -> int:
    """Fen given back by the words of a status: ``已退款(￥12.00)``; 0 for none."""
    if "已退" not in status:
        return 0
    match = _REFUND.search("".join(unicodedata.normalize("NFKC", status).split()))
    return _plain_fen(match[1]) if match else 0


def _plain_fen(text: str) -> int:
    found = amount_of(text)
    return found.fen if found else 0
