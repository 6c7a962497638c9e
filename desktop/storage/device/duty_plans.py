"""Contacts of institutions and shifts of a centre; see :mod:`desktop.domain.installation.duty_plan`."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.time.clock import from_wire, to_wire
from desktop.storage.dialects import dialect_of
from desktop.storage.tables import duty_plan

_CONTACT: Final = "contact"
_SHIFT: Final = "shift"


def contacts(connection: Connection) -> tuple[OnCall, ...]:
    """Every contact, by institution."""
    return tuple(
        OnCall(name, found["desk"], found["phone"], found["hours"])
        for name, found in _all_of(connection, _CONTACT)
    )


def shifts(connection: Connection) -> tuple[DutyShift, ...]:
    """Every shift, the first in front."""
    return tuple(
        DutyShift(
            from_wire(name), from_wire(found["ends"]), found["leader"], found["approver"], tuple(found["others"]),
        )
        for name, found in _all_of(connection, _SHIFT)
    )  # fmt: skip


def keep_contact(connection: Connection, contact: OnCall) -> None:
    """In the place of the institution's other one."""
    document = {"desk": contact.desk, "phone": contact.phone, "hours": contact.hours}
    _keep(connection, _CONTACT, contact.institution, document)


def keep_shift(connection: Connection, shift: DutyShift) -> None:
    """In the place of another that begins then."""
    document = {
        "ends": to_wire(shift.ends), "leader": shift.leader, "approver": shift.approver, "others": list(shift.others),
    }  # fmt: skip
    _keep(connection, _SHIFT, to_wire(shift.begins), document)


def drop_contact(connection: Connection, institution: str) -> None:
    """Nobody is to be rung there any more."""
    _drop(connection, _CONTACT, institution)


def drop_shift(connection: Connection, begins: str) -> None:
    """The shift that begins at this wire time is none any more."""
    _drop(connection, _SHIFT, begins)


def _all_of(connection: Connection, kind: str) -> list[tuple[str, dict[str, Any]]]:
    rows = connection.execute(
        select(duty_plan).where(duty_plan.c.kind == kind).order_by(duty_plan.c.name)
    )
    return [(row.name, json.loads(row.document)) for row in rows]


def _keep(connection: Connection, kind: str, name: str, document: dict[str, Any]) -> None:
    values = {"document": json.dumps(document)}
    connection.execute(
        dialect_of(connection)
        .upsert(duty_plan)
        .values(kind=kind, name=name, **values)
        .on_conflict_do_update(index_elements=["kind", "name"], set_=values)
    )


def _drop(connection: Connection, kind: str, name: str) -> None:
    connection.execute(delete(duty_plan).where(duty_plan.c.kind == kind, duty_plan.c.name == name))
