"""What ``read`` prints of each kind of source: one shape for all, as the manual has it."""

from __future__ import annotations

from datetime import datetime

from desktop.cli.context import CommandOutcome
from desktop.cli.reading.read_lines import row_lines
from desktop.domain.evidence.found_code import FoundCode
from desktop.domain.records.fields import Json
from desktop.domain.statements.coin_identifiers import CoinIdentifier, coin_identifiers
from desktop.domain.statements.statement import Statement, StatementRow
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import CHINA
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.system_clock import SystemClock
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.form.check_identifier import check_identifier, to_json


def document(kind: str, source: str, **parts: Json) -> dict[str, Json]:
    """The shape; parts that are not given are empty."""
    empty: dict[str, Json] = {"transfers": [], "identifiers": [], "text": "", "warnings": []}
    return {"kind": kind, "source": source, **empty, **parts}


def statement_outcome(texts: Catalogue, found: Statement) -> CommandOutcome:
    """Rows as transfers; what to mind as warnings."""
    warnings = [
        texts.text(f"statement.finding.{finding.code}", **finding.params)
        for finding in found.findings
    ]
    head, coins = found.head, coin_identifiers(found.rows)
    shown = document(
        "statement",
        head.source,
        layout=head.layout,
        container=head.container,
        transfers=[_transfer(texts, row) for row in found.rows],
        identifiers=[_of_chain(texts, item) for item in coins],
        warnings=list(warnings),
    )
    line = texts.text(
        "statement.read",
        source=head.source or texts.text("statement.unnamed"),
        rows=len(found.rows),
        container=head.container,
        header=head.header_row,
    )
    chain = (f"{texts.text(f'identifiers.kind.{item.kind}')}  {item.value}" for item in coins)
    return CommandOutcome(shown, (line, *row_lines(texts, found.rows), *chain, *warnings))


def _transfer(texts: Catalogue, row: StatementRow) -> dict[str, Json]:
    name, account = row.other_side
    return {
        "time": f"{row.time.astimezone(CHINA):%Y-%m-%d}"
        if row.time and row.day_alone
        else _moment(row.time),
        "amount_fen": row.amount_fen,
        "amount_text": row.amount_text,
        "currency": row.currency,
        "direction": row.direction.value,
        "effect": row.effect.value,
        "refunded_fen": row.refunded_fen,
        "counterparty": name,
        "account": account,
        "bank": row.bank,
        "reference": row.reference,
        "merchant_reference": row.merchant_reference,
        "channel": row.channel,
        "status": row.status,
        "summary": row.summary,
        "row": row.row,
        "problems": [texts.text(problem) for problem in row.problems],
    }


def _moment(time: datetime | None) -> str:
    try:
        return to_wire(time) if time else ""
    except OverflowError:  # a damaged file may name the first day of all calendars
        return ""


def _of_chain(texts: Catalogue, item: CoinIdentifier) -> dict[str, Json]:
    note = texts.text("statement.of_chain", row=item.row, rows=item.rows)
    return {
        "kind": item.kind,
        "value": item.value,
        "normal": item.normal,
        "valid": True,
        "note": note,
    }


def code_identifier(code: FoundCode, note: str) -> dict[str, Json]:
    """A code as an identifier, noted with what such a code is for."""
    today = SystemClock().now().astimezone(CHINA).date()
    directories = PackedDirectories(resource_path("directories"))
    return {**to_json(check_identifier(code.kind, code.value, directories, today)), "note": note}


def code_document(code: FoundCode, note: str) -> dict[str, Json]:
    """A code with its place in the picture."""
    return {
        "format": code.format,
        "text": code.text,
        "meaning": code.meaning,
        "note": note,
        "corners": [list(corner) for corner in code.corners],
    }
