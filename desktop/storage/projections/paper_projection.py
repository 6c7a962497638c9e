"""The files of signed papers as rows: which blobs of the vault they are, to be sent and checked like evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.papers.paper import Paper, in_order, paper_from_fields
from desktop.domain.records.fields import text
from desktop.domain.time.clock import to_wire
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import shown_fields
from desktop.storage.database.statements import run

_ROW: Final = (
    "INSERT INTO paper_blob (paper_id, part, case_id, signed_at, sha256, size, sm3) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (paper_id, part) DO UPDATE SET case_id = excluded.case_id, "
    "signed_at = excluded.signed_at, sha256 = excluded.sha256, size = excluded.size, sm3 = excluded.sm3"
)


def project_papers(connection: Connection, papers: Mapping[str, Heads]) -> None:
    """Write the rows of these subjects anew. A signature that arrived before its paper waits for it."""
    rows = []
    for name, subject_heads in sorted(papers.items()):
        fields = shown_fields(subject_heads)
        paper = paper_from_fields(key_of(name), fields)
        if paper is None or paper.signed is None:
            continue
        signing = paper.signed
        rows += [
            (paper.id, part, text(fields, "case"), to_wire(signing.at), blob.sha256, blob.size, blob.sm3)
            for part, blob in (("pdf", signing.pdf), ("record", signing.record))
        ]  # fmt: skip
    if rows:
        run(connection, _ROW, rows)


def papers_of(papers: Mapping[str, Heads]) -> tuple[Paper, ...]:
    """The papers behind these subjects, see :func:`desktop.domain.papers.paper.in_order`."""
    found = (paper_from_fields(key_of(name), shown_fields(item)) for name, item in papers.items())
    return in_order(paper for paper in found if paper is not None)
