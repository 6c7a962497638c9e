"""Where every table is noted, and the kinds of columns they have."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

METADATA: Final = MetaData()

TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordered by code points, whatever language the server was told."""
INTEGER: Final = BigInteger().with_variant(Integer(), "sqlite")

GREATEST: Final = 2**53 - 1
"""More fen or milliseconds than there are."""
_END: Final = 150


def bounded(number: int) -> int:
    """What a column holds: a thousand absurd amounts of one bundle must not stop the intake of all the others."""
    return max(min(number, GREATEST), -GREATEST)


def fitting(words: str) -> str:
    """A text that stands in an index, of which a server takes some thousand octets and no more: of one that no honest
    desk writes its beginning and its end. Whoever looks for one asks for that."""
    return words if len(words) <= 2 * _END else words[:_END] + words[-_END:]


def text_column(name: str) -> Column[str]:
    """One that always holds a text."""
    return Column(name, TEXT, nullable=False)


def integer_column(name: str) -> Column[int]:
    """One that always holds a whole number of 64 bits."""
    return Column(name, INTEGER, nullable=False)


def columns_of(table: Table) -> list[str]:
    """Their names, in the order in which rows hold them."""
    return [column.name for column in table.columns]
