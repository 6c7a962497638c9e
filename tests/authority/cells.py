"""A rogue station that signs what it likes: every kind of entry in every disguise, enumerated from the table.

``ROGUE`` and ``OTHER`` are stations of two units, ``CENTRE`` is their centre; ``COLLEAGUE`` is a second device of the
rogue's own unit. A cell is one entry of the rogue and what has to become of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.cases.tasks.assigned_task import (
    AssignedKind,
    AssignedState,
    answer_source,
    assigned_source,
)
from desktop.domain.ids import DeviceId, bound_id
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.records.field_types import FieldType
from desktop.domain.records.fields import Fields, Json
from desktop.journal import kinds
from desktop.journal.entry_table import ALL, ENTRIES, EntryRule
from desktop.journal.objection import AuthorityRule, EntryOutcome
from desktop.journal.subject_rule import Author
from desktop.journal.subject_table import SUBJECTS

ROGUE: Final = DeviceId("AAAAAAAAAAAAAAAA")
COLLEAGUE: Final = DeviceId("AAAABBBBAAAABBBB")
OTHER: Final = DeviceId("BBBBBBBBBBBBBBBB")
CENTRE: Final = DeviceId("CCCCCCCCCCCCCCCC")
UNIT: Final = "620102540000"
OTHER_UNIT: Final = "620102550000"
CENTRE_UNIT: Final = "620100000000"
UNITS: Final = {ROGUE: UNIT, COLLEAGUE: UNIT, OTHER: OTHER_UNIT, CENTRE: CENTRE_UNIT}
WORKER, GONE, STRANGER = "620134", "620136", "999999"
"""An officer of the rogue who may do everything, one who was dismissed, and nobody's."""
BY_ROLE: Final = {role: f"7000{place:02}" for place, role in enumerate(Role)}
"""An officer of the rogue for each role."""
COLLEAGUES: Final = BY_ROLE[Role.CUSTODIAN]
"""Who honestly stands beside the worker where it takes two."""
AT: Final = "2026-11-24T10:00:00.000Z"
_MOMENT: Final = 1_764_000_000_000


