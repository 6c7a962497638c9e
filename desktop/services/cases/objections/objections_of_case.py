"""The objections of a case with how far each got, numbered as people name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.orders.objection_release import (
    MeasureRelease,
    ObjectionState,
    objection_clocks,
    releases_of,
    state_of_objection,
)
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.holder_objection import HolderObjection
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.rules import RulePack
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.ports import Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """``number``: its place among those of the case, from 1. ``owner``: the report that holds it. ``due``: until when
    the next step is to be done."""

    objection: HolderObjection
    number: int
    owner: CaseId
    state: ObjectionState
    releases: tuple[MeasureRelease, ...] = ()
    due: datetime | None = None


def objection_views(
    rules: RulePack,
    file: CaseFile,
    now: datetime,
    origins: Mapping[str, CaseId],
) -> tuple[ObjectionView, ...]:
    """Those of a case, oldest first."""
    clocks = objection_clocks(rules, file.case.objections, file.orders)
    dues = {clock.subject.partition("/")[2]: clock.at for clock in clocks}
    return tuple(
        ObjectionView(
            item,
            number,
            origins.get(item.id, file.case.id),
            state_of_objection(item, file, now),
            releases_of(item, file.orders, now),
            dues.get(item.id),
        )
        for number, item in enumerate(file.case.objections, start=1)
    )


def list_objections(session: Session, case: CaseId) -> tuple[ObjectionView, ...]:
    """The objections of a case, with those of the reports merged into it.

    Raises ``UserInputError("case.unknown")``.
    """
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return views_in(session, reader, case)


def open_objections(session: Session) -> tuple[tuple[str, ObjectionView], ...]:
    """(number of the case, objection) of everything that wants somebody, the first due in front."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        found = [
            (facts.number, view)
            for facts in reader.clock_facts(cases=reader.objected_cases())
            if facts.objections
            for view in views_in(session, reader, facts.case)
            if view.state not in _DONE
        ]
    return tuple(
        sorted(found, key=lambda row: (row[1].due is None, row[1].due, row[1].objection.id))
    )


_DONE = frozenset({ObjectionState.CLOSED, ObjectionState.WITHDRAWN})


def views_in(session: Session, reader: Reader, case: CaseId) -> tuple[ObjectionView, ...]:
    """The same within a transaction."""
    file, merger = whole_in(reader, case)
    return objection_views(session.rules, file, session.clock.now(), merger.origins)


def view_in(session: Session, reader: Reader, case: CaseId, key: str) -> ObjectionView:
    """One of them by its id or its number in the case; raises ``UserInputError("objection.unknown")``."""
    views = views_in(session, reader, case)
    found = next((v for v in views if key.strip() in (v.objection.id, str(v.number))), None)
    if found is None:
        raise UserInputError("objection.unknown")
    return found
