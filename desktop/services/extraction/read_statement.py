"""Read a bill or statement of the evidence, row by row; an officer picks what is of the case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.statements.column_choice import (
    choice_from_json,
    choice_to_json,
    header_signature,
)
from desktop.domain.statements.packed_rows import PackedRows
from desktop.domain.statements.statement import (
    ColumnChoice,
    Statement,
    StatementHead,
    StatementRow,
    TablePreview,
    without_rows,
)
from desktop.services.extraction.read_evidence import content_of, note_reading
from desktop.services.ports.reading.readers import StatementRows
from desktop.services.session import Session

_ROWS_A_LOOK: Final = 2_000
_UNKNOWN: Final = "statement.unknown"


def read_statement(
    session: Session,
    case: CaseId,
    evidence: EvidenceId,
    progress: Progress,
    *,
    password: str = "",
    choice: ColumnChoice | None = None,
) -> Statement:
    """The whole statement; tells the rows read so far.

    Raises:
        UserInputError: ``reading.too_large``; ``statement.…`` of the reader.
        WorldError, TrustError: from the vault.
    """
    session.require(Permission.READ_CASES)
    source = content_of(session, case, evidence, progress)
    found = _opened(session, source, password, choice)
    rows = PackedRows(_counting(found, progress))
    if not rows:
        raise without_rows(found.head)
    if choice is not None:
        _remember(session, found.head, choice)
    note_reading(session, evidence)
    return Statement(found.head, rows, found.stated, found.findings, found.counted)


def _counting(rows: Iterable[StatementRow], progress: Progress) -> Iterator[StatementRow]:
    for count, row in enumerate(rows, 1):
        yield row
        if count % _ROWS_A_LOOK == 0:
            progress.check()
            progress.advance(count, 0)


def preview_statement(
    session: Session, case: CaseId, evidence: EvidenceId, progress: Progress, *, password: str = ""
) -> TablePreview:
    """The first rows of a table nobody knows, for the officer to say what its columns are. Raises as above."""
    session.require(Permission.READ_CASES)
    return session.files.table(content_of(session, case, evidence, progress), password)


def _opened(
    session: Session, source: BinaryIO, password: str, choice: ColumnChoice | None
) -> StatementRows:
    """As it tells itself, else as somebody once said of a table with the same header."""
    try:
        found = session.files.statement(source, password, choice)
    except UserInputError as error:
        if choice is not None or error.code != _UNKNOWN:
            raise
        known = _remembered(session, source, password)
        if known is None:
            raise
        return session.files.statement(source, password, known)
    if choice is not None or found.head.layout:
        return found
    better = _stored_choice(
        session, found.head.columns, found.head.header_row
    )  # where names tell but a part
    return session.files.statement(source, password, better) if better is not None else found


def _remembered(session: Session, source: BinaryIO, password: str) -> ColumnChoice | None:
    rows = session.files.table(source, password).rows
    known = (_stored_choice(session, cells, number) for number, cells in enumerate(rows, 1))
    return next((choice for choice in known if choice is not None), None)


def _stored_choice(session: Session, header: Sequence[str], row: int) -> ColumnChoice | None:
    signature = header_signature(header)
    if not signature:
        return None
    with session.store.read() as reader:
        stored = reader.column_choice(signature)
    return _choice(stored, row) if stored is not None else None


def _choice(stored: str, header_row: int) -> ColumnChoice | None:
    """None for one that a newer program wrote otherwise."""
    try:
        return choice_from_json(json.loads(stored), header_row)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _remember(session: Session, head: StatementHead, choice: ColumnChoice) -> None:
    """By the names in its header, not by the file's; a table without a header is asked for each time."""
    signature = header_signature(head.columns)
    if signature and choice.header_row:
        with session.store.write() as transaction:
            transaction.keep_column_choice(signature, json.dumps(choice_to_json(choice)))
