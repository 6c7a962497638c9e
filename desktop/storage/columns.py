"""Where every table is noted, and the kinds of columns they have."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, MetaData, Text

METADATA: Final = MetaData()

TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordered by code points, whatever language the server was told."""
INTEGER: Final = BigInteger().with_variant(Integer(), "sqlite")

_MOST: Final = 150


def fitting(words: str) -> str:
    """A text that stands in an index, of which a server takes some thousand octets and no more: of one that no honest
    desk writes its beginning and its end. Whoever looks for one asks for that."""
    return words if len(words) <= 2 * _MOST else words[:_MOST] + words[-_MOST:]


def text_column(name: str) -> Column[str]:
    """One that always holds a text."""
    return Column(name, TEXT, nullable=False)


def integer_column(name: str) -> Column[int]:
    """One that always holds a whole number of 64 bits."""
    return Column(name, INTEGER, nullable=False)
