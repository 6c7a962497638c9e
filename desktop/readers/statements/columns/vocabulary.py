"""The words by which statements are recognised, read from ``resources/readers/statements.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.statements.statement import Effect, MoneyDirection, StatementColumn
from desktop.readers.statements.cells import name_of
from desktop.readers.statements.columns.heading_words import HeadingWords
from desktop.readers.traditional_signs import in_plain_signs
from desktop.runtime.files.resources import resource_path

FILE: Final = "readers/statements.toml"
_GAPS: Final = ("", " ", "  ", "\u3000")
"""How the signs of a short word are spread over a cell."""
_LONGEST_NAME: Final = 120
BRACKET: Final = re.compile(r"\s*[(\[【{<].*", re.DOTALL)
_ENGLISH: Final = re.compile(r"[A-Za-z][A-Za-z0-9'./&() -]*")
_LEAST_ENGLISH: Final = 4
"""Letters; fewer are part of a Chinese name: 对方IP is not 对方."""
_ORNAMENTS: Final = "/\\|:-* \n"
_EITHER_WAY: Final = frozenset({StatementColumn.AMOUNT, StatementColumn.BALANCE})
_SIDED: Final = re.compile(r"[收支借贷存取进出转付]")
"""In brackets behind a sum: of one direction alone, which the name must say that is known as a whole."""
_SIGNED: Final = re.compile(r"[+正].*[-−负]|[-−负].*[+正]|[+正负-]数?[为是表示:]")
"""There, what a sum with a sign and one without mean."""
_MOMENTS: Final = frozenset({StatementColumn.DATE, StatementColumn.TIME})
_BRACKETS: Final = " ()[]【】{}<>"
_SIDES: Final = frozenset({StatementColumn.DIRECTION})
"""In brackets behind the name of a kind: 类型（收/支）."""
_CODE: Final = re.compile(r"^[0-9a-z][-:.、]|[(\[].*$|[-:/](?:dr|cr|d|c|\+|-)\.?$")
"""Beside a word of directions what says the same: ``1-借``, ``收入(+)``, ``借/DR``."""
_OWN: Final = re.compile(r"[本我己]")
"""In brackets behind a name: the holder's own."""
_OF_OTHER: Final = (StatementColumn.COUNTERPARTY, StatementColumn.ACCOUNT, StatementColumn.BANK)
_SUMS: Final = (
    StatementColumn.AMOUNT,
    StatementColumn.INCOMING,
    StatementColumn.OUTGOING,
    StatementColumn.BALANCE,
)
FOREIGN_MONEY: Final = (
    "(?<![a-z])(?:usdt?|hkd|eur|gbp|jpy|aud|cad|sgd|krw|chf|thb|rub|mop|twd|nzd|myr|vnd|php|idr|inr|aed)(?![a-z])"
    "|美[元金]|港[币元]|欧元|英镑|日[元圆]|澳门币|澳[大利亚]*元|加[拿大]*元|新加坡元|新元|韩[元圆]|瑞士法郎|泰铢|卢布|新台币|外币"
)
"""A pattern of the codes, in small letters, and names of money other than yuan."""
_MONEY: Final = re.compile(FOREIGN_MONEY)
_UNIT: Final = re.compile(
    r"[(\[{<:/,-](?:单位)?:?(?:人民币|rmb|cny)?[:/]?(分|[厘角十百千万亿]+)元?(?![\u4e00-\u9fff])"
)
_UNITS: Final = {"分": "分", "千": "千元", "万": "万元"}


def unit_of(name: str) -> tuple[str, str]:
    """What the name of a column of sums says of them: 分, 千元, 万元, "?" for one that is not known, "" for none; and
    the money of another country: ``支出 (USD)``."""
    written = unicodedata.normalize("NFKC", name).casefold()
    unit, money = _UNIT.search("".join(written.split())), _MONEY.search(written)
    return (_UNITS.get(unit[1], "?") if unit else "", money[0].upper() if money else "")


