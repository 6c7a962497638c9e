"""Pages of a list that stands in parts one behind the other, each in the order of an index.

What is urgent has the six groups of :class:`desktop.domain.law.urgency.Pressure`. In which of them a row is at an
instant follows from its ends and from now; each has indexes that hold its rows in their order, so that a page is read
and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import Any, Final, TypeAlias

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from desktop.domain.surveys import give_way

Named: TypeAlias = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Arm:
    """A condition with the columns that rows which meet it are sorted by. ``begin``: where the first of them begins.
    Who goes on behind a place is further already, and is led there at once.
    """

    where: str
    keys: tuple[str, ...]
    begin: str = ""

    @property
    def whole(self) -> str:
        """The condition with its begin."""
        return f"{self.where} AND {self.begin}" if self.begin else self.where


@dataclass(frozen=True, slots=True)
class Ranked:
    """``arms``: conditions, of which a row meets one at the most."""

    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a group that meet one of ``named``, sorted into each other."""

    group: Ranked
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class RankedList:
    """``ids``: the columns that name a row of ``table``; ``parts``: each with its number, in the order they are read.
    ``only``: a condition on all of them, behind others; ``given``: the values in all of that."""

    table: str
    ids: str
    parts: Sequence[tuple[int, Part]]
    only: str
    given: Named
    descending: bool = False


@dataclass(frozen=True, slots=True)
class RankedRow:
    """``ids`` of a row, and its place: the number of its part, and the keys within."""

    ids: tuple[Any, ...]
    part: int
    keys: tuple[int | str, ...]


def ranked_rows(
    connection: Connection,
    asked: RankedList,
    after: tuple[int, tuple[int | str, ...]] | None,
    limit: int,
) -> list[RankedRow]:
    """The first rows of a list, or those behind a place in it."""
    parts = list(asked.parts)
    if after is not None:
        parts = parts[next(n for n, (number, _) in enumerate(parts) if number == after[0]) :]
    found: list[RankedRow] = []
    for number, part in parts:
        behind = after[1] if after is not None and number == after[0] else ()
        named = len(asked.ids.split(","))
        rows = _some(connection, asked, part, behind, limit - len(found))
        found += [RankedRow(row[:named], number, row[named:]) for row in rows]
        if len(found) >= limit:
            break
    return found


def ranked_count(connection: Connection, asked: RankedList, most: int) -> int:
    """How many rows a list has, or ``most`` of them."""
    found = 0
    for question, given in _counts(asked):
        give_way()
        found += int(connection.execute(question, {**given, "limit": most - found}).scalar_one())
        if found >= most:
            break
    return found


def _counts(asked: RankedList) -> Iterator[tuple[TextClause, Named]]:
    for _, part in asked.parts:
        for arm in part.group.arms:
            for named in part.named:
                yield _count(asked.table, arm.whole, asked.only), {**asked.given, **named}


@lru_cache(maxsize=512)
def _count(table: str, where: str, only: str) -> TextClause:
    return text(
        f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE basis = :basis AND {where}{only} LIMIT :limit) f"  # noqa: S608 - own names
    )


def _some(
    connection: Connection,
    asked: RankedList,
    part: Part,
    behind: Sequence[int | str],
    limit: int,
) -> list[Any]:
    keys = {f"k{place}": key for place, key in enumerate(behind)}
    given = {**asked.given, **keys, "limit": limit}
    answers = []
    for arm in part.group.arms:
        question = _question(
            asked.table, asked.ids, arm, asked.only, bool(behind), asked.descending
        )
        for named in part.named:
            give_way()
            rows = connection.execute(question, {**given, **named})
            answers.append([tuple(row) for row in rows])
    first = len(asked.ids.split(","))
    ordered = merge(*answers, key=lambda row: row[first:], reverse=asked.descending)
    return list(islice(ordered, limit))


@lru_cache(maxsize=512)
def _question(
    table: str,
    ids: str,
    arm: Arm,
    only: str,
    further: bool,  # noqa: FBT001
    descending: bool,  # noqa: FBT001
) -> TextClause:
    keys = arm.keys
    where = arm.where if further and not descending else arm.whole
    turn, beyond = (" DESC", "<") if descending else ("", ">")
    named = ", ".join(f":k{place}" for place in range(len(keys)))
    behind = f" AND ({', '.join(keys)}) {beyond} ({named})" if further else ""
    return text(
        f"SELECT {ids}, {', '.join(keys)} FROM {table} WHERE basis = :basis AND {where}{only}{behind} "  # noqa: S608 - own names
        f"ORDER BY {', '.join(key + turn for key in keys)} LIMIT :limit"
    )


ALWAYS: Final = "1 = 1"
"""A condition that every row meets."""
