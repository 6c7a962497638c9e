"""Lists of orders page by page, in the order of :meth:`desktop.domain.law.urgency.Pressing.urgency` or another one.

``onward <= :missed``: an order's own clock counts, for no window of where its money went on runs or was just missed.

Where orders are chosen by something that few have, or by words, those few are found first and sorted (``_found``). Else
the list is walked along its index, past those that were not chosen: they can not be many more than a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import Pressure
from desktop.services.ports.database.order_lists import COUNTED, ChosenOrders, OrderPlace, OrdersBy
from desktop.storage.clocks.order_filters import Chosen, chosen_by
from desktop.storage.clocks.ranked_pages import (
    ALWAYS,
    Arm,
    Named,
    Part,
    Ranked,
    RankedList,
    ranked_count,
    ranked_rows,
)
from desktop.storage.reckoning.milliseconds import instants

_NO_CLOCK: Final = "NOT (chance + 0 > :missed OR duty + 0 > :now OR onward + 0 > :missed)"
"""One condition, not three: a server takes each for met by a third of the rows, expects few, and sorts all that wait
instead of reading a page in their order."""


def _of_flow(*arms: Arm) -> Ranked:
    return Ranked(tuple(replace(arm, where=f"flow = :flow AND {arm.where}") for arm in arms))


_GROUPS: Final = {
    Pressure.SAVABLE: _of_flow(
        Arm(ALWAYS, ("onward", "less_fen", "key"), "onward > :now"),
        Arm("onward + 0 <= :missed", ("chance", "less_fen", "key"), "chance > :now"),
    ),
    Pressure.MISSED: _of_flow(
        Arm("onward > :missed AND onward <= :now", ("less_fen", "-onward", "key")),
        Arm(
            "chance > :missed AND chance <= :now AND onward + 0 <= :missed",
            ("less_fen", "-chance", "key"),
        ),
        Arm(
            "waits IN (0, 1) AND duty > :missed AND duty <= :now AND standing = 1 AND onward + 0 <= :missed",
            ("less_fen", "past_duty", "key"),
        ),
    ),
    Pressure.RUNNING: _of_flow(
        Arm("waits = :waits AND onward + 0 <= :missed", ("duty", "less_fen", "key"), "duty > :now")
    ),
    Pressure.OVERDUE: _of_flow(
        Arm(
            "waits = :waits AND standing = 1 AND onward + 0 <= :missed",
            ("past_duty", "less_fen", "key"),
            "past_duty >= :past",
        )
    ),
    Pressure.UNANSWERED: _of_flow(
        Arm(f"waits = 1 AND standing = 0 AND {_NO_CLOCK}", ("less_fen", "issued", "key"))
    ),
    Pressure.REST: _of_flow(
        Arm(f"waits = 0 AND standing = 0 AND {_NO_CLOCK}", ("past_issued", "less_fen", "key"))
    ),
}
_OF_BOTH: Final = frozenset({Pressure.RUNNING, Pressure.OVERDUE})
"""Groups whose indexes hold the rows that wait apart from the others."""
_PLAIN: Final = {
    OrdersBy.NEWEST: Ranked((Arm(ALWAYS, ("past_issued", "less_fen", "key")),)),
    OrdersBy.AMOUNT: Ranked((Arm(ALWAYS, ("less_fen", "past_issued", "key")),)),
}
_ANSWERED: Final = len(Pressure)
"""By how many the number of a part is higher that holds what was answered, at the dispatch."""
GROUP: Final = (
    "CASE WHEN onward > :now THEN 0 WHEN onward > :missed THEN 1 WHEN chance > :now THEN 0 "
    "WHEN chance > :missed THEN 1 WHEN duty > :now THEN 2 WHEN standing = 0 THEN 5 - waits "
    "WHEN duty > :missed THEN 1 ELSE 3 END"
)
"""The :class:`~desktop.domain.law.urgency.Pressure` of a row."""
ONE_KEY: Final = (
    "CASE grp WHEN 0 THEN CASE WHEN onward > :now THEN onward ELSE chance END WHEN 2 THEN duty "
    "WHEN 3 THEN past_duty WHEN 5 THEN past_issued ELSE less_fen END"
)
TWO_KEY: Final = (
    "CASE grp WHEN 1 THEN CASE WHEN onward > :missed THEN -onward WHEN chance > :missed THEN -chance "
    "ELSE past_duty END WHEN 4 THEN issued ELSE less_fen END"
)
_PART: Final = {
    OrdersBy.URGENT: ("grp", ONE_KEY, TWO_KEY),
    OrdersBy.DISPATCH: (
        f"CASE WHEN grp = 0 OR waits = 1 THEN grp ELSE grp + {_ANSWERED} END",
        ONE_KEY,
        TWO_KEY,
    ),
    OrdersBy.NEWEST: ("0", "past_issued", "less_fen"),
    OrdersBy.AMOUNT: ("0", "less_fen", "past_issued"),
}


def order_places(
    connection: Connection,
    basis: int,
    asked: ChosenOrders,
    now: datetime,
    after: OrderPlace | None,
    limit: int,
    held: Mapping[str, int],
) -> tuple[OrderPlace, ...]:
    """See :meth:`desktop.services.ports.database.order_lists.OrderListQueries.order_places`; ``held`` as
    :func:`~desktop.storage.clocks.order_filters.chosen_by` takes it."""
    chosen = chosen_by(connection, basis, asked, held)
    given = {**chosen.given, **instants(now), "basis": basis}
    if chosen.few:
        return _found(connection, asked, chosen, {**given, "limit": limit}, after)
    place = (after.part, after.keys) if after is not None else None
    rows = ranked_rows(connection, _walked(asked, chosen, given), place, limit)
    return tuple(OrderPlace(row.ids[0], CaseId(row.ids[1]), row.part, row.keys) for row in rows)


def order_count(
    connection: Connection,
    basis: int,
    asked: ChosenOrders,
    now: datetime,
    held: Mapping[str, int],
) -> int:
    """See :meth:`desktop.services.ports.database.order_lists.OrderListQueries.order_count`; ``held`` as above."""
    chosen = chosen_by(connection, basis, asked, held)
    given = {**chosen.given, **instants(now), "basis": basis}
    if chosen.few:
        question = _counted(chosen.condition + _pressing(asked))
        return int(connection.execute(question, {**given, "limit": COUNTED + 1}).scalar_one())
    return ranked_count(connection, _walked(asked, chosen, given), COUNTED + 1)


def _walked(asked: ChosenOrders, chosen: Chosen, given: Named) -> RankedList:
    parts = list(_parts(asked))
    only = chosen.condition
    if asked.by in _PLAIN:
        only += _pressing(asked)
    return RankedList("order_clock", "order_id, case_id", parts, only, given)


def _parts(asked: ChosenOrders) -> Iterator[tuple[int, Part]]:
    if asked.by in _PLAIN:
        yield 0, Part(_PLAIN[asked.by], ({},))
        return
    groups = [group for group in Pressure if group in (asked.only.pressures or Pressure)]
    either = {None: (0, 1), True: (1,), False: (0,)}[asked.only.waits]
    if asked.by is OrdersBy.URGENT:
        yield from ((group, _part(asked, group, either)) for group in groups)
        return
    # What can be saved stands in front, whether somebody answered or not.
    for waits in sorted(either, reverse=True):
        for group in groups:
            if group is Pressure.SAVABLE:
                if waits == max(either):
                    yield group, _part(asked, group, either)
            elif group is not (Pressure.REST if waits else Pressure.UNANSWERED):
                yield group + (0 if waits else _ANSWERED), _part(asked, group, (waits,))


def _part(asked: ChosenOrders, group: Pressure, either: tuple[int, ...]) -> Part:
    flows = [flow.value for flow in asked.flows]
    if group in _OF_BOTH:
        return Part(
            _GROUPS[group], tuple({"flow": flow, "waits": one} for flow in flows for one in either)
        )
    ranked = _GROUPS[group]
    if group is Pressure.MISSED and len(either) == 1:  # of the others nobody has to be passed
        ranked = Ranked(
            tuple(replace(arm, where=f"{arm.where} AND waits = {either[0]}") for arm in ranked.arms)
        )
    return Part(ranked, tuple({"flow": flow} for flow in flows))


def _pressing(asked: ChosenOrders) -> str:
    groups = ", ".join(str(int(group)) for group in sorted(asked.only.pressures))
    return f" AND {GROUP} IN ({groups})" if groups else ""


def _found(
    connection: Connection,
    asked: ChosenOrders,
    chosen: Chosen,
    given: Named,
    after: OrderPlace | None,
) -> tuple[OrderPlace, ...]:
    """All that were chosen are sorted; at most some thousand, or all where words are looked for."""
    behind: Named = {}
    if after is not None:
        keys = {f"k{place}": key for place, key in enumerate(after.keys)}
        behind = {"part": after.part, **keys}
    question = _sorted(asked.by, chosen.condition + _pressing(asked), bool(behind))
    rows = connection.execute(question, {**given, **behind})
    return tuple(
        OrderPlace(row[0], CaseId(row[1]), int(row[2]), (int(row[3]), int(row[4]), row[5]))
        for row in rows
    )


@lru_cache(maxsize=128)
def _sorted(by: OrdersBy, condition: str, further: bool) -> TextClause:  # noqa: FBT001
    part, one, two = _PART[by]
    behind = "WHERE (part, one, two, key) > (:part, :k0, :k1, :k2)" if further else ""
    return text(
        f"SELECT order_id, case_id, part, one, two, key FROM (SELECT order_id, case_id, key, {part} AS part, "  # noqa: S608 - own names
        f"{one} AS one, {two} AS two FROM (SELECT o.*, {GROUP} AS grp FROM order_clock o WHERE {condition}) g) f "
        f"{behind} ORDER BY part, one, two, key LIMIT :limit"
    )


@lru_cache(maxsize=128)
def _counted(condition: str) -> TextClause:
    return text(
        f"SELECT count(*) FROM (SELECT 1 FROM order_clock WHERE {condition} LIMIT :limit) f"  # noqa: S608 - own names
    )
