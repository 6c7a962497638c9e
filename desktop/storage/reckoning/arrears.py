"""Which cases the journal spoke of since they were reckoned, for each basis that somebody reckons on.

What is reckoned rests on rules, which no entry tells, so projections can not hold it. What writes projections notes
here which cases may come to something else now; whoever wants a list or figures has those reckoned first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId
from desktop.domain.time.clock import to_wire
from desktop.services.ports.database.reckoned_rows import Arrears, Basis
from desktop.storage.database.statements import drop_among, run, run_among
from desktop.storage.reckoning import bases
from desktop.storage.reckoning.milliseconds import FAR, milliseconds

_EVERY: Final = (
    "INSERT INTO to_reckon (basis, case_id, mark) SELECT DISTINCT CAST(? AS bigint), case_id, CAST(? AS bigint) "
    "FROM (SELECT case_id FROM case_card UNION SELECT case_id FROM order_row) every_case"
)
_NOTE: Final = (
    "INSERT INTO to_reckon (basis, case_id, mark) SELECT basis, name, CAST(? AS bigint) "  # noqa: S608 - own names
    f"FROM reckoning CROSS JOIN EACH ? WHERE {bases.IN_USE} "
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
        ("figures_row", "f.part = 0 AND f.until > '' AND f.until <= ?", to_wire),
        ("figures_row", "f.part = 0 AND f.since > ?", to_wire),
        ("board_row", f"f.until <> {FAR} AND f.until <= ?", milliseconds),
        ("board_row", f"f.since <> -{FAR} AND f.since > ?", milliseconds),
    )
)
"""Figures and cards that count for another time than the one given, spelled as they have it."""
_WAITING: Final = "SELECT count(*) FROM to_reckon WHERE basis = ?"
_NEXT: Final = "SELECT case_id FROM to_reckon WHERE basis = ? ORDER BY case_id LIMIT ?"
_MARKS: Final = "SELECT case_id, mark FROM to_reckon WHERE basis = ? AND case_id AMONG ?"
_TOGETHER: Final = (
    "SELECT m.case_id, m.lead_id FROM case_card c JOIN case_card m ON m.lead_id = c.lead_id "
    "WHERE c.case_id AMONG ?"
)
_DONE: Final = "DELETE FROM to_reckon WHERE basis = ? AND case_id AMONG ?"


def note(connection: Connection, cases: Collection[str]) -> None:
    """These cases may come to something else now. Each time under another mark: who reckoned them before does not know
    of this."""
    drop_among(connection, _NOTE, sorted(cases), (bases.drawn(),))


def find_basis(connection: Connection, mark: str, now: datetime) -> Basis | None:
    """See :meth:`desktop.services.ports.database.reckoned_rows.ReckonedQueries.find_basis`."""
    found = bases.find(connection, mark, now)
    if found is None:
        return None
    number, is_used = found
    ran_out = any(
        run(connection, f"SELECT 1 {over} LIMIT 1", (number, spelled(now))).first() is not None
        for over, spelled in _OVER
    )
    return Basis(number, in_order=is_used and not ran_out and not bases.some_are_left(connection))


def put_in_order(connection: Connection, mark: str, now: datetime) -> int:
    """See :meth:`desktop.services.ports.Transaction.put_basis_in_order`."""
    number, is_used = bases.find(connection, mark, now) or (_begun(connection, mark, now), False)
    for over, spelled in _OVER:
        run(connection, f"{_NOTE_ONE} {over}", (bases.drawn(), number, spelled(now)))
    if not is_used:
        bases.use(connection, number, now)
    bases.take_some_away(connection)
    return number


def _begun(connection: Connection, mark: str, now: datetime) -> int:
    """A new basis, on which every case waits."""
    number = bases.begin(connection, mark, now)
    run(connection, _EVERY, (number, bases.drawn()))
    return number


def arrears(connection: Connection, basis: int, most: int) -> Arrears:
    """See :meth:`desktop.services.ports.database.reckoned_rows.ReckonedQueries.arrears`."""
    members = together(connection, run(connection, _NEXT, (basis, most)).scalars().all())
    # Reports that were merged are reckoned together, so they are settled together.
    marks = _marks(connection, basis, members)
    return Arrears(basis, marks, members)


def waiting(connection: Connection, basis: int) -> int | None:
    """See :meth:`desktop.services.ports.database.reckoned_rows.ReckonedQueries.waiting`."""
    if not bases.stands(connection, basis):
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
    bases.raise_floor(connection, done.basis, now)
    return settled


def _marks(connection: Connection, basis: int, cases: Collection[str]) -> dict[CaseId, int]:
    found = run_among(connection, _MARKS, cases, (basis,))
    return {CaseId(case): int(mark) for case, mark in found}