class Disguise(StrEnum):
    """How the rogue says it."""

    OWN = "its own subject"
    OTHERS = "another's subject"
    CENTRES = "the centre's subject"
    LAMPORT_FELL = "a Lamport time of before"
    REPLACES = "replacing what it does not say"
    UNKNOWN_FIELD = "a field nobody knows"
    HUGE = "a value out of range"
    NEGATIVE = "a negative value"
    STRANGER = "an officer of nobody"
    GONE = "an officer who was dismissed"
    CLERK = "an officer without the right"
    SECOND = "a second officer who is the first, was dismissed, or is nobody"
    OTHERS_CASE = "its own part in another's case"
    OTHERS_UNIT = "its own case in another unit's name"
    WRONG_SUBJECT = "a subject of another kind"
    UNKNOWN_KIND = "a kind nobody knows"
    ALONE = "a field that only some may set"
    BUILDS = "building on what was refused"
    HALF = "an order without its kind"
    LONG = "a name that no index takes"
    REVOKED = "behind the entry at which its revocation cuts"
    DECIDED = "a decision about an account holder's objection"
    GIVEN = "a task that only a centre gives, or the answer to one"
    TOOK_PART = "who took part in an order, said by whom or where it is not to be"


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of the rogue, and the rule it breaks; None where it is honest."""

    disguise: Disguise
    kind: str
    subject: str
    fields: Fields
    rule: AuthorityRule | None
    officer: str = WORKER
    replaces: Mapping[str, tuple[str, ...]] | None = None
    lamport_back: bool = False
    cut: bool = False
    outcome: EntryOutcome = EntryOutcome.REFUSED

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.kind} about {self.subject.partition('/')[0]}: {self.disguise.value}"


def name_of(subject: str, device: DeviceId, number: int = 1) -> str:
    """The id of a subject that ``device`` made, as its kind is named."""
    made = bound_id(_MOMENT + number, number, device)
    if subject in ("officer", "party", "pack", "answer", "file"):
        return f"{subject}/{device}/777777"
    if subject in ("device", "keys"):
        return f"{subject}/{device}"
    if subject in ("hub_proposal", "link_proposal"):
        return f"{subject}/{UNITS[device]}/{number}"
    if subject == "person_link":
        return f"{subject}/{made}+{made}"
    return f"{subject}/{made}"


def sample(kind: FieldType) -> Json:
    """A value of the type."""
    known: dict[str, Json] = {
        "text": "x",
        "long text": "x",
        "name": "x",
        "time": AT,
        "fen": 1,
        "count": 1,
        "number": 1,
        "yes or no": True,
        "texts": ["x"],
        "rows": [],
        "object": {},
        "stream → number": {},
        "stream → digest": {},
        "field → certainty": {},
        "charge": {},
        "onward payments": [],
        "Visit": "report",
        "CaseState": "new",
        "Channel": "atm",
        "Arrival": "real_time",
        "Certainty": "told",
        "AcquisitionMethod": "copied",
        "OrderKind": "stop",
        "ReplyResult": "done",
        "signing": None,
    }
    return known[kind.name.removesuffix("?")]


def honest_fields(
    rule: EntryRule, subject: str, device: DeviceId, to: DeviceId = CENTRE
) -> dict[str, Json]:
    """Fields of an entry that ``device`` may well write: every one that the kind may carry."""
    if rule.details is not None:
        told = {name: sample(kind) for name, kind in rule.details.items()}
        return told | ({"second": COLLEAGUES} if "second" in told else {})
    fields: dict[str, Json] = {}
    for name, kind in SUBJECTS[subject].fields.items():
        alone = SUBJECTS[subject].authors_of(name)
        may = alone is None or Author.CENTRE not in alone or rule.authors <= alone
        full = f"{name}x" if name.endswith(".") else name.replace("#", "2")
        if may and rule.type_of(subject, full) is not None:
            fields[full] = sample(kind)
    fields |= {name: value for name, value in _named(subject, device, to).items() if name in fields}
    return _of_order(rule.kind, fields) if subject == "order" else fields


def _of_order(kind: str, fields: Mapping[str, Json]) -> dict[str, Json]:
    """What an order says of who took part in it."""
    found = {
        name: value for name, value in fields.items() if name not in ("alone", "confirmation.x")
    }
    if kind == kinds.ORDER_ISSUED_ALONE:
        del found["second"]
        found["alone"] = True
    if kind == kinds.ORDER_CONFIRMED:
        return {f"confirmation.{WORKER}": AT}
    if kind == kinds.CASE_AMENDED:
        del found["issued_by"]
    return found | ({"issued_by": WORKER} if "issued_by" in found else {})


def _named(subject: str, device: DeviceId, to: DeviceId) -> dict[str, Json]:
    """Fields that name somebody or something."""
    case = name_of("case", device).partition("/")[2]
    person = name_of("person", device).partition("/")[2]
    sender, receiver = device, to
    named: dict[str, Json] = {
        "case": case, "unit_code": UNITS[device], "merged.into": case, "sender": sender, "receiver": receiver,
    }  # fmt: skip
    if subject in ("officer", "party", "device", "order"):
        named["second"] = COLLEAGUES
    if subject == "person_link":
        named |= {"first": person, "second": person}
    return named


def cells() -> Iterator[Cell]:
    """Every kind in every disguise that means something for it."""
    for rule in ENTRIES.values():
        for subject in rule.subjects:
            yield from _of_kind(rule, subject)
    yield Cell(
        Disguise.UNKNOWN_KIND,
        "order.blessed",
        name_of("order", OTHER),
        {},
        AuthorityRule.KIND_UNKNOWN,
    )
    stop: Fields = {"case": name_of("case", ROGUE).partition("/")[2], "issued_at": AT}
    yield Cell(
        Disguise.HALF, kinds.ORDER_ISSUED, name_of("order", ROGUE), stop, AuthorityRule.FIELD_VALUE
    )
    moved, case, unfit = {"state": "closed"}, name_of("case", ROGUE), AuthorityRule.FIELD_VALUE
    yield Cell(Disguise.LONG, kinds.CASE_MOVED, case, moved, unfit, "1" * 201)
    yield from _took_part()
    yield from _decided()
    yield from _given()


def _given() -> Iterator[Cell]:
    """A task as if the centre had given it; an answer to one is the station's to write."""
    own = _own(ENTRIES[kinds.TASK_RECORDED], "task")[1]
    for source, rule in (
        (assigned_source(AssignedKind.VISIT), AuthorityRule.CENTRE_ONLY),
        (answer_source(AssignedState.ACCEPTED), None),
    ):
        told = {**own, "source": source}
        yield Cell(Disguise.GIVEN, kinds.TASK_RECORDED, name_of("task", ROGUE), told, rule)


