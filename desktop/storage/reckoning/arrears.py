"""Which cases the journal spoke of since they were reckoned, for each basis that somebody reckons on.

What is reckoned rests on rules, which no entry tells, so projections can not hold it. What writes projections notes
here which cases may come to something else now; whoever wants a list or figures has those reckoned first. A basis is
known by the rules and by the time: what was over for long is not kept, so a clock that was set back by more needs
others than the rest of a server.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.time.clock import to_wire
from desktop.services.ports.database.reckoned_rows import Arrears, Basis
from desktop.storage.database.statements import drop_among, run, run_among
from desktop.storage.reckoned_tables import RECKONED, reckoning
from desktop.storage.reckoning.milliseconds import instant, milliseconds

BACK: Final = timedelta(days=7)
"""By how much a machine's clock may go back: what was over for longer is not kept."""
_DAY: Final = timedelta(days=1)
_IDLE: Final = 14
"""After so many days on which others were used, rows nobody uses are taken away."""
_GOING: Final = -1
_AT_ONCE: Final = 2000
"""Rows taken away in one transaction: nobody who writes waits for more."""
_FIND: Final = (
    "SELECT basis, used FROM reckoning WHERE mark = ? AND floor <= ? AND idle >= 0 "
    "ORDER BY floor DESC, basis LIMIT 1"
)
_BEGIN: Final = "INSERT INTO reckoning (basis, mark, floor, used, idle) VALUES (?, ?, ?, ?, 0)"
_EVERY: Final = (
    "INSERT INTO to_reckon (basis, case_id, mark) SELECT DISTINCT CAST(? AS bigint), case_id, CAST(? AS bigint) "
    "FROM (SELECT case_id FROM case_card UNION SELECT case_id FROM order_row) every_case"
)
_NOTE: Final = (
    "INSERT INTO to_reckon (basis, case_id, mark) SELECT basis, name, CAST(? AS bigint) "
    "FROM reckoning CROSS JOIN EACH ? WHERE idle >= 0 "
    "ON CONFLICT (basis, case_id) DO UPDATE SET mark = excluded.mark"
)
_NOTE_ONE: Final = "INSERT INTO to_reckon (basis, case_id, mark) SELECT DISTINCT f.basis, f.case_id, CAST(? AS bigint) "
_RAN_OUT: Final = (
    "FROM {table} f WHERE f.basis = ? AND {over} AND NOT EXISTS "
    "(SELECT 1 FROM to_reckon t WHERE t.basis = f.basis AND t.case_id = f.case_id)"
)
_OVER: Final[tuple[tuple[str, Callable[[datetime], int | str]], ...]] = tuple(
    (_RAN_OUT.format(table=table, over=over), spelled)
    for table, over, spelled in (
        ("figures_row", "f.part = 0 AND f.until <> '' AND f.until <= ?", to_wire),
        ("figures_row", "f.part = 0 AND f.since > ?", to_wire),
        ("board_row", "f.until <= ?", milliseconds),
        ("board_row", "f.since > ?", milliseconds),
    )
)
"""Figures and cards that count for another time than the one given, spelled as they have it."""
_USED: Final = "UPDATE reckoning SET used = ?, idle = 0 WHERE basis = ?"
_OTHERS: Final = "UPDATE reckoning SET idle = idle + 1 WHERE basis <> ? AND idle >= 0"
_LEFT_ALONE: Final = "UPDATE reckoning SET idle = ? WHERE idle > ?"
_GONE: Final = "SELECT basis FROM reckoning WHERE idle < 0 ORDER BY basis LIMIT 1"
_STANDS: Final = "SELECT 1 FROM reckoning WHERE basis = ? AND idle >= 0"
_WAITING: Final = "SELECT count(*) FROM to_reckon WHERE basis = ?"
_NEXT: Final = "SELECT case_id, mark FROM to_reckon WHERE basis = ? ORDER BY case_id LIMIT ?"
_MARKS: Final = "SELECT case_id, mark FROM to_reckon WHERE basis = ? AND case_id AMONG ?"
_TOGETHER: Final = (
    "SELECT m.case_id, m.lead_id FROM case_card c JOIN case_card m ON m.lead_id = c.lead_id "
    "WHERE c.case_id AMONG ?"
)
_DONE: Final = "DELETE FROM to_reckon WHERE basis = ? AND case_id AMONG ?"
_FLOOR: Final = "UPDATE reckoning SET floor = ? WHERE basis = ? AND floor < ?"


def note(connection: Connection, cases: Collection[str]) -> None:
    """These cases may come to something else now. Each time under another mark: who reckoned them before does not know
    of this."""
    drop_among(connection, _NOTE, sorted(cases), (_drawn(),))


def forget(connection: Connection) -> None:
    """Nothing is reckoned any more: projections are made anew."""
    for table in RECKONED:
        run(connection, f"DELETE FROM {table.name}")  # noqa: S608 - own names


