"""Evidence as rows, written item by item."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from desktop.domain.fields import number, text
from desktop.storage.subjects import key_of
from desktop.storage.values import Heads, shown_fields

_EVIDENCE = (
    "INSERT OR REPLACE INTO evidence_row (evidence_id, case_id, added_at, sha256, size, sm3) "
    "VALUES (?, ?, ?, ?, ?, ?)"
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
        connection.exec_driver_sql(_EVIDENCE, rows)
