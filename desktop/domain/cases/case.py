"""A case as the desk knows it: the visit, the victim, the story, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.cases.answers import TICKED, words_of
from desktop.domain.cases.holder_objection import OBJECTIONS, HolderObjection
from desktop.domain.cases.interview import INTERVIEWS, Interview
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.cases.payments.way import WAYS, PaymentWay
from desktop.domain.cases.people.party import (
    PARTIES,
    Party,
    PartyRole,
    reporter_among,
    victim_as_party,
)
from desktop.domain.cases.people.victim import VICTIM_FIELDS, Victim
from desktop.domain.cases.sent_despite import SENT_DESPITE, SentDespite, sent_despite_of
from desktop.domain.identifiers import KINDS
from desktop.domain.ids import CaseId, IdentifierId
from desktop.domain.masking import masked_account
from desktop.domain.records.field_table import OPEN, FieldRow, FieldTable, Typed
from desktop.domain.records.field_types import FEN, LONG_TEXT, TIME, one_of, optional, text_of
from desktop.domain.records.fields import Fields, Json, mapping
from desktop.domain.records.record_family import RecordField

BRANCH: Final = "law.branch."
"""The beginning of the flags and questions of a branch of the law."""
_GUARDIAN: Final = f"{BRANCH}minor.guardian"
_ANSWER: Final = OPEN
REPORTER: Final = f"{OPEN}reporter"
"""The fact who of the parties reports."""
_FLAG: Final = "flag."
_CIRCUMSTANCE: Final = "circumstance."
FAMILIES: Final = (_ANSWER, _FLAG, _CIRCUMSTANCE)
"""Beginnings of fields of which a case has as many as were said."""
RECORD_FAMILIES: Final = (PARTIES, WAYS, INTERVIEWS, OBJECTIONS)
"""The kinds of records that a case keeps among its answers."""
_RECORDS: Final = tuple(family.beginning for family in RECORD_FAMILIES)


class Visit(StrEnum):
    """Why the person came."""

    REPORT = "report"
    ENQUIRY = "enquiry"
    TIP = "tip"
    DISSUASION = "dissuasion"


class CaseSource(StrEnum):
    """案件来源: how the case came to the police."""

    REPORT = "report"
    POLICE_110 = "police_110"
    TRANSFERRED = "transferred"
    CALL = "call"
    OWN_FINDING = "own_finding"


class CaseState(StrEnum):
    """The column of the board a case stands in."""

    NEW = "new"
    STOPPING = "stopping"
    FROZEN = "frozen"
    INVESTIGATING = "investigating"
    AWAITING_EVIDENCE = "awaiting_evidence"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Identifier:
    """涉诈线索: a number, address or name used by the fraud. ``normal`` is what links cases."""

    id: IdentifierId
    kind: str
    value: str
    normal: str
    note: str = ""
    certainty: Certainty | None = None
    """How sure it is: read off a receipt or a screen, told, or guessed; None when nobody said."""
    source: str = ""
    """Where it was found, in words: whose phone, which picture, who said so."""
    origin: str = ""
    """The place in an item of evidence, as :class:`~desktop.domain.evidence.place.EvidencePlace` writes it."""

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``identifier/<id>``."""
        return {"case": case, **IDENTIFIER_FIELDS.to_fields(self)}


IDENTIFIER_FIELDS: Final = FieldTable(
    Identifier,
    (
        FieldRow("kind", form="kind", typed=Typed.CHOICE, type=text_of(KINDS, ""), codes="intake.kind"),
        FieldRow("value", form="value", typed=Typed.WORDS, mask=masked_account, searched=True),
        FieldRow("normal", mask=masked_account, searched=True),
        FieldRow("note", LONG_TEXT, form="note", typed=Typed.WORDS, searched=True),
        FieldRow("read_from", optional(one_of(Certainty)), "certainty", form="certainty", typed=Typed.CHOICE,
                 document="certainty", codes="intake.certainty", seldom=True),
        FieldRow("source", LONG_TEXT, form="source", typed=Typed.WORDS, seldom=True),
        FieldRow("origin", form="origin", typed=Typed.KEPT, seldom=True),
    ),
)  # fmt: skip


