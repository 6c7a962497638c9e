"""``read FILE``: no profile, no password of ours, nothing stored."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from desktop.cli.context import Context, Outcome
from desktop.domain.clock import to_wire
from desktop.domain.errors import UserInputError
from desktop.domain.fields import Json
from desktop.domain.statement import Finding, Statement, StatementRow
from desktop.readers.statements.open_statement import open_statement
from desktop.runtime.catalogue import Catalogue


def add(commands: Any, words: Catalogue) -> None:
    """Declare the command."""
    parser = commands.add_parser("read", help=words.text("cli.help.read"))
    parser.add_argument("file", metavar="FILE")
    parser.set_defaults(run=read)


def read(context: Context) -> Outcome:
    """A bill or statement. The password of an archive comes from ``FANZHA_FILE_PASSWORD``."""
    try:
        source = Path(context.args.file).open("rb")  # noqa: SIM115 - closed below; opening alone may fail
    except OSError as error:
        raise UserInputError("read.file") from error
    with source:
        found = open_statement(source, os.environ.get("FANZHA_FILE_PASSWORD", "")).whole()
    warnings = [_warning(context.words, finding) for finding in found.findings]
    return Outcome(
        _document(context.words, found, warnings), (_summary(context.words, found), *warnings)
    )


def _document(words: Catalogue, found: Statement, warnings: list[str]) -> dict[str, Json]:
    return {
        "kind": "statement",
        "source": found.head.source,
        "layout": found.head.layout,
        "container": found.head.container,
        "transfers": [_transfer(words, row) for row in found.rows],
        "identifiers": [],
        "text": "",
        "warnings": list(warnings),
    }


def _transfer(words: Catalogue, row: StatementRow) -> dict[str, Json]:
    return {
        "time": to_wire(row.time) if row.time else "",
        "amount_fen": row.amount_fen,
        "amount_text": row.amount_text,
        "currency": row.currency,
        "direction": row.direction.value,
        "effect": row.effect.value,
        "refunded_fen": row.refunded_fen,
        "counterparty": row.counterparty,
        "account": row.account,
        "bank": row.bank,
        "reference": row.reference,
        "merchant_reference": row.merchant_reference,
        "channel": row.channel,
        "status": row.status,
        "summary": row.summary,
        "row": row.row,
        "problems": [words.text(problem) for problem in row.problems],
    }


def _warning(words: Catalogue, finding: Finding) -> str:
    return words.text(f"statement.finding.{finding.code}", **finding.params)


def _summary(words: Catalogue, found: Statement) -> str:
    return words.text(
        "statement.read",
        source=found.head.source or words.text("statement.unnamed"),
        rows=len(found.rows),
        container=found.head.container,
        header=found.head.header_row,
    )