def _decided() -> Iterator[Cell]:
    """A decision about an account holder's objection: in the own name by who may approve; in another's, or by who may
    only write cases, whatever kind of entry carries it. Who received it: whoever says so, but of what a lost PC had."""
    approver, clerk = BY_ROLE[Role.APPROVER], BY_ROLE[Role.FRONT_DESK]
    field = f"answer.objection.{name_of('case', ROGUE, 2).partition('/')[2]}.decision"
    for kind in (kinds.CASE_AMENDED, kinds.CASE_REGISTERED):
        for by, writer, rule in (
            (approver, approver, None),
            (clerk, clerk, AuthorityRule.OFFICER_NOT_ENTITLED),
            (clerk, approver, AuthorityRule.SECOND_OFFICER),
            (approver, clerk, AuthorityRule.OFFICER_NOT_ENTITLED),
        ):
            told = {field: f"upheld\n{by}\n{AT}\n\n"}
            yield Cell(Disguise.DECIDED, kind, name_of("case", ROGUE), told, rule, writer)
    forged = AuthorityRule.SECOND_OFFICER
    for made, writer, rule in (
        (ROGUE, clerk, None),
        (ROGUE, approver, forged),
        (OTHER, approver, None),
    ):
        received = f"answer.objection.{name_of('case', made, 3).partition('/')[2]}.received_by"
        yield Cell(
            Disguise.DECIDED,
            kinds.CASE_AMENDED,
            name_of("case", ROGUE),
            {received: clerk},
            rule,
            writer,
        )


def _took_part() -> Iterator[Cell]:
    """An order of one who says it was another's, or that two were there; a confirmation in another's name, or said on
    the way by an entry that is for something else."""
    order, alone, confirmed = (
        name_of("order", ROGUE),
        kinds.ORDER_ISSUED_ALONE,
        kinds.ORDER_CONFIRMED,
    )
    honest = {
        kind: _own(ENTRIES[kind], "order")[1]
        for kind in ENTRIES
        if "order" in ENTRIES[kind].subjects
    }
    mine = {f"confirmation.{WORKER}": AT}
    wrong: list[tuple[str, Fields]] = [
        (alone, {**honest[alone], "issued_by": COLLEAGUES}),
        (alone, {**honest[alone], "second": COLLEAGUES}),
        (alone, {**honest[alone], "alone": False}),
        (alone, {name: value for name, value in honest[alone].items() if name != "alone"}),
        (alone, {**honest[alone], f"confirmation.{COLLEAGUES}": AT}),
        (confirmed, {f"confirmation.{COLLEAGUES}": AT}),
        (confirmed, {**mine, f"confirmation.{COLLEAGUES}": AT}),
        (kinds.CASE_AMENDED, {**honest[kinds.CASE_AMENDED], "alone": False}),
        (kinds.CASE_AMENDED, {**honest[kinds.CASE_AMENDED], "issued_by": COLLEAGUES}),
        (kinds.CASE_AMENDED, {**honest[kinds.CASE_AMENDED], **mine}),
        (kinds.ORDER_ISSUED, {**honest[kinds.ORDER_ISSUED], "alone": True}),
        (kinds.ORDER_ISSUED, {**honest[kinds.ORDER_ISSUED], "issued_by": COLLEAGUES}),
        (kinds.ORDER_ISSUED, {**honest[kinds.ORDER_ISSUED], **mine}),
    ]
    for kind, fields in wrong:
        yield Cell(Disguise.TOOK_PART, kind, order, fields, AuthorityRule.SECOND_OFFICER)


