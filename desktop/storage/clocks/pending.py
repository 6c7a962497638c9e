"""Which cases the journal spoke of since their clocks were reckoned.

Ends of clocks rest on rules, which no entry tells, so projections can not hold them. What writes projections notes here
whose clocks may be others now; whoever lists by clocks has those reckoned first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.services.ports.database.clock_rows import ClockArrears
from desktop.storage.clocks.order_rows import milliseconds
from desktop.storage.database.statements import drop_among, run, run_among
from desktop.storage.tables import case_clock, clock_basis, clock_pending, order_clock

_NOTE: Final = (
    "INSERT INTO clock_pending (case_id, mark) SELECT name, 1 FROM EACH ? WHERE true "
    "ON CONFLICT (case_id) DO UPDATE SET mark = clock_pending.mark + 1"
)
_NEXT: Final = "SELECT case_id, mark FROM clock_pending ORDER BY case_id LIMIT ?"
_LEFT: Final = f"SELECT count(*) FROM {clock_pending.name}"  # noqa: S608 - own names
_BASIS: Final = "SELECT reckoned FROM clock_basis WHERE basis = ? AND reckoned <= ?"
_TURN: Final = "UPDATE clock_basis SET reckoned = ? WHERE basis = ? AND reckoned = ?"
_BACK: Final = timedelta(days=7)
"""By how much the machine's clock may go back: what was over for longer is not kept."""
_TOGETHER: Final = (
    "SELECT m.case_id FROM case_card c JOIN case_card m ON m.lead_id = c.lead_id "
    "WHERE c.case_id AMONG ?"
)
_DONE: Final = "DELETE FROM clock_pending WHERE case_id = ? AND mark = ?"
_EVERY: Final = (
    "INSERT INTO clock_pending (case_id, mark) SELECT DISTINCT case_id, 1 FROM ("
    "SELECT case_id FROM case_card UNION SELECT case_id FROM order_row) every_case WHERE true "
    "ON CONFLICT (case_id) DO UPDATE SET mark = clock_pending.mark + 1"
)


def note_pending(connection: Connection, cases: Collection[str]) -> None:
    """The clocks of these cases may be others now."""
    drop_among(connection, _NOTE, sorted(cases))


def arrears(connection: Connection, basis: str, now: datetime, most: int) -> ClockArrears:
    """See :meth:`desktop.services.ports.database.clock_rows.ClockQueries.clock_arrears`."""
    turn = _turn(connection, basis, now)
    if turn is None:
        return ClockArrears(known=False, cases={}, members=(), left=0)
    cases = {CaseId(row[0]): int(row[1]) for row in run(connection, _NEXT, (most,))}
    if not cases:
        return ClockArrears(known=True, cases={}, members=(), left=0)
    left, members = int(run(connection, _LEFT).scalar_one()), together(connection, cases)
    return ClockArrears(known=True, cases=cases, members=members, left=left, basis=basis, turn=turn)


def _turn(connection: Connection, basis: str, now: datetime) -> int | None:
    """When was reckoned last on this basis; None where what is kept was reckoned on none, or on another."""
    found = run(connection, _BASIS, (basis, milliseconds(now + _BACK))).scalar()
    return None if found is None else int(found)


def together(connection: Connection, cases: Collection[str]) -> frozenset[CaseId]:
    """These cases with all that are shown as one with them."""
    names = run_among(connection, _TOGETHER, cases)
    return frozenset(CaseId(name) for name in (*cases, *(row[0] for row in names)))


def is_over(until: datetime | None, now: datetime) -> bool:
    """Whether what is told up to then need not be kept."""
    return until is not None and until <= now - _BACK


def begin_anew(connection: Connection, basis: str, now: datetime) -> None:
    """Reckon every case on another basis; what was kept on the former one is no more. Nothing where somebody else did
    so meanwhile."""
    if _turn(connection, basis, now) is not None:
        return
    for table in (order_clock, case_clock, clock_basis):
        run(connection, f"DELETE FROM {table.name}")  # noqa: S608 - own names
    run(connection, _EVERY)
    begun = (basis, milliseconds(now))
    run(connection, "INSERT INTO clock_basis (basis, reckoned) VALUES (?, ?)", begun)


def take_turn(connection: Connection, reckoned: ClockArrears, now: datetime) -> bool:
    """Whether nobody else kept anything since these cases were read. Of two who reckon at once the slower would else
    put what it read before in the place of what the quicker read since, with nothing left that waits."""
    later = max(milliseconds(now), reckoned.turn + 1)
    return run(connection, _TURN, (later, reckoned.basis, reckoned.turn)).rowcount == 1


def settle(connection: Connection, cases: Mapping[CaseId, int]) -> None:
    """These were reckoned as they stood at their marks; what was told of since waits on."""
    if cases:
        run(connection, _DONE, sorted(cases.items()))
