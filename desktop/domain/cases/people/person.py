"""人员流: who stands behind the accounts and numbers of a fraud, and how each is known.

What is recorded is a tie: that somebody has to do with a case, an account or a number, who says so, how sure it is,
and which officer took it in and when. A person is every tie of one: those recorded as one, those with the same number
of identity, and those that people called the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.masking import masked_account, masked_id
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import LONG_TEXT, NAME, TIME, loosely
from desktop.domain.records.fields import Fields, text

PERSON: Final = "person"
"""Kind of subject of a tie."""
SAMENESS: Final = "person_link"
"""Kind of subject of a decision about two persons."""
_SHORTEST: Final = 6
"""Characters below which a number of identity tells nobody apart."""


class PersonRole(StrEnum):
    """What somebody has to do with the fraud."""

    SUSPECT = "suspect"
    """犯罪嫌疑人。"""
    HOLDER = "holder"
    """开户人（卡主）。"""
    LINE_OWNER = "line_owner"
    """机主。"""
    WITHDRAWER = "withdrawer"
    """取现人（车手）。"""
    RUNNER = "runner"
    """跑分人员。"""
    DEALER = "dealer"
    """卡商、收卡人。"""
    OTHER = "other"


class TieKind(StrEnum):
    """What somebody is tied to."""

    ACCOUNT = "account"
    PHONE = "phone"
    CASE = "case"


class TieSource(StrEnum):
    """Who says so."""

    REPLY = "reply"
    REPORT = "report"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class TypedTie:
    """A tie before it is recorded. ``value``: the account or number, empty for the case alone; ``ref``: the subject it
    was taken from; ``person``: whose tie it is, empty for a person nobody recorded yet."""

    name: str = ""
    id_number: str = ""
    role: PersonRole = PersonRole.SUSPECT
    kind: TieKind = TieKind.CASE
    value: str = ""
    bank: str = ""
    certainty: Certainty = Certainty.TOLD
    source: TieSource = TieSource.OFFICER
    ref: str = ""
    note: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class PersonTie:
    """The facts of subject ``person/<id>``. ``withdrawn``: why it counts no more."""

    id: PersonId
    case: CaseId
    typed: TypedTie
    by: str
    at: datetime
    withdrawn: str = ""

    @property
    def person(self) -> str:
        """The first tie of the person it was recorded for; its own id where it is the first."""
        return self.typed.person or self.id

    def to_fields(self) -> Fields:
        """Journal fields of subject ``person/<id>``."""
        return TIE_FIELDS.to_fields(self)


TIE_FIELDS: Final = FieldTable(
    PersonTie,
    (
        FieldRow("case", NAME, hidden=True),
        FieldRow("person", attribute="typed.person", hidden=True),
        FieldRow("name", attribute="typed.name", searched=True),
        FieldRow("id_number", attribute="typed.id_number", mask=masked_id, searched=True),
        FieldRow("role", loosely(PersonRole, "", NAME), "typed.role", codes="people.role"),
        FieldRow("tie", loosely(TieKind, "", NAME), "typed.kind", codes="people.kind"),
        FieldRow("value", attribute="typed.value", mask=masked_account, searched=True),
        FieldRow("bank", attribute="typed.bank"),
        FieldRow("read_from", loosely(Certainty, Certainty.GUESSED), "typed.certainty", codes="intake.certainty"),
        FieldRow("told_by", loosely(TieSource, TieSource.OFFICER), "typed.source", codes="people.source"),
        FieldRow("ref", attribute="typed.ref", hidden=True),
        FieldRow("note", LONG_TEXT, "typed.note", searched=True),
        FieldRow("by"),
        FieldRow("at", TIME),
        FieldRow("withdrawn", LONG_TEXT, later=True),
    ),
)  # fmt: skip


def ties_of(parts: Mapping[str, Fields]) -> tuple[PersonTie, ...]:
    """The ties behind ``person/<id>``, by id, oldest first; what a newer program wrote in its own words is left out."""
    found = (_tie(name, fields) for name, fields in parts.items())
    return tuple(sorted((tie for tie in found if tie), key=lambda tie: (tie.at, tie.id)))


def _tie(name: str, fields: Fields) -> PersonTie | None:
    role, kind = text(fields, "role"), text(fields, "tie")
    if not text(fields, "at") or role not in set(PersonRole) or kind not in set(TieKind):
        return None
    return TIE_FIELDS.from_fields(fields, id=PersonId(name))


def identity_key(number: str) -> str:
    """By what somebody is known again: the number of identity, half-width and without blanks; empty for one that is
    masked or too short to tell people apart."""
    plain = "".join(unicodedata.normalize("NFKC", number).upper().split()).replace("-", "")
    return plain if len(plain) >= _SHORTEST and "*" not in plain else ""


@dataclass(frozen=True, slots=True)
class Person:
    """Everything tied to one. ``key``: the first of the ties known here."""

    key: str
    ties: tuple[PersonTie, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Each name once, the surest first; a masked one only where there is no other."""
        names = _distinct(tie.typed.name for tie in _surest(self.ties))
        whole = tuple(name for name in names if "*" not in name)
        return whole or names

    @property
    def id_numbers(self) -> tuple[str, ...]:
        """Each number of identity once, the surest first."""
        return _distinct(tie.typed.id_number for tie in _surest(self.ties))

    @property
    def roles(self) -> tuple[PersonRole, ...]:
        """In the order of roles."""
        held = {tie.typed.role for tie in self.ties}
        return tuple(role for role in PersonRole if role in held)

    @property
    def cases(self) -> tuple[CaseId, ...]:
        """Each case once."""
        return tuple(dict.fromkeys(tie.case for tie in self.ties))

    def values(self, kind: TieKind) -> tuple[str, ...]:
        """The accounts or numbers, each once."""
        return _distinct(tie.typed.value for tie in self.ties if tie.typed.kind is kind)


_SURENESS: Final = (Certainty.RECEIPT, Certainty.TOLD, Certainty.GUESSED)


def _surest(ties: Iterable[PersonTie]) -> list[PersonTie]:
    return sorted(ties, key=lambda tie: _SURENESS.index(tie.typed.certainty))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def sameness_subject(one: str, other: str) -> str:
    """Subject of the decision about two persons, whichever is named first."""
    first, second = sorted((one, other))
    return f"{SAMENESS}/{first}+{second}"
