"""Tables of answers as banks and carriers send them back: xlsx, xls or csv, columns moved, renamed or left out.

Columns are known by their names and rows by what they still say of their order, so that neither sorting nor saving
under another name matters. What cannot be read is kept with the reason; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.domain.orders.reply import NextHop
from desktop.domain.orders.sending.answer import AnswerRow, AnswerTable, Trouble, names_in
from desktop.domain.orders.sending.sheet import SheetColumn, SheetTexts, plain_name
from desktop.domain.statements.rounded import damaged
from desktop.readers.answers.answer_cells import (
    Cells,
    Unreadable,
    number_in,
    read_clues,
    read_hop,
    read_reply,
)
from desktop.readers.statements.grid import Grid
from desktop.readers.statements.open_statement import grids
from desktop.runtime.packages.order_sheets import sheet_words

_SEARCHED: Final = 50
"""Rows in which the names of columns are looked for."""
_ABOUT: Final = ("payee_account", "raw", "about")
_KEYS: Final = ("key", "number", "official", *_ABOUT)
_TOLD: Final = frozenset({
    "number", "official", *_ABOUT, "payee_bank", "payee_name", "payer_name", "asked_amount", "transfer_time",
    "order_number", "serial", "unit_name",
})  # fmt: skip
"""Columns by which a person knows an order again when no number of it can be found."""
_ANSWERED: Final = ("result", "hop_account", *_ABOUT)
"""What a line of sums never names."""
_HOPS: Final = "hops"
_MOST: Final = 200_000


@dataclass(frozen=True, slots=True)
class _AnswerSheet:
    """``columns``: place → code; ``names``: code → the name it bears here; ``first``: the row of the names;
    ``unknown``: place → the name of a column that nothing is read from."""

    family: str
    columns: Mapping[int, str]
    names: Mapping[str, str]
    first: int
    unknown: Mapping[int, str]

    def cells(self, texts: Sequence[str], words: SheetTexts) -> Cells:
        """What a row says, without the signs that stand for nothing."""
        values = {code: texts[place] for place, code in self.columns.items() if place < len(texts)}
        for column in words.answered[self.family]:
            if plain_name(values.get(column.code, "")) in words.nothing:
                values[column.code] = ""
        return values


def read_answers(source: BinaryIO, now: datetime) -> AnswerTable:
    """Every answer in a file; ``now`` is when it was told to us.

    Raises:
        UserInputError: ``answers.unknown`` when no sheet names an order and a result; ``answers.too_many``; what
            :func:`desktop.readers.statements.open_statement.open_statement` raises for files that cannot be read.
    """
    words = sheet_words()
    rows: list[AnswerRow] = []
    hops: list[tuple[tuple[str, ...], _Hop]] = []
    unread: dict[str, None] = {}
    blank, known = 0, False
    for grid in grids(source, ""):
        sheet = _find(grid, words)
        if sheet is None:
            continue
        known = True
        for number, cells in _cells(grid, sheet, words, unread):
            if sheet.family == _HOPS:
                hops += _hop(cells, words)
            elif not _answers(cells, sheet.family, words):
                blank += any(cells.get(key) for key in _KEYS)
            else:
                rows.append(_row(grid.name, number, cells, sheet.family, words, now))
            if len(rows) + len(hops) > _MOST:
                raise UserInputError("answers.too_many", most=_MOST)
    if not known:
        raise UserInputError("answers.unknown")
    return replace(_joined(rows, hops, blank), unread=tuple(unread))


def _find(grid: Grid, words: SheetTexts) -> _AnswerSheet | None:
    for number, raw in enumerate(grid.rows(), 1):
        if number > _SEARCHED:
            return None
        texts = [grid.text(cell) for cell in raw]
        found = _header(texts, words)
        if found is not None:
            family, columns = found
            names = {code: texts[place] for place, code in columns.items()}
            return _AnswerSheet(family, columns, names, number, _unknown(texts, family, words))
    return None


def _header(texts: Sequence[str], words: SheetTexts) -> tuple[str, dict[int, str]] | None:
    """The family whose names fit best, if the row names an order and an answer at all."""
    best: tuple[str, dict[int, str]] | None = None
    for family in words.answered:
        columns = _columns(texts, family, words)
        codes = set(columns.values())
        wanted = "hop_account" if family == _HOPS else "result"
        if wanted not in codes or codes.isdisjoint(_KEYS):
            continue
        if best is None or len(columns) > len(best[1]):
            best = family, columns
    return best


def _columns(texts: Sequence[str], family: str, words: SheetTexts) -> dict[int, str]:
    named = {
        name: column.code
        for column in (*words.asked.get(family, ()), *words.answered[family])
        for name in reversed(column.names)
    }
    found: dict[int, str] = {}
    for place, text in enumerate(texts):
        code = named.get(plain_name(text)) if len(text) <= 64 else None
        if code is not None and code not in found.values():
            found[place] = code
    return found


def _unknown(texts: Sequence[str], family: str, words: SheetTexts) -> dict[int, str]:
    """Columns with a name of the clerk's own. One that is known twice is no such column: it is one of ours."""
    ours = (*words.asked.get(family, ()), *words.answered[family])
    known = words.numbering.union(*(column.names for column in ours))
    return {at: text for at, text in enumerate(texts) if text and plain_name(text) not in known}


