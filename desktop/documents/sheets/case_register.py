"""登记簿: several cases as tables for a spreadsheet, one of the cases, one of the parties, one of the payments."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from desktop.documents.printing.form_texts import FormTexts
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS
from desktop.domain.cases.payments.way import WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS
from desktop.domain.money.dispositions import Disposition
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.domain.records.fields import Json
from desktop.domain.text.table_cells import whole_cell, yuan_cell
from desktop.services.read_register import RegisteredCase

_PAYMENT: Final = tuple(
    row
    for row in (*TRANSFER_FIELDS.rows, *WAY_FIELDS.rows)
    if row.in_document and not row.hidden and row.typed is not Typed.KEPT
)
_CASE: Final = (
    "number", "accepted_at", "unit", "state", "visit", "type", "source", "victim", "reporter", "parties", "payments",
    "loss",
)  # fmt: skip


def register_tables(
    cases: Sequence[RegisteredCase], texts: FormTexts, types: Mapping[str, str]
) -> dict[str, bytes]:
    """Name of each file → the table, in UTF-8 with a mark, so that a spreadsheet reads Chinese. The number of the case
    ties the tables together. ``types``: names of the types of fraud."""
    tables = {
        "cases": _cases(cases, texts, types),
        "parties": _parties(cases, texts),
        "payments": _payments(cases, texts),
    }
    return {texts.text(f"register.file.{name}"): _table(rows) for name, rows in tables.items()}


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerows([whole_cell(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig", "replace")


def _cases(
    cases: Sequence[RegisteredCase], texts: FormTexts, types: Mapping[str, str]
) -> Iterator[Sequence[str]]:
    dispositions = [texts.of("flow", f"disposition.{item.value}") for item in Disposition]
    yield *(texts.text(f"register.column.{name}") for name in _CASE), *dispositions
    for item in cases:
        case = item.case
        yield (
            case.number, texts.minute(case.accepted_at), case.unit_name, _word("board.state", case.state, texts),
            _word("case.visit", case.visit, texts), types.get(case.type, case.type),
            _word("party.source_is", case.source, texts), case.victim.name, case.reporter.name,
            str(len(item.parties)), str(len(item.payments)), yuan_cell(item.loss_fen),
            *(yuan_cell(item.sums.fen(disposition)) for disposition in Disposition),
        )  # fmt: skip


def _parties(cases: Sequence[RegisteredCase], texts: FormTexts) -> Iterator[Sequence[str]]:
    yield texts.text("register.column.number"), *_names(PARTY_FIELDS.rows, texts)
    for item in cases:
        for party in item.parties:
            yield item.case.number, *_cells(PARTY_FIELDS.rows, party, texts)


def _payments(cases: Sequence[RegisteredCase], texts: FormTexts) -> Iterator[Sequence[str]]:
    yield (
        texts.text("register.column.number"),
        texts.text("register.column.place"),
        *_names(_PAYMENT, texts),
    )
    for item in cases:
        for place, payment in enumerate(item.payments, start=1):
            yield item.case.number, str(place), *_cells(_PAYMENT, payment, texts)


def _names(rows: Iterable[FieldRow], texts: FormTexts) -> Iterator[str]:
    for row in rows:
        area, _, key = row.history.partition(".")
        yield texts.of(area, key) or row.key


def _cells(
    rows: Iterable[FieldRow], document: Mapping[str, Json], texts: FormTexts
) -> Iterator[str]:
    for row in rows:
        value: Json = document
        for name in row.document.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        yield _cell(row, value, texts)


def _cell(row: FieldRow, value: Json, texts: FormTexts) -> str:
    """Codes in words, those of a newer program as they are."""
    if isinstance(value, bool):
        return texts.text("register.yes") if value else ""
    if isinstance(value, int):
        return yuan_cell(value)
    words = value if isinstance(value, str) else ""
    if row.typed is Typed.CODES:
        return "、".join(_word(row.codes, code, texts) for code in words.split())
    return _word(row.codes, words, texts) if row.codes else words


def _word(codes: str, code: str, texts: FormTexts) -> str:
    area, _, key = codes.partition(".")
    found = texts.of(area, f"{key}.{code}".lstrip(".")) if code else ""
    return found or code
