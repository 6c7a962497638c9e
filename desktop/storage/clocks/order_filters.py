"""Which orders of a list were chosen, as a condition; and what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.kinds import SAVING
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.services.ports.database.order_lists import (
    CHOICES,
    ChosenOrders,
    OrderChoices,
    OrdersOnly,
)
from desktop.storage.clocks.ranked_pages import Named
from desktop.storage.columns import fitting
from desktop.storage.current_values.values import like_pattern
from desktop.storage.database.statements import run

_FEW: Final = 5000
"""As many rows are found and sorted in the time in which an index is walked past those nobody chose."""
_OCCURS: Final = (
    "WITH RECURSIVE known(name) AS (SELECT min({name}) FROM order_clock WHERE basis = ? UNION ALL "
    "SELECT (SELECT min(o.{name}) FROM order_clock o WHERE o.basis = ? AND o.{name} > known.name) FROM known "
    "WHERE known.name IS NOT NULL) SELECT name FROM known WHERE name <> '' LIMIT ?"
)
"""One step for each name, however many orders there are."""
_SAVING: Final = " AND kind IN ({})".format(", ".join(f"'{kind.value}'" for kind in sorted(SAVING)))
_HEARD: Final = (
    " AND EXISTS (SELECT 1 FROM (SELECT order_id AS known, waits AS unanswered, stream, seq FROM order_row) r "
    "WHERE r.known = order_id AND r.unanswered = 1 AND ({}))"
)
"""One row by its key for each order that is walked past."""
_WAITS: Final = {None: "", True: " AND waits = 1", False: " AND waits = 0"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """``few``: ``condition`` names all by which they are found, as a whole; else it stands behind others. ``given``:
    the values in it."""

    few: bool
    condition: str
    given: Named


def chosen_by(
    connection: Connection, basis: int, asked: ChosenOrders, held: Mapping[str, int]
) -> Chosen:
    """How the orders of a list are found; ``held``: the sequence number up to which the centre knows each stream of an
    order that waits, asked for where only those it has not heard of are wanted."""
    only = asked.only
    named = dict(_named(only))
    flows = {f"flow{place}": flow.value for place, flow in enumerate(asked.flows)}
    words = {f"word{place}": like_pattern(word) for place, word in enumerate(only.words)}
    streams = list(enumerate(held.items())) if only.unheard else []
    beyond = {
        name: value
        for place, (stream, seq) in streams
        for name, value in ((f"stream{place}", stream), (f"heard{place}", seq))
    }
    given = {**named, **flows, **words, **beyond}
    rest = _WAITS[only.waits] + "".join(f" AND words LIKE :{word} ESCAPE '!'" for word in words)
    if only.saving:
        rest += _SAVING
    if only.unheard:
        any_of = (f"r.stream = :stream{place} AND r.seq > :heard{place}" for place, _ in streams)
        rest += _HEARD.format(" OR ".join(any_of) or "1 = 0")
    by = _found_by(connection, basis, only, named)
    others = "".join(f" AND {name} || '' = :{name}" for name in named if name != by)
    if only.officer:  # nearly as many as there are
        others, given["officer"] = f"{others} AND officer = :officer", only.officer
    if not by and not words:
        # A part names its flow; a list of all by one thing they show does not.
        among = f" AND flow IN ({_marks(flows)})" if len(flows) < len(OrderFlow) else ""
        return Chosen(few=False, condition=f"{others}{rest}{among}{_hops(only)}", given=given)
    found = {
        "": "basis + 0 = :basis",
        "hops": "basis = :basis",
    }  # words are read in the table's order
    which = found.get(by, f"basis = :basis AND {by} = :{by}")
    among = f" AND flow IN ({_marks(flows)})"
    return Chosen(few=True, condition=f"{which}{among}{others}{rest}{_hops(only)}", given=given)


def _named(only: OrdersOnly) -> Iterator[tuple[str, str]]:
    if only.receiver:
        yield "receiver", fitting(only.receiver)
    if only.unit:
        yield "unit", fitting(only.unit)
    if only.kind is not None:
        yield "kind", only.kind.value
    if only.state is not None:
        yield "state", only.state.value


def _hops(only: OrdersOnly) -> str:
    return " AND hops > 0" if only.hops else ""


def _found_by(connection: Connection, basis: int, only: OrdersOnly, named: Named) -> str:
    """What the fewest have, of some thousand at the most; "" where many have all of it."""
    if only.hops:
        return "hops"
    counts = {name: _count(connection, basis, name, value) for name, value in named.items()}
    least = min(counts, key=lambda name: counts[name], default="")
    return least if least and counts[least] <= _FEW else ""


def _count(connection: Connection, basis: int, name: str, value: Any) -> int:
    question = text(
        f"SELECT count(*) FROM (SELECT 1 FROM order_clock WHERE basis = :basis AND {name} = :{name} LIMIT :most) f"  # noqa: S608 - own names
    )
    given = {"basis": basis, name: value, "most": _FEW + 1}
    return int(connection.execute(question, given).scalar_one())


def _marks(names: Named) -> str:
    return ", ".join(f":{name}" for name in names)


def order_choices(connection: Connection, basis: int) -> OrderChoices:
    """See :meth:`desktop.services.ports.database.order_lists.OrderListQueries.order_choices`."""
    return OrderChoices(
        tuple(map(OrderKind, _occurring(connection, basis, "kind"))),
        tuple(map(OrderState, _occurring(connection, basis, "state"))),
        _occurring(connection, basis, "receiver"),
        _occurring(connection, basis, "unit"),
    )


def _occurring(connection: Connection, basis: int, name: str) -> tuple[str, ...]:
    question = _OCCURS.format(name=name)
    return tuple(run(connection, question, (basis, basis, CHOICES)).scalars())
