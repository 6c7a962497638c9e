"""Names of banks as officers say them."""

from __future__ import annotations


def short_bank(bank: str) -> str:
    """``农业银行`` for 中国农业银行; 中国银行 keeps its name."""
    rest = bank.removeprefix("中国")
    return rest if rest.endswith("银行") and len(rest) > 2 else bank
