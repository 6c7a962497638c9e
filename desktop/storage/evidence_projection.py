"""Evidence as rows, written item by item."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from desktop.domain.fields import number, text
from desktop.storage.statements import run
from desktop.storage.subjects import key_of
from desktop.storage.uncontested_values import Heads
from desktop.storage.values import shown_fields

_EVIDENCE = (
    "INSERT INTO evidence_row (evidence_id, case_id, added_at, sha256, size, sm3) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (evidence_id) DO UPDATE SET case_id = excluded.case_id, "
    "added_at = excluded.added_at, sha256 = excluded.sha256, size = excluded.size, sm3 = excluded.sm3"
)
_SHOWN = ("case", "added_at", "sha256", "size", "sm3")


def project_evidence(connection: Connection, evidence: Mapping[str, Heads]) -> None:
    """Write the rows of these subjects anew."""
    rows = []
    for name, subject_heads in sorted(evidence.items()):
        fields = shown_fields(subject_heads, _SHOWN)
        if text(fields, "added_at"):
            rows.append(
                (key_of(name), text(fields, "case"), text(fields, "added_at"),
                 text(fields, "sha256"), number(fields, "size"), text(fields, "sm3"))
            )  # fmt: skip
    if rows:
        run(connection, _EVIDENCE, rows)
