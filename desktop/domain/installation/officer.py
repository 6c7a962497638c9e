"""Officers, their roles, and what each role may do (GB/T 22239-2019 8.1.4: least privilege)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

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
    BANK_CLERK = "bank_clerk"
    CARRIER_CLERK = "carrier_clerk"
    ANALYST = "analyst"
    DUTY_LEADER = "duty_leader"


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
    SEE_ORDERS = "see_orders"
    """Look at orders: of a clerk those to the own institution, of anybody else all of them."""
    ANSWER_ORDERS = "answer_orders"
    """At a centre: take these orders in hand and record what was answered to them."""
    DECIDE_LINKS = "decide_links"
    """Decide which cases belong together."""
    LEAD_SHIFT = "lead_shift"
    """At a centre: give what one seat has in hand to another, say who is on duty and whom institutions answer by."""


_READ = frozenset({Permission.READ_CASES, Permission.SEE_ORDERS})
_WORK = _READ | {
    Permission.WRITE_CASES,
    Permission.ISSUE_ORDERS,
    Permission.ADD_EVIDENCE,
    Permission.EXCHANGE,
    Permission.DECIDE_LINKS,
}
_CLERK = frozenset({Permission.SEE_ORDERS, Permission.ANSWER_ORDERS})
_DISPATCH = _WORK | {Permission.DISPATCH, Permission.ANSWER_ORDERS}

_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.FRONT_DESK: _WORK,
    Role.INVESTIGATOR: _WORK,
    Role.APPROVER: _WORK | {Permission.APPROVE_ORDERS, Permission.APPROVE_FILES},
    Role.CUSTODIAN: _READ | {Permission.ADD_EVIDENCE},
    Role.AUDITOR: frozenset({Permission.AUDIT}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.ADMINISTER, Permission.EXCHANGE, Permission.APPROVE_FILES}
    ),
    Role.DISPATCHER: _DISPATCH,
    Role.BANK_CLERK: _CLERK,
    Role.CARRIER_CLERK: _CLERK,
    Role.ANALYST: _READ | {Permission.DECIDE_LINKS},
    Role.DUTY_LEADER: _DISPATCH | {Permission.LEAD_SHIFT},
}

CLERKS: Final = frozenset({Role.BANK_CLERK, Role.CARRIER_CLERK})
"""Roles of people of an institution who sit at the centre: they reach its orders and nothing else."""
SMALL_STATION = (Role.FRONT_DESK, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)
"""The roles of a station's first officer where nobody said otherwise."""
CENTRE_ROLES = (
    Role.DISPATCHER,
    Role.DUTY_LEADER,
    Role.APPROVER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)
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
CENTRE_OFFERS = (
    Role.DISPATCHER,
    Role.FRONT_DESK,
    Role.BANK_CLERK,
    Role.CARRIER_CLERK,
    Role.ANALYST,
    Role.DUTY_LEADER,
    *_OF_BOTH,
)
"""The same of a centre: its seats first."""
_LONGEST_NUMBER = 20
_LONGEST_INSTITUTION: Final = 60
_OF: Final = ":"
"""Between the role of a clerk and the institution, in one text: a field of its own would be refused by programs of
before, which take a role that they do not know for none."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who signs in: police number, name, roles. ``institutions``: whose orders a clerk works on, by the name
    of the head office; nobody else has any."""

    number: str
    name: str
    roles: tuple[Role, ...]
    institutions: tuple[str, ...] = ()

    def may(self, permission: Permission) -> bool:
        """Whether any of the officer's roles grants ``permission``."""
        return any(permission in _GRANTS[role] for role in self.roles)

    @property
    def only_audits(self) -> bool:
        """Whether the officer is here to read the audit and for nothing else."""
        return {p for p in Permission if self.may(p)} == {Permission.AUDIT}

    @property
    def only_own_institution(self) -> bool:
        """Whether the officer reaches the orders of the own institution and no case."""
        return self.may(Permission.SEE_ORDERS) and not self.may(Permission.READ_CASES)

    @property
    def vouches(self) -> bool:
        """Whether the officer counts as one of two: enrolled, not dismissed, and not of an institution alone."""
        return not CLERKS.issuperset(self.roles)

    def to_fields(self) -> Fields:
        """Journal fields of subject ``officer/<number>``."""
        return {"name": self.name, "roles": [*self._recorded_roles()]}

    def _recorded_roles(self) -> Iterator[str]:
        for role in self.roles:
            if role in CLERKS and self.institutions:
                yield from (f"{role.value}{_OF}{name}" for name in self.institutions)
            else:
                yield role.value


def officer_from_fields(officer_number: str, fields: Fields) -> Officer:
    """The officer behind ``officer/<number>``; roles this program does not know grant nothing, nor does one that has an
    institution and is no clerk's: programs of before know neither."""
    recorded = [recorded_role(one) for one in texts(fields, "roles")]
    known = {role.value for role in Role}
    roles = dict.fromkeys(
        Role(name) for name, of in recorded if name in known and (not of or name in CLERKS)
    )
    places = dict.fromkeys(of for name, of in recorded if of and name in CLERKS)
    return Officer(officer_number, text(fields, "name"), tuple(roles), tuple(places))


def recorded_role(recorded: str) -> tuple[str, str]:
    """A role as the journal has it: its name, and of a clerk the institution, else ""."""
    name, _, institution = recorded.partition(_OF)
    return name, institution


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


def check_seat(officer: Officer) -> None:
    """Raises ``UserInputError`` ``officer.roles`` for none, ``officer.institution`` for a clerk of no institution, and
    for an institution of somebody else."""
    if not officer.roles:
        raise UserInputError("officer.roles")
    names = officer.institutions
    sound = all(name.strip() and name.isprintable() for name in names)
    short = all(len(name) <= _LONGEST_INSTITUTION for name in names)
    if bool(names) is CLERKS.isdisjoint(officer.roles) or not (sound and short):
        raise UserInputError("officer.institution", most=_LONGEST_INSTITUTION)


def parse_roles(text: str) -> tuple[Role, ...]:
    """Roles by name, comma separated; raises ``UserInputError("officer.roles")``."""
    try:
        return tuple(Role(name.strip()) for name in text.split(",") if name.strip())
    except ValueError as error:
        raise UserInputError("officer.roles") from error