def _own(rule: EntryRule, subject: str) -> tuple[str, dict[str, Json]]:
    """What the rogue may honestly say: of a receipt, for a bundle that the centre sent it."""
    if Author.RECEIVER in rule.authors:
        fields = honest_fields(rule, subject, CENTRE, ROGUE)
        return name_of(subject, CENTRE), fields
    fields = honest_fields(rule, subject, ROGUE)
    if "leads.x" in fields:
        fields[f"leads.{name_of('case', ROGUE).partition('/')[2]}"] = fields.pop("leads.x")
    return name_of(subject, ROGUE), fields


def _of_kind(rule: EntryRule, subject: str) -> Iterator[Cell]:
    if not _may_at_all(rule, subject):
        return
    kind, (own, fields) = rule.kind, _own(rule, subject)
    honest = rule.authors != {Author.CENTRE}
    unsaid, wrong = {"unsaid": (f"{OTHER}:1",)}, {**fields, "blessing.z": 1}
    yield Cell(Disguise.OWN, kind, own, fields, None if honest else AuthorityRule.CENTRE_ONLY)
    yield Cell(Disguise.WRONG_SUBJECT, kind, "planet/1", fields, AuthorityRule.SUBJECT_WRONG)
    yield Cell(Disguise.UNKNOWN_FIELD, kind, own, wrong, AuthorityRule.FIELD_UNKNOWN)
    yield Cell(Disguise.REPLACES, kind, own, fields, AuthorityRule.REPLACES_UNSAID, replaces=unsaid)
    yield from _others(rule, subject)
    yield from _values(rule, subject, own, fields)
    if honest:
        yield Cell(
            Disguise.LAMPORT_FELL, kind, own, fields, AuthorityRule.LAMPORT_FELL, lamport_back=True
        )
        yield Cell(
            Disguise.REVOKED,
            kind,
            own,
            fields,
            AuthorityRule.AFTER_REVOCATION,
            cut=True,
            outcome=EntryOutcome.KEPT,
        )
        yield from _officers(rule, own, fields)
        yield from _cases(rule, subject, own, fields)
        yield from _alone(rule, subject, own, fields)
    if honest and fields and not rule.is_event:
        refused = {next(iter(fields)): (f"{ROGUE}:refused",)}
        yield Cell(
            Disguise.BUILDS, kind, own, fields, AuthorityRule.BUILDS_ON_REFUSED, replaces=refused
        )


def _officers(rule: EntryRule, own: str, fields: Fields) -> Iterator[Cell]:
    kind = rule.kind
    yield Cell(
        Disguise.STRANGER, kind, own, fields, AuthorityRule.OFFICER_UNKNOWN, officer=STRANGER
    )
    yield Cell(
        Disguise.GONE,
        kind,
        own,
        fields,
        AuthorityRule.OFFICER_DISMISSED,
        officer=GONE,
        outcome=EntryOutcome.KEPT,
    )
    two = "second" in fields and own.startswith(("officer/", "party/", "device/", "order/"))
    for number in (WORKER, GONE, STRANGER) if two else ():
        told = {**fields, "second": number}
        yield Cell(Disguise.SECOND, kind, own, told, AuthorityRule.SECOND_OFFICER)
    for role, number in BY_ROLE.items():
        if rule.permissions and not any(map(Officer("", "", (role,)).may, rule.permissions)):
            yield Cell(
                Disguise.CLERK,
                kind,
                own,
                fields,
                AuthorityRule.OFFICER_NOT_ENTITLED,
                officer=number,
            )


