"""From the cells of a line to a row of the statement. It runs once a line, a million lines while a person waits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import Any, Final

from desktop.domain.statements.rounded import damaged, zeroed
from desktop.domain.statements.statement import (
    Effect,
    MoneyDirection,
    StatementColumn,
    StatementRow,
)
from desktop.readers.statements.cells import (
    Amount,
    amount_of,
    is_signed,
    name_of,
    refund_of,
    ungrouped,
)
from desktop.readers.statements.columns.header import StatementHeader
from desktop.readers.statements.columns.money_units import (
    UNNAMED,
    Read,
    currency_of,
    of_other_money,
    reader_of,
)
from desktop.readers.statements.columns.vocabulary import Vocabulary
from desktop.readers.statements.directions import (
    UNSURE,
    WordedDirection,
    by_summary,
)
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.moments import day_of, moment_of
from desktop.readers.statements.remarks import parted_remark

_SAMPLE: Final = 500
"""Lines of which the words of directions are looked at first."""
_DAMAGED: Final = "statement.cell.damaged"
_NO_AMOUNT: Final = "statement.cell.amount"
_NO_CLOCK: Final = "statement.cell.time"
_MONTH: Final = re.compile(r"(20\d\d)年(\d{1,2})月")
_YUAN: Final = frozenset({"", "人民币", "cny", "rmb", "人民币元", "钞", "156", "01", "001"})
_YUAN_WITHIN: Final = re.compile(r"人民币|(?<![a-z])(?:cny|rmb)(?![a-z])")

PLACEHOLDERS: Final = frozenset({"/", "—", "无", *("-" * length for length in range(1, 41))})
"""How exporters write that there is nothing."""

_READ: Final = (
    StatementColumn.DATE,
    StatementColumn.TIME,
    StatementColumn.AMOUNT,
    StatementColumn.INCOMING,
    StatementColumn.OUTGOING,
    StatementColumn.DIRECTION,
    StatementColumn.CURRENCY,
    StatementColumn.BALANCE,
    StatementColumn.COUNTERPARTY,
    StatementColumn.ACCOUNT,
    StatementColumn.BANK,
    StatementColumn.REFERENCE,
    StatementColumn.MERCHANT_REFERENCE,
    StatementColumn.CHANNEL,
    StatementColumn.STATUS,
    StatementColumn.SUMMARY,
    StatementColumn.SENDER,
    StatementColumn.RECEIVER,
)
"""In the order in which :meth:`RowBuilder.build` unpacks them."""


_DAY, _CLOCK, _WAY, _NAME, _ACCOUNT, _SUMMARY, _UNIT = map(
    _READ.index,
    (
        StatementColumn.DATE,
        StatementColumn.TIME,
        StatementColumn.DIRECTION,
        StatementColumn.COUNTERPARTY,
        StatementColumn.ACCOUNT,
        StatementColumn.SUMMARY,
        StatementColumn.CURRENCY,
    ),
)


class RowBuilder:
    """``build`` gives None for a line that is no movement of money: a heading, a sum, a remark."""

    def __init__(
        self,
        grid: Grid,
        header: StatementHeader,
        words: Vocabulary,
        *,
        own: str = "",
        zoned: bool = True,
    ) -> None:
        self._text = grid.text
        self._read = reader_of(header)
        self._layout = header.layout
        self._effects: dict[str, Effect] = {}
        self._effect_of = words.effect
        self.sums = words.sums
        self._worded = WordedDirection(words, _first_words(grid, header))
        self._own = own
        self._zoned = zoned
        self._year = _title_month(header) if header.layout.year_from else None
        names = [
            header.columns[at]
            for at in header.roles.get(StatementColumn.COUNTERPARTY, ())[:1]
            if at < len(header.columns)
        ]
        self.remarks = name_of(header.layout.counterparty_from) in map(name_of, names)
        """Whether the names of the other side stand in a column of remarks."""
        self.last_day = ""
        """The day of the line before, which stands for those below it where its cell was merged."""
        self._has_direction = StatementColumn.DIRECTION in header.roles
        self.is_plain = (
            not (own or self._year or header.layout.direction_from or self._worded.signs)
            and self._read is amount_of
        )
        """Whether a line says all of itself: neither the bill's title nor the lines around it have to be asked."""
        on_chain = {StatementColumn.SENDER, StatementColumn.RECEIVER} <= header.roles.keys()
        self._unnamed = (
            self._layout.currency or currency_of(header) or (UNNAMED if on_chain else "")
        )
        places = [_places(header, column) for column in _READ]
        self.places = {column: found for column, found in zip(_READ, places, strict=True) if found}
        """Where each column the statement has is read, the preferred place first."""
        self._foreign = tuple(_places_of_other_money(header, words))
        self._others = tuple((at, found[1:]) for at, found in enumerate(places) if found[1:])
        firsts = [found[0] if found else -1 for found in places]
        self._width = max(firsts) + 1
        self._cells: Callable[[Cells], tuple[Any, ...]] = itemgetter(*firsts)

    def build(self, number: int, cells: Cells) -> StatementRow | None:
        """The row of line ``number`` (from 1)."""
        (
            day, clock, amount_text, incoming, outgoing, way, currency, balance,
            counterparty, account, bank, reference, merchant, channel, status, summary,
            sender, receiver,
        ) = self._values(cells)  # fmt: skip
        if summary in self.sums or counterparty in self.sums:
            return None
        time = self._time(day, clock) if day else None
        only_day = time is None
        if time is None and (time := day_of(day, self._layout.day_order)) is None:
            return None
        if incoming or outgoing:
            direction, amount, amount_text = _of_two(incoming, outgoing, self._read)
        elif amount_text:
            amount = self._read(amount_text)
            direction = self._direction(way, amount, amount_text, summary)
        else:
            return None
        if self._own:
            direction, account = self._by_payer_and_payee(sender, receiver)
        currency = self._unit(currency, amount)
        fen = abs(amount.fen) if amount and amount.exact and currency == "CNY" else None
        problems: tuple[str, ...] = () if fen is not None else _unread(amount, currency)
        problems += (_DAMAGED,) if _spoiled(account, reference, merchant) else ()
        problems += (_NO_CLOCK,) if only_day else ()
        if self._has_direction and direction is MoneyDirection.NEUTRAL and not self.knows(way):
            problems += (UNSURE,)
        refunded = (amount.refunded if amount else 0) or (refund_of(status) if status else 0)
        given_back = bool(refunded) and self._gives_back(direction, status, cells)
        effect = (
            Effect.RETURNED if given_back else self._effect(status, amount, refunded, direction)
        )
        return StatementRow(
            number, time, f"{day} {clock}" if clock else day, fen, amount_text, currency, direction,
            effect, counterparty, account, bank, reference, merchant,
            channel, status, summary, self._balance_fen(balance) if balance and currency == "CNY" else None, refunded,
            problems,
        )  # fmt: skip

    def parted(self, remark: str, summary: str) -> tuple[str, str]:
        """The name in a remark, and the summary with what else it says; as they are where the statement has a column
        of names."""
        if not self.remarks:
            return remark, summary
        name, rest = parted_remark(remark, summary)
        return name, " ".join(filter(None, (summary, rest)))

    def by_word(self, word: str) -> MoneyDirection:
        """The direction a word of its column names; neutral without one."""
        return (self._worded.of(word) if word else None) or MoneyDirection.NEUTRAL

    def knows(self, word: str) -> bool:
        """Whether the word of the direction's column says all there is; in a layout that is known, every word does."""
        return bool(self._layout.header) or self._worded.of(word) is not None

    def by_sign(self, fen: int) -> MoneyDirection:
        """The direction of a sum in a statement in which nothing but its sign tells."""
        positive = (fen >= 0) == (self._layout.positive == "in")
        return MoneyDirection.IN if positive else MoneyDirection.OUT

    def unit(self, named: str) -> str:
        """The currency of a line, by what its column names."""
        named = named or self._unnamed
        yuan = not named or named.casefold() in _YUAN or _YUAN_WITHIN.search(name_of(named))
        return "CNY" if yuan else named

    def effect(self, status: str) -> Effect:
        """Whether money moved, by the line's status alone."""
        known = self._effects.get(status)
        if known is None:
            known = self._effect_of(status)
            self._effects[status] = known
        return known

    def _values(self, cells: Cells) -> Sequence[str]:
        """The cells that are read, in the order of ``_READ``; "" for what the statement has not."""
        if len(cells) < self._width:
            cells.extend([""] * (self._width - len(cells)))
        cells.append("")  # read for the columns the statement has not
        values = list(map(self._text, self._cells(cells)))
        if not PLACEHOLDERS.isdisjoint(values):
            sign = values[_WAY] if self._worded.signs else ""
            values = ["" if value in PLACEHOLDERS else value for value in values]
            values[_WAY] = values[_WAY] or sign
        for at, places in self._others:
            if not values[at]:
                values[at] = self._fallback(cells, places)
        if self._foreign and not any(values[at] for at, _, _ in self._foreign):
            self._fill_foreign(values, cells)
        values[_ACCOUNT] = ungrouped(values[_ACCOUNT])
        if values[_CLOCK] and not values[_DAY]:
            values[_DAY] = self.last_day
        if self.remarks and values[_NAME]:
            values[_NAME], values[_SUMMARY] = self.parted(values[_NAME], values[_SUMMARY])
        return values

    def _fill_foreign(self, values: list[str], cells: Cells) -> None:
        """A line whose sum stands in a column of other money."""
        for at, place, money in self._foreign:
            text = self._text(cells[place]) if place < len(cells) else ""
            if text and text not in PLACEHOLDERS:
                values[at], values[_UNIT] = text, money

    def _fallback(self, cells: Cells, places: Sequence[int]) -> str:
        found = (self._text(cells[place]) for place in places if place < len(cells))
        return next((text for text in found if text and text not in PLACEHOLDERS), "")

    def _direction(
        self, word: str, amount: Amount | None, amount_text: str, summary: str
    ) -> MoneyDirection:
        known = self._worded.of(word) if word else None
        if known is not None:
            return known
        if self._layout.direction_from == "summary":
            return by_summary(summary, self._layout.summary_in)
        if amount is None or self._layout.direction_from:
            return MoneyDirection.NEUTRAL
        if self._has_direction and (self.knows(word) or not is_signed(amount_text)):
            return MoneyDirection.NEUTRAL
        return self.by_sign(amount.fen)

    def _by_payer_and_payee(self, sender: str, receiver: str) -> tuple[MoneyDirection, str]:
        if sender == receiver:
            return MoneyDirection.NEUTRAL, receiver
        if receiver == self._own:
            return MoneyDirection.IN, sender
        return (MoneyDirection.OUT if sender == self._own else MoneyDirection.NEUTRAL), receiver

    def _unit(self, named: str, amount: Amount | None) -> str:
        return amount.unit if amount is not None and amount.unit else self.unit(named)

    def _balance_fen(self, text: str) -> int | None:
        found = self._read(text)
        return found.fen if found is not None else None

    def _effect(
        self, status: str, amount: Amount | None, refunded: int, direction: MoneyDirection
    ) -> Effect:
        if refunded and amount is not None and refunded >= abs(amount.fen):
            return Effect.UNDONE
        effect = self.effect(status)
        back = effect is Effect.RETURNED and direction is MoneyDirection.OUT
        return Effect.UNDONE if back else effect  # of a payment, that it was given back

    def _gives_back(self, direction: MoneyDirection, status: str, cells: Cells) -> bool:
        """Whether the line is itself the refund of a part of what was paid: 商户-退款, 收入, 已退款(￥12.00). Of what
        was wholly given back neither line counts."""
        if direction is not MoneyDirection.IN or "全额" in status:
            return False
        places = self.places.get(StatementColumn.SUMMARY, ())
        return any("退款" in self._text(cells[at]) for at in places if at < len(cells))

    def _time(self, day: str, clock: str) -> datetime | None:
        found = moment_of(day, clock, self._layout.day_order, zoned=self._zoned)
        return found if found is not None or self._year is None else self._without_year(day, clock)

    def _without_year(self, day: str, clock: str) -> datetime | None:
        """Days like ``12/29`` on a bill of January belong to the year before."""
        if self._year is None:
            return None
        year, month = self._year
        found = moment_of(day, clock, year=year)
        if found is not None and found.month > month:
            return moment_of(day, clock, year=year - 1)
        return found