def _cells(
    grid: Grid, sheet: _AnswerSheet, words: SheetTexts, unread: dict[str, None]
) -> Iterator[tuple[int, Cells]]:
    """Rows after the names, without those that repeat them and lines of sums. ``unread``: gets the columns that hold
    something and are none of ours."""
    for number, raw in enumerate(grid.rows(), 1):
        if number <= sheet.first:
            continue
        texts = [grid.text(cell) for cell in raw]
        cells = sheet.cells(texts, words)
        if not any(cells.values()) or cells == sheet.names:
            continue
        if words.is_total(texts) and not any(map(cells.get, _ANSWERED)):
            continue
        for place, name in sheet.unknown.items():
            if any(texts[place : place + 1]):
                unread[name] = None
        yield number, cells


def _answers(cells: Cells, family: str, texts: SheetTexts) -> bool:
    return any(cells.get(column.code) for column in texts.answered[family])


def _row(
    sheet: str, number: int, cells: Cells, family: str, texts: SheetTexts, now: datetime
) -> AnswerRow:
    about = next((name for name in _ABOUT if cells.get(name)), "")
    row = AnswerRow(
        sheet,
        number,
        key=number_in(cells, "key"),
        number=number_in(cells, "number"),
        official=number_in(cells, "official"),
        account=cells.get(about, ""),
        clues=read_clues(cells),
        texts={c.title: cells[c.code] for c in texts.answered[family] if cells.get(c.code)},
        asked={c.title: cells[c.code] for c in texts.asked[family] if _tells(c.code, cells)},
    )
    if damaged(row.account):
        row = replace(row, trouble=Trouble.DAMAGED, column=_title(texts.asked[family], about))
    try:
        return replace(row, reply=read_reply(cells, texts, now))
    except Unreadable as error:
        title = _title(texts.answered[family], error.column)
        return replace(row, trouble=error.trouble, column=title)


def _tells(code: str, cells: Cells) -> bool:
    return code in _TOLD and bool(cells.get(code))


@dataclass(frozen=True, slots=True)
class _Hop:
    """A next payment with all it says; one that cannot be read has no ``made``, but why and in which column."""

    texts: Mapping[str, str]
    made: NextHop | None = None
    trouble: Trouble | None = None
    column: str = ""


def _hop(cells: Cells, words: SheetTexts) -> Iterable[tuple[tuple[str, ...], _Hop]]:
    names = names_in(cells.get("key", "")) or names_in(cells.get("number", ""))
    texts = {c.title: cells[c.code] for c in words.answered[_HOPS] if cells.get(c.code)}
    try:
        hop = read_hop(cells)
    except Unreadable as error:
        column = _title(words.answered[_HOPS], error.column)
        return [(names, _Hop(texts, None, error.trouble, column))]
    return [(names, _Hop(texts, hop))] if hop is not None else []


def _title(columns: Iterable[SheetColumn], code: str) -> str:
    return next((column.title for column in columns if column.code == code), "")


def _joined(
    rows: Iterable[AnswerRow], hops: Sequence[tuple[tuple[str, ...], _Hop]], blank: int
) -> AnswerTable:
    """Next payments go with the first answer that bears one of their numbers: money that left an account left it for
    all orders about it. One that cannot be read lets the whole answer wait."""
    of: dict[str, list[int]] = {}
    for place, (names, _) in enumerate(hops):
        for name in names:
            of.setdefault(name, []).append(place)
    used: set[int] = set()
    made = []
    for row in rows:
        named = (*names_in(row.key), *names_in(row.number))
        own = sorted({place for name in named for place in of.get(name, ())} - used)
        used.update(own)
        made.append(_with_hops(row, [hops[place][1] for place in own]))
    return AnswerTable(tuple(made), blank, len(hops) - len(used))


def _with_hops(row: AnswerRow, hops: Sequence[_Hop]) -> AnswerRow:
    """An answer that waits keeps the words of each: a person types them with the rest."""
    if not hops:
        return row
    bad = next((hop for hop in hops if hop.made is None), None)
    if bad is None and row.reply is not None:
        read = tuple(hop.made for hop in hops if hop.made is not None)
        return replace(row, reply=replace(row.reply, hops=read))
    texts = {**row.texts, **(bad.texts if bad is not None else {})}
    others = [hop for hop in hops if hop is not bad]
    sheet = sheet_words().sheets[_HOPS]
    texts |= {f"{sheet} {n}": "　".join(hop.texts.values()) for n, hop in enumerate(others, 1)}
    if bad is None or row.reply is None:
        return replace(row, texts=texts)
    return replace(row, reply=None, trouble=bad.trouble, column=bad.column, texts=texts)
