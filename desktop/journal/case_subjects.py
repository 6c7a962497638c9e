"""The case and the parts of it that journal entries speak about, with their fields."""

from __future__ import annotations

from typing import Final

from desktop.domain.case_file.fields import FIELDS
from desktop.domain.evidence.record import RECORD, EvidenceRecord
from desktop.domain.field_table import types_of_rows
from desktop.domain.field_types import (
    COUNT,
    FEN,
    LONG_TEXT,
    MAYBE_TIME,
    NAME,
    TEXT,
    TEXTS,
    TIME,
    FieldType,
)
from desktop.domain.orders.approval import Approval, Withdrawal
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import REPLY_FIELDS
from desktop.domain.orders.reply import AccountFacts, LineFacts
from desktop.journal.field_types import HOLDER_OF_CASE, HOPS, SIGNING, types_of
from desktop.journal.subject_rule import CENTRE_ALONE, ISSUER_OR_CENTRE, SubjectRule


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
