"""The case and the parts of it that journal entries speak about, with their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from desktop.domain.case_file.fields import FIELDS
from desktop.domain.cases.holder_objection import DECISION, OBJECTIONS
from desktop.domain.evidence.record import RECORD, EvidenceRecord
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.approval import Approval, Withdrawal
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import REPLY_FIELDS
from desktop.domain.orders.reply import AccountFacts, LineFacts, NextHop
from desktop.domain.papers.paper import signing_of
from desktop.domain.records.field_table import types_of_rows
from desktop.domain.records.field_types import (
    COUNT,
    FEN,
    FLAG,
    LONG_TEXT,
    MAYBE_FEN,
    MAYBE_TIME,
    NAME,
    ROWS,
    SIGNED,
    TEXT,
    TEXTS,
    TIME,
    FieldType,
    optional,
)
from desktop.domain.records.record_fields import instants
from desktop.domain.time.clock import to_wire
from desktop.journal.subject_rule import CENTRE_ALONE, ISSUER_OR_CENTRE, SubjectRule


def _is_signing(value: Any) -> bool:
    signing = signing_of(value)
    return signing is None or TIME.accepts(to_wire(signing.at))


def _is_holder(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    notes = [value[name] for name in ("offer", "declined") if isinstance(value.get(name), Mapping)]
    times = [value.get("since", ""), *(note.get("at", "") for note in notes)]
    return all(map(MAYBE_TIME.accepts, times))


_HOP_TIMES: Final = frozenset(name.removeprefix("hop.") for name in instants(NextHop, "hop"))


def _are_hops(value: Any) -> bool:
    if value == "":
        return True
    return isinstance(value, (list, tuple)) and all(map(_is_hop, value))


def _is_hop(hop: Any) -> bool:
    return (
        isinstance(hop, Mapping)
        and all(MAYBE_TIME.accepts(hop[name]) for name in _HOP_TIMES & hop.keys())
        and MAYBE_FEN.accepts(hop.get("amount_fen", 0))
    )


SIGNING: Final = FieldType("signing", _is_signing)
HOLDER_OF_CASE: Final = FieldType("charge", _is_holder)
HOPS: Final = FieldType("onward payments", _are_hops)


@cache
def types_of(record: type, prefix: str) -> Mapping[str, FieldType]:
    """The types of the fields that :func:`desktop.domain.records.record_fields.flat` writes for ``record``."""
    found: dict[str, FieldType] = {}
    hints = get_type_hints(record)
    for item in fields(record):
        name, kind = f"{prefix}.{item.name}", hints[item.name]
        if isinstance(kind, UnionType):
            kind = next(part for part in get_args(kind) if part is not NoneType)
        if is_dataclass(kind):
            found |= types_of(kind, name)  # type: ignore[arg-type]  # a class, never a record
        else:
            found[name] = optional(_type_of(kind, name))
    return found


def _type_of(kind: Any, name: str) -> FieldType:
    if kind is datetime:
        return TIME
    if kind is bool:
        return FLAG
    if kind is int:
        return FEN if name.endswith("_fen") else SIGNED
    if get_origin(kind) is tuple:
        return ROWS
    # Codes of a newer program are read as the default, so any text will do.
    return LONG_TEXT


def _facts(subject: str) -> dict[str, FieldType]:
    return types_of_rows(FIELDS[subject])


_ACCOUNTS: Final = {
    f"{end}.{name}": TEXT for end in ("payer", "payee") for name in ("name", "account", "bank", "masked", "number")
}  # fmt: skip
REPLY: Final = {
    **types_of_rows(REPLY_FIELDS.rows),
    "reply.hops": HOPS,
    **types_of(AccountFacts, "reply.account"),
    **types_of(LineFacts, "reply.line"),
}

CASE_SUBJECTS: Final = (
    SubjectRule(
        "case",
        {
            **_facts("case"),
            "answer.": LONG_TEXT,
            "flag.": TEXT,
            "circumstance.": LONG_TEXT,
            "official.": TEXT,
            "charge": HOLDER_OF_CASE,
            "merged.into": TEXT,
            "merged.at": MAYBE_TIME,
            "merged.by": TEXT,
            "merged.reason": LONG_TEXT,
            "leads.": LONG_TEXT,
            "linked.cases": COUNT,
            "linked.units": COUNT,
            "linked.loss_fen": FEN,
            "linked.by": TEXTS,
            "linked.note": LONG_TEXT,
            "linked.at": MAYBE_TIME,
        },
        authors={"linked.": CENTRE_ALONE},
        cases=("merged.into", "leads."),
        needs={f"{OBJECTIONS.beginning}*.{DECISION}": frozenset({Permission.APPROVE_ORDERS})},
    ),
    SubjectRule(
        "transfer",
        {
            "case": NAME,
            **_ACCOUNTS,
            **_facts("transfer"),
            "taken_out": TEXT,
        },
        of_case=True,
    ),
    SubjectRule(
        "identifier",
        {
            "case": NAME,
            **_facts("identifier"),
            "taken_out": TEXT,
        },
        of_case=True,
    ),
    SubjectRule(
        "read_aloud",
        {"case": NAME, **_facts("read_aloud")},
        of_case=True,
    ),
    SubjectRule(
        "supplement",
        {
            "case": NAME,
            **_facts("supplement"),
        },
        of_case=True,
    ),
    SubjectRule(
        "evidence",
        {
            "case": NAME,
            **_facts("evidence"),
            **types_of(EvidenceRecord, RECORD),
        },
        of_case=True,
    ),
    SubjectRule(
        "seal",
        {
            "case": NAME,
            **_facts("seal"),
        },
        of_case=True,
    ),
    SubjectRule(
        "custody",
        {
            "case": NAME,
            **_facts("custody"),
        },
        of_case=True,
    ),
    SubjectRule(
        "person",
        {
            **_facts("person"),
        },
        of_case=True,
    ),
    SubjectRule(
        "step",
        {
            "case": NAME,
            **_facts("step"),
        },
        of_case=True,
    ),
    SubjectRule(
        "task",
        {
            "case": NAME,
            **_facts("task"),
        },
        of_case=True,
    ),
    SubjectRule(
        "paper",
        {
            "case": NAME,
            **_facts("paper"),
            "signed": SIGNING,
            "text.": LONG_TEXT,
            "blank.": LONG_TEXT,
        },
        of_case=True,
    ),
    SubjectRule(
        "order",
        {
            "case": NAME,
            **_ACCOUNTS,
            **_facts("order"),
            "second": TEXT,
            "confirmation.": TIME,
            "terms": TEXT,
            **types_of(EvidenceTerms, "terms"),
            **types_of(NumberTerms, "terms"),
            **types_of(MoneyTerms, "terms"),
            **types_of(Approval, "approval"),
            **types_of(Withdrawal, "withdrawal"),
            **types_of(Dispatch, "dispatch"),
            "dispatch.officer": TEXT,
            **REPLY,
        },
        authors={
            "reply.": ISSUER_OR_CENTRE,
            "approval.": ISSUER_OR_CENTRE,
            "withdrawal.": ISSUER_OR_CENTRE,
            "confirmation.": ISSUER_OR_CENTRE,
            "official": ISSUER_OR_CENTRE,
            "dispatch.": CENTRE_ALONE,
        },
        of_case=True,
    ),
)