@dataclass(frozen=True, slots=True)
class StatementLayout:
    """One institution's statement. ``title`` words stand above the header (any of them), all of ``header`` in it.

    ``unit`` is yuan or fen; ``positive`` tells what a number without a sign means; ``direction_from`` where the
    direction is to be found when no column names it; ``summary_in`` are words of money coming in; ``day_order`` reads
    ``05/01/2023``; ``year_from`` completes days without a year; ``currency`` and ``currency_from`` name the unit;
    ``counterparty_from`` the column of remarks in which a bank names the other side, where no column of its own does.
    """

    id: str
    source: str
    header: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    unit: str = "yuan"
    positive: str = "in"
    direction_from: str = ""
    summary_in: tuple[str, ...] = ()
    day_order: str = "mdy"
    year_from: str = ""
    currency: str = ""
    currency_from: str = ""
    counterparty_from: str = ""


UNKNOWN: Final = StatementLayout("", "")


class ReversalWords:
    """What a line says that takes an earlier booking back, and in which words only banks say it; what one says that
    gives back what was bought, and what one by which something was."""

    def __init__(self, listed: Mapping[str, Sequence[str]]) -> None:
        of_banks, whole = listed["words"], listed["whole_refunds"]
        taken_back = [*of_banks, *listed["remarks"], *listed["reasons"]]
        sure, word = _any([*of_banks, *whole]), _any([*taken_back, *whole])
        refund = _any(listed["refunds"])
        self._taken_back = re.compile(_any(taken_back), re.IGNORECASE)
        self._whole = re.compile(_any(whole))
        self._word = re.compile(word, re.IGNORECASE)
        self._refund = re.compile(refund, re.IGNORECASE)
        self._purchase = re.compile(_any(listed["purchases"]), re.IGNORECASE)
        self._sure = re.compile(_any(map(name_of, [*of_banks, *whole])))
        self._beside = re.compile(rf"(?:手续费(?=\0)|{_any(listed['beside'])}|\0|[\W\d_])*")
        self._denied = re.compile(
            rf"(?:{_any(listed['unless'])})(?:{word}|{refund})|(?:{sure}|{refund})(?:{_any(listed['behind'])})",
            re.IGNORECASE,
        )
        self._undone = re.compile(rf"[已被](?:{word})|失败(?!.*[退冲返])")
        self._flag = re.compile(
            rf"(?:是否)?(?:{_any(listed['flags'])})(?:标志|标识|标记|标示|状态)?"
        )
        self._raised = frozenset(listed["raised"])

    def occur(self, text: str) -> bool:
        """Whether any of them does; the cells of many lines are asked at once."""
        return self._word.search(text) is not None or self._refund.search(text) is not None

    def refunds(self, cell: str) -> bool:
        """Whether it says that what was bought is given back, and nothing of a booking that is taken back."""
        return self._refund.search(cell) is not None and self._word.search(cell) is None

    def refunds_all(self, cell: str) -> bool:
        """Whether it says that all of what was paid is given back, and nothing of a booking that is taken back."""
        return self._whole.search(cell) is not None and self._taken_back.search(cell) is None

    def gives_back(self, cell: str) -> bool:
        """Whether it says either, and does not deny it."""
        return self.occur(cell) and not self.denied(cell)

    def buys(self, summary: str) -> bool:
        """Whether something was bought: 消费, 快捷支付."""
        return self._purchase.search(summary) is not None

    def denied(self, cell: str) -> bool:
        """Whether it says that nothing was taken back: 冲正失败, 退汇手续费."""
        return self._denied.search(cell) is not None

    def undone(self, cell: str) -> bool:
        """Whether the line itself came to nothing: 已冲正, 转账失败."""
        return self._undone.search(cell) is not None

    def alone(self, cell: str) -> bool:
        """Whether the cell is a word of banks, with nothing beside it that a person might have written."""
        bare, words = self._sure.subn("\0", name_of(cell))
        return bool(words) and self._beside.fullmatch(bare) is not None

    def is_flag(self, name: str) -> bool:
        """Whether a column of this name says of each line that it was taken back, or takes back."""
        return self._flag.fullmatch(column_name(name)) is not None

    def raised(self, cell: str) -> bool:
        """Whether such a column says yes."""
        return name_of(cell) in self._raised


