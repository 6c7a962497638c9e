"""Whose statement it is: from the lines above the header, where every institution says it in its own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from desktop.readers.traditional_signs import in_plain_signs

_LINES: Final = 40
_LONGEST: Final = 200
_NAME: Final = re.compile(
    r"(?<!对方)(?<!对手)(?<!收款)(?:户\s*名(?:\s*称)?|客户姓名|客户名称|账户名称|姓\s*名|微信昵称|美团用户名)\s*[::]?\s*\[?(?P<it>[^\[\]\s::,,;;]{1,40})\]?"
)
_ACCOUNT: Final = re.compile(
    r"(?<!对方)(?<!对手)(?<!收款)(?:账\s*号|卡\s*号|支付宝账户|账户号码?|微信号|京东账号名|账号/卡号)(?:\s*Account\s*(?:No\.?|Number))?\s*[::]?\s*\[?"
    r"(?P<it>[0-9*]{2,8}(?: [0-9*]{2,8}){2,7}(?![0-9A-Za-z*./:-])|[0-9A-Za-z_@.*+-]{4,64})\]?"
)
"""In groups too, as they are printed: ``6222 0211 1122 2333 444``."""
_DAY: Final = r"\d{4}[-/年.]?\d{1,2}[-/月.]?\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
_PERIOD: Final = re.compile(
    rf"(?P<from>{_DAY})\]?\s*(?:至|到|-|—|~|终止时间\s*[::]?)\s*\[?(?P<to>{_DAY})"
)


class Holder(NamedTuple):
    """As written; "" for what is not told."""

    name: str = ""
    account: str = ""
    period: str = ""


def holder_of(above: Iterable[str]) -> Holder:
    """From the lines before the header."""
    name = account = period = ""
    for number, line in enumerate(above):
        if number >= _LINES:
            break
        text = unicodedata.normalize("NFKC", line[:_LONGEST])
        name = name or _first(_NAME, text)
        account = account or _first(_ACCOUNT, text).replace(" ", "")
        period = period or _period(text)
    return Holder(name, account, period)


def _first(shape: re.Pattern[str], text: str) -> str:
    match = shape.search(in_plain_signs(text))
    return text[slice(*match.span("it"))] if match else ""


def _period(text: str) -> str:
    match = _PERIOD.search(text)
    return f"{match['from']} – {match['to']}" if match else ""
