"""Every fact that is declared in a row: what is written of a record is read as the same, and all of it is declared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.fields import FIELDS, ROWS
from desktop.domain.cases.case import (
    CASE_FIELDS,
    IDENTIFIER_FIELDS,
    OFFICIAL_FIELDS,
    RECORD_FAMILIES,
    case_from_fields,
)
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS, Certainty
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.person import TIE_FIELDS
from desktop.domain.cases.read_aloud import READ_ALOUD_FIELDS
from desktop.domain.cases.step import STEP_FIELDS
from desktop.domain.cases.supplement import SUPPLEMENT_FIELDS
from desktop.domain.cases.tasks.task import TASK_FIELDS
from desktop.domain.evidence.custody import CUSTODY_FIELDS, SEAL_FIELDS
from desktop.domain.evidence.item import EVIDENCE_FIELDS
from desktop.domain.ids import CaseId, PartyId
from desktop.domain.orders.order import ORDER_FIELDS, REPLY_FIELDS
from desktop.domain.papers.paper import PAPER_FIELDS
from desktop.domain.records.field_table import OPEN, FieldRow, FieldTable, assembled
from desktop.domain.records.record_family import RecordFamily
from desktop.journal import kinds
from desktop.journal.canonical import canonical
from desktop.journal.entry_table import ENTRIES
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES, file_texts
from tests.support.every_row import every_row

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda time: time.replace(microsecond=time.microsecond // 1000 * 1000)
)
BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "long text": WORDS,
    "name": WORDS.filter(bool),
    "texts": st.lists(WORDS, max_size=2).map(tuple),
    "count": st.integers(0, 2**53 - 1),
    "fen": st.integers(0, 10**15),
    "time": TIMES,
    "time?": st.none() | TIMES,
    "yes or no": st.booleans(),
    "field → certainty": st.dictionaries(WORDS, st.sampled_from(Certainty), max_size=3),
}


def values(row: FieldRow) -> st.SearchStrategy[Any]:
    """What a record may hold of a fact."""
    if row.key == "attempted":  # a tick, which an entry holds in words
        return st.booleans()
    codes = [*row.type.codes, *([""] if row.type.name.endswith("?") else ())]
    return st.sampled_from(sorted(codes)).map(row.type.read) if codes else BY_TYPE[row.type.name]


TABLES: dict[str, tuple[FieldTable[Any], str]] = {
    "transfer": (TRANSFER_FIELDS, kinds.TRANSFER_RECORDED),
    "identifier": (IDENTIFIER_FIELDS, kinds.IDENTIFIER_RECORDED),
    "read_aloud": (READ_ALOUD_FIELDS, kinds.NUMBER_READ_ALOUD),
    "supplement": (SUPPLEMENT_FIELDS, kinds.SUPPLEMENT_RECORDED),
    "evidence": (EVIDENCE_FIELDS, kinds.EVIDENCE_ATTACHED),
    "person": (TIE_FIELDS, kinds.PERSON_RECORDED),
    "seal": (SEAL_FIELDS, kinds.SEAL_APPLIED),
    "custody": (CUSTODY_FIELDS, kinds.CUSTODY_PASSED),
    "step": (STEP_FIELDS, kinds.STEP_RECORDED),
    "task": (TASK_FIELDS, kinds.TASK_RECORDED),
    "paper": (PAPER_FIELDS, kinds.PAPER_DRAFTED),
    "order": (ORDER_FIELDS, kinds.ORDER_ISSUED_ALONE),
    "order.reply": (REPLY_FIELDS, kinds.ORDER_REPLIED),
}


def records(table: FieldTable[Any], **others: Any) -> st.SearchStrategy[Any]:
    """Records with a value of its type in each fact that is said when they are made."""
    facts = {row.attribute: values(row) for row in table.rows if not row.later}
    return st.fixed_dictionaries(facts).map(
        lambda stored: assembled(table.record, stored, **others)
    )


def written(table: FieldTable[Any], record: Any, kind: str, subject: str) -> dict[str, Any]:
    """The fields as they come back from a line of the journal, each of which its kind of entry takes."""
    fields: dict[str, Any] = json.loads(canonical(table.to_fields(record)))
    for name, value in fields.items():
        known = ENTRIES[kind].type_of(subject, name)
        assert known is not None, name
        assert known.accepts(value), name
    sparse = [row.key for row in table.rows if row.sparse and row.key in fields]
    assert [key for key in sparse if not fields[key]] == []
    return fields


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
def test_a_part_of_a_case_is_read_as_it_was_written(name: str, data: st.DataObject) -> None:
    (table, kind), (subject, _, part) = TABLES[name], name.partition(".")
    others = {} if part else {"id": "x"}
    record = data.draw(records(table, **others))
    assert table.from_fields(written(table, record, kind, subject), **others) == record


@given(
    records(
        CASE_FIELDS,
        id=CaseId("c"),
        answers=(("core.ask", "是"),),
        flags=("cash",),
        parties=(Party(PartyId("1"), role="agent", name="王芳", id_kind="passport"),),
    ),
    records(OFFICIAL_FIELDS),
)
def test_a_case_is_read_as_it_was_written(record: Any, official: Any) -> None:
    fields = {**record.to_fields(), **written(CASE_FIELDS, record, kinds.CASE_REGISTERED, "case")}
    assert case_from_fields("c", fields) == record
    assert case_from_fields("c", {**fields, **official.to_fields()}).official == official


def test_a_fact_among_the_answers_is_no_answer() -> None:
    """Not even where a draft of an older program held it as one."""
    rows = [row for row in CASE_FIELDS.rows if row.among_answers]
    facts = {row.key: "新" for row in rows} | {"accepted_at": "2026-11-24T02:12:35.000Z"}
    case = case_from_fields("c", facts)
    assert rows
    assert case.answers == ()
    older = replace(case, answers=tuple((row.key.removeprefix(OPEN), "旧") for row in rows))
    assert {row.key: older.to_fields()[row.key] for row in rows} == {row.key: "新" for row in rows}


def test_every_declared_subject_is_tried() -> None:
    assert {"case", *(name.partition(".")[0] for name in TABLES)} == set(FIELDS)


@pytest.mark.parametrize("table", [CASE_FIELDS, TRANSFER_FIELDS, IDENTIFIER_FIELDS])
def test_what_an_earlier_program_did_not_write_is_read_as_nothing(table: FieldTable[Any]) -> None:
    least = {row.key: "2026-11-24T02:12:35.000Z" for row in table.rows if row.type.name == "time"}
    record = table.from_fields(least, id="x")
    stored = table.to_fields(record)
    empty = {"victim.id_kind": "resident_id", "visit": "report", "state": "new", **least}
    assert {name: value for name, value in stored.items() if value} == {
        name: value for name, value in empty.items() if name in stored
    }


@every_row("subject", FIELDS)
def test_no_fact_is_declared_twice(subject: str) -> None:
    distinct(FIELDS[subject])


@pytest.mark.parametrize("family", RECORD_FAMILIES, ids=lambda family: family.name)
def test_no_fact_of_a_record_is_declared_twice(family: RecordFamily[Any]) -> None:
    distinct(family.table.rows)


def distinct(rows: Sequence[FieldRow]) -> None:
    for name in ("key", "form", "document"):
        facts = [getattr(row, name) for row in rows if getattr(row, name)]
        assert len(facts) == len(set(facts)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_its_words(language: str) -> None:
    files = resource_path("translations") / language
    texts = {key for file in files.glob("*.toml") for key in file_texts(file)}
    rows = (*ROWS, *(row for family in RECORD_FAMILIES for row in family.table.rows))
    assert {key for row in rows for key in keys_of(row)} <= texts
    assert {f"case.record.{family.name}" for family in RECORD_FAMILIES} <= texts


def keys_of(row: FieldRow) -> set[str]:
    """The text keys a row names."""
    facts = {row.label, row.card, row.history} - {""}
    return facts | {f"{row.codes}.{code}" for code in row.type.codes if row.codes}
