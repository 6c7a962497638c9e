"""Parts of a case that are projected one by one and do not touch the rows of their case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.storage.evidence_projection import project_evidence
from desktop.storage.paper_projection import project_papers
from desktop.storage.subjects import kind_of
from desktop.storage.task_projection import project_tasks
from desktop.storage.uncontested_values import Heads


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