def _cases(rule: EntryRule, subject: str, own: str, fields: Fields) -> Iterator[Cell]:
    """Its own thing in another's case or in another's name."""
    case = name_of("case", OTHER).partition("/")[2]
    others: list[Fields] = []
    if "case" in fields and not rule.is_event:
        others.append({"case": case})
    if "merged.into" in fields:
        others += [{"merged.into": case}, {f"leads.{case}": "+"}]
    for other in others:
        told = {**fields, **other}
        yield Cell(Disguise.OTHERS_CASE, rule.kind, own, told, AuthorityRule.CASE_OF_ANOTHER)
    if "unit_code" in fields and subject in ("case", "order"):
        told = {**fields, "unit_code": OTHER_UNIT}
        yield Cell(Disguise.OTHERS_UNIT, rule.kind, own, told, AuthorityRule.NAMES_ANOTHER_UNIT)


def _alone(rule: EntryRule, subject: str, own: str, fields: Fields) -> Iterator[Cell]:
    """A field that centres alone may set."""
    for name, authors in SUBJECTS[subject].authors.items():
        if authors == {Author.CENTRE} and rule.fields is ALL:
            known = next(item for item in SUBJECTS[subject].fields if item.startswith(name))
            told = {**fields, known: sample(SUBJECTS[subject].fields[known])}
            yield Cell(Disguise.ALONE, rule.kind, own, told, AuthorityRule.CENTRE_ONLY)


def _may_at_all(rule: EntryRule, subject: str) -> bool:
    """Whether a station has anything to do with the pair: ``document.printed`` takes in more than it may say."""
    authors = {
        "party": Author.DEVICE, "device": Author.DEVICE, "bundle": Author.SENDER, "case": Author.HOLDER,
    }.get(subject)  # fmt: skip
    return authors is None or authors in rule.authors or len(rule.subjects) == 1


def _others(rule: EntryRule, subject: str) -> Iterator[Cell]:
    """The same about what belongs to another station, and to the centre."""
    rules = {
        Author.HOLDER: AuthorityRule.NOT_HOLDER,
        Author.ISSUER: AuthorityRule.NOT_ISSUER,
        Author.DEVICE: AuthorityRule.OTHER_DEVICE,
        Author.UNIT: AuthorityRule.OTHER_UNIT,
        Author.SENDER: AuthorityRule.NOT_SENDER,
        Author.RECEIVER: AuthorityRule.NOT_RECEIVER,
        Author.CENTRE: AuthorityRule.CENTRE_ONLY,
    }
    said = next(name for author, name in rules.items() if author in rule.authors)
    for disguise, device in ((Disguise.OTHERS, OTHER), (Disguise.CENTRES, CENTRE)):
        if Author.RECEIVER in rule.authors and device == CENTRE:
            continue  # a receipt for the centre's own bundle is honest
        theirs = honest_fields(rule, subject, device, CENTRE)
        _, own = _own(rule, subject)
        for fields in (theirs, own, {}):  # naming who they are, the rogue itself, or nobody
            yield Cell(disguise, rule.kind, name_of(subject, device), fields, said)


def _values(rule: EntryRule, subject: str, own: str, fields: Mapping[str, Json]) -> Iterator[Cell]:
    for name in fields:
        kind = rule.type_of(subject, name)
        if kind is None or kind.name.removesuffix("?") not in ("fen", "count"):
            continue
        # The largest count is the largest number a line can hold, so a count is tried with a text.
        huge: Json = 2**53 - 1 if kind.name.startswith("fen") else "9" * 20
        for disguise, value in ((Disguise.NEGATIVE, -1), (Disguise.HUGE, huge)):
            told = {**fields, name: value}
            yield Cell(disguise, rule.kind, own, told, AuthorityRule.FIELD_VALUE)
    for name in fields:
        kind = rule.type_of(subject, name)
        if kind is not None and kind.name in ("time", "name", "Visit", "OrderKind", "ReplyResult"):
            yield Cell(
                Disguise.HUGE, rule.kind, own, {**fields, name: ""}, AuthorityRule.FIELD_VALUE
            )
