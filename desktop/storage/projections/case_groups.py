"""Duplicate reports that were merged, as rows: where each case points, and so which cases are shown as one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.merge import INTO, CaseGroup, leader
from desktop.domain.ids import CaseId
from desktop.domain.records.fields import text
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import heads, shown_fields
from desktop.storage.database.statements import run, run_among

_NOTE: Final = (
    "INSERT INTO case_link (case_id, into_id) VALUES (?, ?) "
    "ON CONFLICT (case_id) DO UPDATE SET into_id = excluded.into_id"
)
_FORGET: Final = "DELETE FROM case_link WHERE case_id = ?"
_ANY: Final = "SELECT 1 FROM case_link LIMIT 1"
_LINKED: Final = (
    "SELECT name FROM EACH ? WHERE EXISTS (SELECT 1 FROM case_link WHERE case_id = name) "
    "OR EXISTS (SELECT 1 FROM case_link WHERE into_id = name)"
)
_BESIDE: Final = (
    "SELECT case_id, into_id FROM case_link WHERE case_id = ? "
    "UNION SELECT case_id, into_id FROM case_link WHERE into_id = ?"
)


def take_links(
    connection: Connection, cases: Collection[str], touched: Mapping[str, Heads]
) -> frozenset[str]:
    """Note where the touched cases point now; every case that is or was in a group with one of ``cases``.

    ``touched`` are subjects with their current values.
    """
    links = {
        key_of(name): text(shown_fields(item, (INTO,)), INTO)
        for name, item in touched.items()
        if name.startswith("case/") and INTO in item
    }
    if not links and run(connection, _ANY).first() is None:
        return frozenset()
    before = _beside(connection, cases)
    for case, into in links.items():
        if into and into != case:
            run(connection, _NOTE, (case, into))
        else:
            run(connection, _FORGET, (case,))
    return frozenset(before | _beside(connection, cases))


def _beside(connection: Connection, cases: Collection[str]) -> set[str]:
    linked = _linked(connection, cases)
    return {other for case in linked for other in _component(connection, case)}


def _linked(connection: Connection, cases: Collection[str]) -> set[str]:
    """Those of ``cases`` that point or are pointed to; of all others nobody need be asked one by one."""
    if run(connection, _ANY).first() is None:
        return set()
    return {row[0] for row in run_among(connection, _LINKED, cases)}


def group_of(connection: Connection, case: str) -> CaseGroup:
    """The group a case is shown in."""
    if run(connection, _ANY).first() is None:
        return CaseGroup(CaseId(case))
    links = _component(connection, case)
    lead = leader({name: into for name, into in links.items() if into}, case)
    return CaseGroup(CaseId(lead), tuple(CaseId(name) for name in sorted(links) if name != lead))


def groups_of(connection: Connection, cases: Collection[str]) -> dict[str, CaseGroup]:
    """Case → its group."""
    linked = _linked(connection, cases)
    return {
        case: group_of(connection, case) if case in linked else CaseGroup(CaseId(case))
        for case in cases
    }


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
        for here, into in run(connection, _BESIDE, (name, name)):
            other = into if here == name else here
            if not (_registered(connection, name) and _registered(connection, other)):
                continue
            if here == name:
                found[name] = into
            waiting.append(other)
    return found


def _registered(connection: Connection, case: str) -> bool:
    name = f"case/{case}"
    accepted = heads(connection, (name,))[name].get("accepted_at", ())
    return any(item.value != "" for item in accepted)