def find_basis(connection: Connection, mark: str, now: datetime) -> Basis | None:
    """See :meth:`desktop.services.ports.database.reckoned_rows.ReckonedQueries.find_basis`."""
    found = run(connection, _FIND, (mark, milliseconds(now))).first()
    if found is None:
        return None
    number, used = map(int, found)
    ran_out = any(
        run(connection, f"SELECT 1 {over} LIMIT 1", (number, spelled(now))).first() is not None
        for over, spelled in _OVER
    )
    going = run(connection, _GONE).scalar() is not None
    return Basis(number, in_order=not (ran_out or going or _is_long_ago(used, now)))


def _is_long_ago(used: int, now: datetime) -> bool:
    """Also where that was by a clock that is far ahead. Of one a little ahead it is not: two such computers would say
    so in turns, and each time the rows of all others would age."""
    since = now - instant(used)
    return since >= _DAY or since <= -BACK


def put_in_order(connection: Connection, mark: str, now: datetime) -> int:
    """See :meth:`desktop.services.ports.Transaction.put_basis_in_order`."""
    found = run(connection, _FIND, (mark, milliseconds(now))).first()
    if found is None:
        number = _drawn()  # who still reads on a former basis must not find the rows of another one
        begun = (number, mark, milliseconds(now - BACK), milliseconds(now))
        run(connection, _BEGIN, begun)
        run(connection, _EVERY, (number, _drawn()))
    else:
        number = int(found[0])
    for over, spelled in _OVER:
        run(connection, f"{_NOTE_ONE} {over}", (_drawn(), number, spelled(now)))
    if found is None or _is_long_ago(int(found[1]), now):
        run(connection, _USED, (milliseconds(now), number))
        run(connection, _OTHERS, (number,))
        run(connection, _LEFT_ALONE, (_GOING, _IDLE))
    _take_some_away(connection)
    return number


def _take_some_away(connection: Connection) -> None:
    """Of a basis that nobody uses any more."""
    gone = run(connection, _GONE).scalar()
    if gone is None:
        return
    for table in RECKONED:
        if table is reckoning:
            continue
        keys = ", ".join(column.name for column in table.primary_key.columns)
        some = f"SELECT {keys} FROM {table.name} WHERE basis = ? LIMIT {_AT_ONCE}"  # noqa: S608 - own names
        query = f"DELETE FROM {table.name} WHERE ({keys}) IN ({some})"  # noqa: S608 - own names
        if run(connection, query, (gone,)).rowcount:
            return
    run(connection, "DELETE FROM reckoning WHERE basis = ?", (gone,))


def arrears(connection: Connection, basis: int, most: int) -> Arrears:
    """See :meth:`desktop.services.ports.database.reckoned_rows.ReckonedQueries.arrears`."""
    some = [row[0] for row in run(connection, _NEXT, (basis, most))]
    members = together(connection, some)
    # Reports that were merged are reckoned together, so they are settled together.
    marks = _marks(connection, basis, members)
    return Arrears(basis, marks, members)


def waiting(connection: Connection, basis: int) -> int | None:
    """See :meth:`desktop.services.ports.database.reckoned_rows.ReckonedQueries.waiting`."""
    if run(connection, _STANDS, (basis,)).first() is None:
        return None
    return int(run(connection, _WAITING, (basis,)).scalar_one())


def together(connection: Connection, cases: Collection[str]) -> Mapping[CaseId, CaseId]:
    """These cases with all that are shown as one with them → the one that leads."""
    found = {CaseId(case): CaseId(case) for case in cases}
    rows = run_among(connection, _TOGETHER, cases)
    return found | {CaseId(case): CaseId(lead) for case, lead in rows}


def settle(connection: Connection, done: Arrears, now: datetime) -> frozenset[CaseId]:
    """Note as reckoned what stands as it was read, and say which cases these are, with their members. Of what was
    spoken of meanwhile, or reckoned by another who read it later, nothing may be kept: it would stand for good."""
    marks = _marks(connection, done.basis, done.members)
    overtaken = {
        lead for case, lead in done.members.items() if marks.get(case) != done.cases.get(case)
    }
    settled = frozenset(case for case, lead in done.members.items() if lead not in overtaken)
    drop_among(connection, _DONE, sorted(settled), (done.basis,))
    floor = milliseconds(now - BACK)
    run(connection, _FLOOR, (floor, done.basis, floor))
    return settled


def _marks(connection: Connection, basis: int, cases: Collection[str]) -> dict[CaseId, int]:
    found = run_among(connection, _MARKS, cases, (basis,))
    return {CaseId(case): int(mark) for case, mark in found}


def _drawn() -> int:
    """One that nobody had."""
    return secrets.randbits(52)


def is_over(until: datetime | None, now: datetime) -> bool:
    """Whether what is told up to then need not be kept."""
    return until is not None and until <= now - BACK
