"""Officers, their roles, and what each role may do (GB/T 22239-2019 8.1.4: least privilege)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.errors import UserInputError
from desktop.domain.records.fields import Fields, text, texts


class Role(StrEnum):
    """What an officer is trusted with. A small station may give one person several."""

    FRONT_DESK = "front_desk"
    INVESTIGATOR = "investigator"
    APPROVER = "approver"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    DISPATCHER = "dispatcher"


class Permission(StrEnum):
    """One kind of act; services ask for it by name."""

    READ_CASES = "read_cases"
    WRITE_CASES = "write_cases"
    ISSUE_ORDERS = "issue_orders"
    APPROVE_ORDERS = "approve_orders"
    ADD_EVIDENCE = "add_evidence"
    EXCHANGE = "exchange"
    ADMINISTER = "administer"
    AUDIT = "audit"
    DISPATCH = "dispatch"
    APPROVE_FILES = "approve_files"
    """Templates, wording and rules changed outside the program become the unit's own."""


_WORK = frozenset(
    {
        Permission.READ_CASES,
        Permission.WRITE_CASES,
        Permission.ISSUE_ORDERS,
        Permission.ADD_EVIDENCE,
        Permission.EXCHANGE,
    }
)

_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.FRONT_DESK: _WORK,
    Role.INVESTIGATOR: _WORK,
    Role.APPROVER: _WORK | {Permission.APPROVE_ORDERS, Permission.APPROVE_FILES},
    Role.CUSTODIAN: frozenset({Permission.READ_CASES, Permission.ADD_EVIDENCE}),
    Role.AUDITOR: frozenset({Permission.AUDIT}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.ADMINISTER, Permission.EXCHANGE, Permission.APPROVE_FILES}
    ),
    Role.DISPATCHER: _WORK | {Permission.DISPATCH},
}

SMALL_STATION = (Role.FRONT_DESK, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)
"""The roles of a station's first officer where nobody said otherwise."""
CENTRE_ROLES = (Role.DISPATCHER, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)
"""The same of a centre."""
_OF_BOTH = (
    Role.APPROVER,
    Role.INVESTIGATOR,
    Role.CUSTODIAN,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
STATION_OFFERS = (Role.FRONT_DESK, *_OF_BOTH)
"""What a further officer of a station may be, the usual first."""
CENTRE_OFFERS = (Role.DISPATCHER, *_OF_BOTH)
"""The same of a centre."""
_LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who signs in: police number, name, roles."""

    number: str
    name: str
    roles: tuple[Role, ...]

    def may(self, permission: Permission) -> bool:
        """Whether any of the officer's roles grants ``permission``."""
        return any(permission in _GRANTS[role] for role in self.roles)

    @property
    def only_audits(self) -> bool:
        """Whether the officer is here to read the audit and for nothing else."""
        return {p for p in Permission if self.may(p)} == {Permission.AUDIT}

    def to_fields(self) -> Fields:
        """Journal fields of subject ``officer/<number>``."""
        return {"name": self.name, "roles": [role.value for role in self.roles]}


def officer_from_fields(officer_number: str, fields: Fields) -> Officer:
    """The officer behind ``officer/<number>``; roles this program does not know grant nothing."""
    known = {role.value for role in Role}
    roles = tuple(Role(name) for name in texts(fields, "roles") if name in known)
    return Officer(officer_number, text(fields, "name"), roles)


def is_officer_number(text: str) -> bool:
    """Whether somebody can be enrolled and sign in under it. Mostly six digits; those of auxiliary officers are
    longer, and some have letters."""
    return text.isascii() and text.isalnum() and len(text) <= _LONGEST_NUMBER


def check_officer(number: str, name: str) -> None:
    """Raises ``UserInputError`` ``officer.number`` or ``officer.name`` for what nobody could sign in with."""
    if not is_officer_number(number):
        raise UserInputError("officer.number")
    if not name.strip() or not name.isprintable():
        raise UserInputError("officer.name")


def parse_roles(text: str) -> tuple[Role, ...]:
    """Roles by name, comma separated; raises ``UserInputError("officer.roles")``."""
    try:
        return tuple(Role(name.strip()) for name in text.split(",") if name.strip())
    except ValueError as error:
        raise UserInputError("officer.roles") from error