def identifier_from_fields(identifier_id: str, fields: Fields) -> Identifier:
    """The identifier behind ``identifier/<id>``."""
    return IDENTIFIER_FIELDS.from_fields(fields, id=IdentifierId(identifier_id))


@dataclass(frozen=True, slots=True)
class OfficialNumbers:
    """正式编号: what the official register gave, typed here later. The desk itself never makes one.

    ``incident`` 接报案编号, ``acceptance`` 受案文号, ``case`` 案件编号. They are recorded apart from the other
    facts of a case, so that registering it again never clears them.
    """

    incident: str = ""
    acceptance: str = ""
    case: str = ""

    @property
    def registered(self) -> bool:
        """Whether the report is in the official register; until then every screen and paper says it is not."""
        return bool(self.incident)

    def to_fields(self) -> Fields:
        """Journal fields of subject ``case/<id>``."""
        return OFFICIAL_FIELDS.to_fields(self)


OFFICIAL_FIELDS: Final = FieldTable(
    OfficialNumbers,
    tuple(
        FieldRow(f"official.{name}", attribute=name) for name in ("incident", "acceptance", "case")
    ),
)


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of subject ``case/<id>``."""

    id: CaseId
    number: str
    visit: Visit
    type: str
    state: CaseState
    victim: Victim
    narrative: str
    accepted_at: datetime
    accepted_by: str
    unit_code: str
    unit_name: str
    answers: tuple[tuple[str, str], ...] = ()
    """Question id → what was said, or the mark of a reason; see :mod:`desktop.domain.cases.answers`."""
    flags: tuple[str, ...] = ()
    """Ids of what holds for the case: how money left besides transfers, which branch of the law it may take."""
    circumstances: tuple[tuple[str, str], ...] = ()
    """(id, who or what proves it) of each aggravating circumstance, and of what makes the victim special."""
    returned_fen: int = 0
    attempted_fen: int = 0
    official: OfficialNumbers = OfficialNumbers()
    converted_from: str = ""
    """The kind of visit it was before it became this one; empty when the person came for what it is."""
    source: str = ""
    """A code of :class:`CaseSource` or of a newer program; empty while nobody said."""
    reported_by: str = ""
    """The id of the party who reports; the victim does where it names none."""
    parties: tuple[Party, ...] = ()
    """Who else has to do with it, by id."""
    ways: tuple[PaymentWay, ...] = ()
    """How its payments left, where that was said, by id of the payment."""
    interviews: tuple[Interview, ...] = ()
    """When, where and by whom a person was interviewed, by id."""
    objections: tuple[HolderObjection, ...] = ()
    """Of holders of accounts against its stops and freezes, by id, which is by time."""
    sent_despite: tuple[SentDespite, ...] = ()
    """Why orders were sent although the check called something wrong; recorded with each order."""

    @property
    def reporter(self) -> Party:
        """Who reports: the victim unless another party is named."""
        return reporter_among(self.parties, self.reported_by) or victim_as_party(self.victim)

    @property
    def victim_is_organisation(self) -> bool:
        """Whether the first victim is no person."""
        return victim_as_party(self.victim).is_organisation

    @property
    def everyone(self) -> tuple[Party, ...]:
        """All parties, the first victim first."""
        return (victim_as_party(self.victim), *self.parties)

    def to_fields(self) -> Fields:
        """Journal fields of subject ``case/<id>``; official numbers are recorded apart.

        Every answer is a field, so that two desks can each ask on.
        """
        several: dict[str, Json] = {_ANSWER + name: answer for name, answer in self.answers}
        several |= {_FLAG + name: TICKED for name in self.flags}
        several |= {_CIRCUMSTANCE + name: proof or TICKED for name, proof in self.circumstances}
        for family in RECORD_FAMILIES:
            several |= family.to_fields(getattr(self, family.part))
        return {**several, **CASE_FIELDS.to_fields(self)}


CASE_FIELDS: Final = FieldTable(
    Case,
    (
        FieldRow("number", searched=True),
        FieldRow("visit", one_of(Visit, Visit.REPORT), form="visit", typed=Typed.CHOICE, page="reporter",
                 codes="case.visit"),
        FieldRow("converted_from", text_of(Visit, ""), form="converted_from", typed=Typed.KEPT,
                 codes="case.visit"),
        FieldRow("type", form="type", typed=Typed.CHOICE, page="story"),
        FieldRow("state", one_of(CaseState, CaseState.NEW), codes="board.state"),
        *(replace(row, attribute=f"victim.{row.attribute}") for row in VICTIM_FIELDS.rows),
        FieldRow("narrative", LONG_TEXT, form="narrative", typed=Typed.WORDS, page="story",
                 printed="narrative", searched=True),
        FieldRow("answer.case.source", text_of(CaseSource, ""), "source", "source", Typed.CHOICE, "reporter",
                 document="source", label="party.source", named="party.source", codes="party.source_is", seldom=True),
        FieldRow(REPORTER, attribute="reported_by", form="reported_by", typed=Typed.RECORD, page="reporter",
                 named="party.reporter"),
        FieldRow("accepted_at", TIME),
        FieldRow("accepted_by"),
        FieldRow("unit_code"),
        FieldRow("unit_name"),
        FieldRow("returned_fen", FEN, form="returned", typed=Typed.AMOUNT),
        FieldRow("attempted_fen", FEN, form="attempted", typed=Typed.AMOUNT),
    ),
)  # fmt: skip


def guardian_of(case: Case) -> str:
    """Who came with a minor, as it was noted, else the guardians among the parties; empty where nobody did."""
    guardians = (party.name for party in case.parties if PartyRole.GUARDIAN in party.roles)
    noted = words_of(dict(case.answers).get(_GUARDIAN, ""))
    return noted or "、".join(filter(None, guardians))


def case_from_fields(case_id: str, fields: Fields) -> Case:
    """The case behind ``case/<id>``."""
    several = {name: value for name, value in fields.items() if name.startswith(FAMILIES)}
    records = {family.part: family.from_fields(several) for family in RECORD_FAMILIES}
    return CASE_FIELDS.from_fields(
        fields,
        id=CaseId(case_id),
        **records,
        answers=_answers(mapping(fields, "answers"), several),
        flags=tuple(name for name, _ in family(several, _FLAG)),
        circumstances=tuple(
            (name, "" if proof == TICKED else proof)
            for name, proof in family(several, _CIRCUMSTANCE)
        ),
        official=OFFICIAL_FIELDS.from_fields(fields),
        sent_despite=sent_despite_of(fields),
    )


_AMONG_ANSWERS: Final = frozenset(row.key for row in CASE_FIELDS.rows if row.among_answers)


def is_question(member: str) -> bool:
    """Whether what stands among the answers under this id is an answer, and no fact or record of its own."""
    name = _ANSWER + member
    return name not in _AMONG_ANSWERS and not name.startswith((*_RECORDS, SENT_DESPITE))


def record_field(field: str) -> RecordField | None:
    """What a field says of which record among the answers; None for every other field."""
    families = (family.field_of(field) for family in RECORD_FAMILIES)
    return next((found for found in families if found is not None), None)


def member_of(field: str) -> tuple[str, str]:
    """(``answer``, id) of a field that is one of several; two empty texts for any other field."""
    for prefix in FAMILIES:
        if field.startswith(prefix):
            return prefix.rstrip("."), field.removeprefix(prefix)
    return "", ""


def family(fields: Fields, prefix: str) -> tuple[tuple[str, str], ...]:
    """(id, text) of each member that says something, in the order of ids."""
    found = (
        (name.removeprefix(prefix), fields[name]) for name in fields if name.startswith(prefix)
    )
    return tuple(sorted((name, value) for name, value in found if isinstance(value, str) and value))


def _answers(older: Fields, fields: Fields) -> tuple[tuple[str, str], ...]:
    """What ``older`` desks wrote in one field, and over it what stands in fields of its own; taken back is empty."""
    answers = {name: value for name, value in older.items() if isinstance(value, str)}
    answers |= {
        name.removeprefix(_ANSWER): value
        for name, value in fields.items()
        if name.startswith(_ANSWER) and isinstance(value, str)
    }
    return tuple(
        (name, value) for name, value in sorted(answers.items()) if value and is_question(name)
    )
