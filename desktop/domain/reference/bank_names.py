"""Names of banks as officers say them."""

from __future__ import annotations

import re
from typing import Final

_COMPANY: Final = re.compile(r"(?:集团)?(?:控股)?(?:股份|责任)?(?:有限责任|有限)公司$")


def short_bank(bank: str) -> str:
    """``农业银行`` for 中国农业银行 and 中国农业银行股份有限公司; 中国银行 keeps its name."""
    bank = _COMPANY.sub("", bank) or bank
    rest = bank.removeprefix("中国")
    return rest if rest.endswith("银行") and len(rest) > 2 else bank