def _any(words: Iterable[str]) -> str:
    """A pattern of any of them, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``names`` gives what a column's name means and how much it is preferred among those of its meaning."""

    version: str
    names: Mapping[str, tuple[StatementColumn, int]]
    headings: HeadingWords
    directions: Mapping[str, MoneyDirection]
    effects: Mapping[str, Effect]
    """By the status, where it says that the money did not move or came back."""
    undone_within: tuple[str, ...]
    undone_unless: tuple[str, ...]
    sums: frozenset[str]
    """What stands in a line of sums or balances, however its signs are spaced."""
    reversals: ReversalWords
    layouts: tuple[StatementLayout, ...]

    def effect(self, status: str) -> Effect:
        """Whether the money moved, by the status of a line."""
        name = name_of(status)
        known = self.effects.get(name)
        if known is not None:
            return known
        undone = any(map(name.__contains__, self.undone_within))
        return (
            Effect.UNDONE
            if undone and not any(map(name.__contains__, self.undone_unless))
            else Effect.MOVED
        )

    def direction(self, word: str) -> MoneyDirection | None:
        """Of a word in a column of directions, also where a code or a sign stands beside it; None for any other."""
        name = in_plain_signs(name_of(word))
        return self.directions.get(name) or self.directions.get(_CODE.sub("", name))

    def roles(self, header: Sequence[str]) -> dict[StatementColumn, tuple[int, ...]]:
        """What is read from which columns, the preferred first; names may be written in any width and spacing."""
        found: dict[StatementColumn, list[tuple[int, int]]] = {}
        for index, cell in enumerate(header):
            known = self.meaning(cell) if len(cell) <= _LONGEST_NAME else None
            if known is not None:
                column, preference = known
                found.setdefault(column, []).append((preference, index))
        roles = {column: tuple(at for _, at in sorted(places)) for column, places in found.items()}
        return _of_one_unit(_without_holder(roles, header), header)

    def meaning(self, cell: str) -> tuple[StatementColumn, int] | None:
        """What the name of a column says, and how much it is preferred: as it stands; else without what stands in
        brackets behind it, or in Chinese or English alone. None where it is not known."""
        name = column_name(cell)
        if not name or name in self.names:
            return self._ranked(name, self.names.get(name))
        written = unicodedata.normalize("NFKC", cell)
        bare = BRACKET.sub("", written)
        for shorter in (bare, *_in_one_language(bare)):
            short = column_name(shorter)
            known = self.names.get(short) or self.headings.meaning(short)
            if known is not None:
                behind = written[len(bare) :]
                sides = self.names.get(column_name(behind.strip(_BRACKETS)))
                if known[0] is StatementColumn.SUMMARY and sides and sides[0] in _SIDES:
                    return StatementColumn.DIRECTION, known[1]
                telling = _OWN if known[0] not in _EITHER_WAY else _SIDED
                other = telling.search(behind) and not _SIGNED.search("".join(behind.split()))
                return None if other else self._ranked(short, known)
        return self._ranked(name, self.headings.meaning(name))

    def _ranked(
        self, name: str, known: tuple[StatementColumn, int] | None
    ) -> tuple[StatementColumn, int] | None:
        """Of several times the one in which the money moved comes first."""
        if known is None or known[0] not in _MOMENTS:
            return known
        return known[0], known[1] + self.headings.moment(name)

    def layout(self, title: str, header: Sequence[str]) -> StatementLayout:
        """The most exact layout that fits; ``UNKNOWN`` if none does. ``title`` is all text above the header."""
        names = {name_of(cell) for cell in header}
        above = name_of(title)
        best, score = UNKNOWN, 0
        for layout in self.layouts:
            if not names.issuperset(layout.header):
                continue
            titled = any(word in above for word in layout.title)
            if layout.title and not titled and layout.direction_from + layout.year_from:
                continue  # what reads a column in its own way must be sure whose it is
            reached = len(layout.header) + (10 if titled else 0) - (2 if layout.title else 0)
            if reached > score:
                best, score = layout, reached
        return best