def _places_of_other_money(
    header: StatementHeader, words: Vocabulary
) -> Iterator[tuple[int, int, str]]:
    for column, place, money in of_other_money(header, words):
        yield _READ.index(column), place, money


def _first_words(grid: Grid, header: StatementHeader) -> Iterator[str]:
    """Of the column of directions, in the first lines."""
    for at in header.roles.get(StatementColumn.DIRECTION, ())[:1]:
        for cells in islice(grid.rows(), header.row, header.row + _SAMPLE):
            if at < len(cells):
                yield grid.text(cells[at])


def _places(header: StatementHeader, column: StatementColumn) -> tuple[int, ...]:
    """Where ``column`` is read, the preferred place first. Without a date the time holds it."""
    roles = header.roles
    if column is StatementColumn.CURRENCY and header.layout.currency_from:
        names = [name_of(name) for name in header.columns]
        return (names.index(name_of(header.layout.currency_from)),)
    if StatementColumn.DATE not in roles and column in {StatementColumn.DATE, StatementColumn.TIME}:
        return roles[StatementColumn.TIME] if column is StatementColumn.DATE else ()
    return roles.get(column, ())


def _unread(amount: Amount | None, currency: str) -> tuple[str, ...]:
    return () if amount is not None and currency != "CNY" else (_NO_AMOUNT,)


def _spoiled(account: str, *references: str) -> bool:
    """Whether a spreadsheet made a number of one of them; noughts at the end are told of accounts alone."""
    if "E+" in account or any("E+" in text for text in references):
        return any(map(damaged, (account, *references)))
    return account.endswith("000") and zeroed(account)


def _of_two(incoming: str, outgoing: str, read: Read) -> tuple[MoneyDirection, Amount | None, str]:
    """One column for what came, one for what went; a zero in one of them is as good as nothing."""
    came = read(incoming) if incoming else None
    went = read(outgoing) if outgoing else None
    if came and went and came.fen and went.fen:
        return MoneyDirection.NEUTRAL, None, f"{incoming} / {outgoing}"  # nobody can tell which
    if outgoing and (
        came is None or (not came.fen and came.exact)
    ):  # a tiny part of a coin is no zero
        return MoneyDirection.OUT, went, outgoing
    return MoneyDirection.IN, came, incoming


def _title_month(header: StatementHeader) -> tuple[int, int] | None:
    """Year and month of the bill, from the words above the header."""
    found = _MONTH.search("\n".join(header.above))
    return (int(found[1]), int(found[2])) if found else None
