"""Duplicate reports that were merged, as rows: where each case points, and so which cases are shown as one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.case_merge import INTO, CaseGroup, leader
from desktop.domain.fields import text
from desktop.domain.ids import CaseId
from desktop.storage.subjects import key_of
from desktop.storage.values import Heads, shown_fields

_NOTE: Final = "INSERT OR REPLACE INTO case_link (case_id, into_id) VALUES (?, ?)"
_FORGET: Final = "DELETE FROM case_link WHERE case_id = ?"
_ANY: Final = "SELECT 1 FROM case_link LIMIT 1"
_BESIDE: Final = (
    "SELECT case_id, into_id FROM case_link WHERE case_id = ?1 "
    "UNION SELECT case_id, into_id FROM case_link WHERE into_id = ?1"
)
_REGISTERED: Final = (
    "SELECT 1 FROM value WHERE subject = ? AND field = 'accepted_at' AND value <> '\"\"'"
)


def take_links(
    connection: Connection, cases: Collection[str], touched: Mapping[str, Heads]
) -> frozenset[str]:
    """Note where the touched cases point now; every case whose group is or was that of one of ``cases``.

    ``touched`` are subjects with their current values.
    """
    links = {
        key_of(name): text(shown_fields(item, (INTO,)), INTO)
        for name, item in touched.items()
        if name.startswith("case/") and INTO in item
    }
    if not links and connection.exec_driver_sql(_ANY).first() is None:
        return frozenset()
    before = {other for case in cases for other in _component(connection, case)}
    for case, into in links.items():
        if into and into != case:
            connection.exec_driver_sql(_NOTE, (case, into))
        else:
            connection.exec_driver_sql(_FORGET, (case,))
    after = {other for case in cases for other in _component(connection, case)}
    return frozenset(before | after)


def group_of(connection: Connection, case: str) -> CaseGroup:
    """The group a case is shown in."""
    if connection.exec_driver_sql(_ANY).first() is None:
        return CaseGroup(CaseId(case))
    links = _component(connection, case)
    lead = leader({name: into for name, into in links.items() if into}, case)
    return CaseGroup(CaseId(lead), tuple(CaseId(name) for name in sorted(links) if name != lead))


def _component(connection: Connection, case: str) -> dict[str, str]:
    """Every case that hangs together with ``case`` → where it points. A pointer to or from a report that has not
    arrived here yet waits for it."""
    found: dict[str, str] = {}
    waiting = [case]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = ""
        for here, into in connection.exec_driver_sql(_BESIDE, (name,)):
            other = into if here == name else here
            if not (_registered(connection, name) and _registered(connection, other)):
                continue
            if here == name:
                found[name] = into
            waiting.append(other)
    return found


def _registered(connection: Connection, case: str) -> bool:
    return connection.exec_driver_sql(_REGISTERED, (f"case/{case}",)).first() is not None
