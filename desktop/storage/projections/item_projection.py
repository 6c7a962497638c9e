"""Parts of a case that are projected one by one and do not touch the rows of their case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.records.fields import number, text
from desktop.storage.columns import fitting
from desktop.storage.current_values.subjects import key_of, kind_of
from desktop.storage.current_values.uncontested_values import Heads
from desktop.storage.current_values.values import shown_fields
from desktop.storage.database.statements import run
from desktop.storage.projections.paper_projection import project_papers
from desktop.storage.projections.task_projection import project_tasks

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
                 fitting(text(fields, "sha256")), number(fields, "size"), text(fields, "sm3"))
            )  # fmt: skip
    if rows:
        run(connection, _EVIDENCE, rows)


def _no_rows(_connection: Connection, _found: Mapping[str, Heads]) -> None:
    """Nobody lists or counts these; they are read with their case."""


_PROJECT: Final[Mapping[str, Callable[[Connection, Mapping[str, Heads]], None]]] = {
    "evidence": project_evidence,
    "task": project_tasks,
    "paper": project_papers,
    "read_aloud": _no_rows,
    "seal": _no_rows,
    "custody": _no_rows,
}
ITEMS: Final = frozenset(_PROJECT)
"""Their kinds."""


def is_disputable(kind: str, field: str) -> bool:
    """Whether somebody has to decide about several values of this field. A task done or a paper signed in two places
    needs nobody; what two people wrote into one paper does."""
    return kind not in {"task", "paper"} or field.startswith("text.")


def project_items(connection: Connection, found: Mapping[str, Heads], names: Iterable[str]) -> None:
    """Write the rows of these subjects anew, so that the five-thousandth photo costs no more than the first."""
    listed = list(names)
    for kind, project in _PROJECT.items():
        own = {name: found[name] for name in listed if kind_of(name) == kind}
        if own:
            project(connection, own)
