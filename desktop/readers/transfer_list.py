"""A list of payments between accounts, as a csv file: ``id,time,payer,payee,amount``; no list need have ids."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.money.money_flow import FlowPayment
from desktop.domain.time.local_time import CHINA
from desktop.readers.encodings import encoding_of
from desktop.readers.statements.grid import formula_cell

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "编号", "序号", "流水号"),
    "time": ("time", "时间", "交易时间"),
    "payer": ("payer", "付款账户", "付款账号", "转出账户", "sourcenodeid"),
    "payee": ("payee", "收款账户", "收款账号", "转入账户", "targetnodeid"),
    "amount": ("amount", "金额", "交易金额", "value"),
}
"""The last name of an end and of the sum is that of the public samples of IBM's AMLSim."""
_NONE: Final = -1
_DAY: Final = 86_400
_UNIX: Final = 10**8
"""Whole numbers below are days counted from any day, from here on seconds of Unix time."""


def read_transfer_list(source: BinaryIO) -> list[FlowPayment]:
    """Payments in the order of the file; a row without an id is known by its number.

    Times are ISO 8601, in China's legal time where they name no zone; or whole numbers, which count days. Numbers of
    accounts stay text, also where they stand as ``="0123"``.

    Raises:
        UserInputError: ``flow_file.columns`` (a column is missing), ``flow_file.time``, ``flow_file.amount``,
            ``flow_file.account``, ``flow_file.twice`` (an id), each with ``row``; ``flow_file.unreadable``.
    """
    text = TextIOWrapper(source, encoding_of(source), errors="replace", newline="")
    source.seek(0)
    try:
        rows = csv.reader(text)
        columns = _columns(next(rows, []))
        return list(_unique(_moves(rows, columns)))
    except csv.Error as error:
        raise UserInputError("flow_file.unreadable") from error
    finally:
        text.detach()


def _columns(header: Sequence[str]) -> tuple[int, ...]:
    names = [cell.strip().lstrip("\ufeff").casefold() for cell in header]
    found = []
    for kind, known in _NAMES.items():
        places = [names.index(name) for name in known if name in names]
        if not places and kind != "id":
            raise UserInputError("flow_file.columns")
        found.append(places[0] if places else _NONE)
    return tuple(found)


def _moves(
    rows: Iterator[list[str]], columns: tuple[int, ...]
) -> Iterator[tuple[int, FlowPayment]]:
    last = max(columns)
    id_, time, payer, payee, amount = columns
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= last or not formula_cell(row[payer]) or not formula_cell(row[payee]):
            raise UserInputError("flow_file.account", row=number)
        yield (
            number,
            FlowPayment(
                (row[id_].strip() if id_ != _NONE else "") or f"#{number}",
                seconds_of(row[time].strip(), number),
                formula_cell(row[payer]),
                formula_cell(row[payee]),
                _fen(row[amount], number),
            ),
        )


def _unique(moves: Iterator[tuple[int, FlowPayment]]) -> Iterator[FlowPayment]:
    ids: set[str] = set()
    for number, move in moves:
        if move.id in ids:
            raise UserInputError("flow_file.twice", row=number)
        ids.add(move.id)
        if move.amount_fen:
            yield move


def seconds_of(text: str, row: int = 0) -> int:
    """Seconds of Unix time; raises ``UserInputError("flow_file.time", row=…)``."""
    if text.isascii() and text.isdigit():
        number = int(text)
        return number if number >= _UNIX else number * _DAY
    try:
        moment = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise UserInputError("flow_file.time", row=row) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=CHINA)
    return int(moment.astimezone(UTC).timestamp())


def _fen(text: str, row: int) -> int:
    try:
        return parse_yuan(text)
    except UserInputError as error:
        raise UserInputError("flow_file.amount", row=row) from error