@cache
def vocabulary() -> Vocabulary:
    """The shipped words. Raises ``WorldError("install.incomplete")``, also for a file that cannot be read."""
    try:
        document = tomllib.loads(resource_path(FILE).read_text("utf-8"))
        return _vocabulary(document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("install.incomplete", file=FILE) from error


def _without_holder(
    roles: dict[StatementColumn, tuple[int, ...]], header: Sequence[str]
) -> dict[StatementColumn, tuple[int, ...]]:
    """Without the columns of 交易方 where others are of the other side: beside 对手户名, 交易方户名 is the holder's."""
    places = {at for column in _OF_OTHER for at in roles.get(column, ())}
    own = {at for at in places if name_of(header[at]).startswith("交易方")}
    if not own or own == places:
        return roles
    left = {column: tuple(at for at in of if at not in own) for column, of in roles.items()}
    return {column: of for column, of in left.items() if of}


def _of_one_unit(
    roles: dict[StatementColumn, tuple[int, ...]], header: Sequence[str]
) -> dict[StatementColumn, tuple[int, ...]]:
    """Without columns of sums that count in something else than the first of them, or in what is not known."""
    unit = None
    for column in filter(roles.__contains__, _SUMS):
        units = {at: unit_of(header[at]) for at in roles[column]}
        unit = next((one for one in (unit, *units.values()) if one and one[0] != "?"), None)
        roles[column] = tuple(at for at in roles[column] if units[at] == unit)
        if not roles[column]:
            del roles[column]
    return roles


def column_name(text: str) -> str:
    """As the names of columns are compared: in simplified characters, and a mark before or behind it says nothing."""
    name = in_plain_signs(name_of(text)).strip("*#")
    return name.replace("_", "") if name.isascii() else name


def _in_one_language(bare: str) -> Iterator[str]:
    """The Chinese of a name, and the English, where it has both."""
    english = _ENGLISH.findall(bare)
    if sum(map(str.isalpha, "".join(english))) >= _LEAST_ENGLISH:
        yield _ENGLISH.sub("", bare).strip(_ORNAMENTS)
        yield " ".join(english).strip(_ORNAMENTS)


def _names(document: Mapping[str, Any]) -> dict[str, tuple[StatementColumn, int]]:
    """The listed names, and behind them those composed of parts."""
    lists, composed = document["words"], dict[str, list[str]]()
    for table in document["composed"]:
        parts = [lists[part] if isinstance(part, str) else part for part in table["parts"]]
        composed.setdefault(table["column"], []).extend(map("".join, product(*parts)))
    names: dict[str, tuple[StatementColumn, int]] = {}
    for column, listed in document["columns"].items():
        for preference, name in enumerate(chain(listed, composed.get(column, ()))):
            names.setdefault(column_name(name), (StatementColumn(column), preference))
    return names


def _vocabulary(document: Mapping[str, Any]) -> Vocabulary:
    directions = {
        name_of(word): MoneyDirection(direction)
        for direction, words in document["direction"].items()
        for word in words
    }
    return Vocabulary(
        version=document["version"],
        names=_names(document),
        headings=HeadingWords(document["heading"]),
        directions=directions,
        effects={
            name_of(status): effect
            for effect in (Effect.UNDONE, Effect.RETURNED)
            for status in document[effect.value]["status"]
        },
        undone_within=tuple(map(name_of, document["undone"]["within"])),
        undone_unless=tuple(map(name_of, document["undone"]["unless"])),
        sums=frozenset(gap.join(word) for word in document["sums"]["words"] for gap in _GAPS),
        reversals=ReversalWords(document["reversal"]),
        layouts=tuple(_layout(table) for table in document["layout"]),
    )


def _layout(table: Mapping[str, Any]) -> StatementLayout:
    known: dict[str, Any] = {
        name: tuple(map(name_of, value)) if isinstance(value, list) else value
        for name, value in table.items()
    }
    return StatementLayout(**known)
