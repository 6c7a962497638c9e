"""What a heading means that no list has, word by word: 核算日期, 对方钱包户名, 平台完成时间戳.

Every word of it must be known, and in an order in which such headings are built; one unknown word says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from desktop.domain.statements.statement import StatementColumn

_LONGEST: Final = 24
"""Characters; a longer text is no heading of one column."""
_BEHIND: Final = 5_000
"""Places of preference: such a column is read where none of the lists is there."""
_RANK: Final = 10_000
"""Between the moments of a payment."""
_USUAL: Final = 2
"""The place among them of a time whose heading does not tell which it is."""
_LATER: Final = 3
"""From here on a moment is another than that of the payment, whatever word stands beside it."""
_RULES: Final = (
    (StatementColumn.TIME, "(?:when|day|quiet)*time"),
    (StatementColumn.DATE, "(?:when|quiet)*day"),
    (StatementColumn.DIRECTION, "(?:event|quiet)*(?:both|in quiet?out|out quiet?in)quiet?flag"),
    (StatementColumn.DIRECTION, "(?:event|quiet)*(?:way|in quiet out|out quiet in)"),
    (StatementColumn.AMOUNT, "(?:event|quiet)*(?:(?:both|in quiet?out|out quiet?in)quiet?)?money"),
    (StatementColumn.INCOMING, "(?:event|quiet)*in quiet?money"),
    (StatementColumn.OUTGOING, "(?:event|quiet)*out quiet?money"),
    (StatementColumn.BALANCE, "brand?(?:after|quiet)*balance"),
    (
        StatementColumn.COUNTERPARTY,
        "(?:other|both_sides)brand?(?:account|merchant|holder|name|quiet)*(?:name|merchant)",
    ),
    (StatementColumn.COUNTERPARTY, "merchant quiet other(?:quiet|name)*"),
    (StatementColumn.COUNTERPARTY, "(?:payer quiet payee|payee quiet payer)(?:name|quiet)*"),
    (StatementColumn.COUNTERPARTY, "(?:event|quiet)*merchant(?:name|quiet)*name"),
    (StatementColumn.COUNTERPARTY, "(?:event|quiet)*(?:other|both_sides)"),
    (
        StatementColumn.ACCOUNT,
        "(?:other|both_sides)brand?(?:account|merchant|holder|name|quiet)*account",
    ),
    (StatementColumn.ACCOUNT, "(?:other|both_sides)merchant number"),
    (StatementColumn.BANK, "(?:other|both_sides)(?:account|holder|name|quiet)*place"),
    (StatementColumn.MERCHANT_REFERENCE, "merchant(?:event|quiet)*order"),
    (StatementColumn.STATUS, "(?:event|quiet)*status"),
    (StatementColumn.CHANNEL, "(?:event|quiet)+channel"),
    (StatementColumn.SUMMARY, "(?:event|quiet)*summary(?:quiet summary)*"),
    (StatementColumn.REFERENCE, "brand?(?:event|when|quiet)+reference"),
)
"""Classes of words in their order; the first that fits."""
_SIDES: Final = (
    ("bank", "(?:account|holder|name|quiet)*place"),
    ("account", "(?:account|merchant|holder|name|quiet|place)*account"),
    ("name", "(?:account|merchant|holder|name|quiet)*(?:name|merchant)|"),
)
SIDES: Final = ("merchant", "payer", "payee", "holder", "")
"""Of whom a heading may speak; ``holder`` is 客户 or 用户, "" nobody it names."""
_CLASS: Final = re.compile(r"[a-z_]+")


class HeadingWords:
    """``meaning`` of a heading, and on whose ``side`` it stands."""

    def __init__(self, listed: Mapping[str, Any]) -> None:
        groups: Sequence[Sequence[str]] = listed["when"]
        self._ranks = {word: rank for rank, group in enumerate(groups) for word in group}
        classes = {name: _any(words) for name, words in listed.items() if name != "when"}
        classes["when"] = _any(list(self._ranks))
        self._when = re.compile(classes["when"])
        self._late = re.compile(r"(?:创建|发起|提交|申请|受理|完成|成功|更新|修改)$")
        self._moments = _pattern("(?:when|quiet)+", classes)
        self._rules = [(column, _pattern(rule, classes)) for column, rule in _RULES]
        self._sides = [("merchant", "account", _pattern("merchant(?:quiet)*number", classes))]
        self._sides += [
            (side, what, _pattern(f"{side}(?:{rule})", classes))
            for side in SIDES
            for what, rule in _SIDES
        ]
        self.meaning = lru_cache(4_096)(self._meaning)

    def _meaning(self, name: str) -> tuple[StatementColumn, int] | None:
        """The column and how much it is preferred, of a name as names of columns are compared."""
        if not name or len(name) > _LONGEST:
            return None
        found = next((column for column, shape in self._rules if shape.fullmatch(name)), None)
        return (found, _BEHIND) if found is not None else None

    def is_moment(self, name: str) -> bool:
        """Whether it names a moment without a word for time: 交易创建, 付款完成."""
        return bool(self._late.search(name)) and self._moments.fullmatch(name) is not None

    def moment(self, name: str) -> int:
        """By how much a column of this name is less preferred than one of the moment in which the money moved."""
        ranks = [self._ranks[word] for word in self._when.findall(name)]
        late = [rank for rank in ranks if rank >= _LATER]
        return _RANK * (max(late) if late else min(ranks, default=_USUAL))

    def side(self, name: str) -> tuple[str, str] | None:
        """``("payer", "account")`` for 付款卡号, ``("", "name")`` for 户名 alone; None for a name of no side."""
        if not name or len(name) > _LONGEST:
            return None
        return next(
            ((side, what) for side, what, shape in self._sides if shape.fullmatch(name)), None
        )


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _pattern(rule: str, classes: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(_CLASS.sub(lambda found: f"(?:{classes[found[0]]})", rule).replace(" ", ""))
