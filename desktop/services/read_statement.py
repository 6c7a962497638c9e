"""Read a bill or statement of the evidence, row by row; an officer picks what is of the case."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.statement import ColumnChoice, Statement, StatementRow, TablePreview
from desktop.services.desk import Desk
from desktop.services.read_evidence import content_of, note_reading

_ROWS_A_LOOK: Final = 2_000


def read_statement(
    desk: Desk,
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
    desk.require(Permission.READ_CASES)
    source = content_of(desk, case, evidence, progress)
    found = desk.files.statement(source, password, choice)
    rows: list[StatementRow] = []
    for row in found:
        rows.append(row)
        if len(rows) % _ROWS_A_LOOK == 0:
            progress.check()
            progress.advance(len(rows), 0)
    if not rows:
        raise UserInputError("statement.no_rows")
    note_reading(desk, evidence)
    return Statement(found.head, tuple(rows), found.stated, found.findings, found.counted)


def preview_statement(
    desk: Desk, case: CaseId, evidence: EvidenceId, progress: Progress, *, password: str = ""
) -> TablePreview:
    """The first rows of a table nobody knows, for the officer to say what its columns are. Raises as above."""
    desk.require(Permission.READ_CASES)
    return desk.files.table(content_of(desk, case, evidence, progress), password)
