"""What waits for a person to decide between two values, over all cases; and the decision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.case_file.views import Conflict
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.services.cases.changes.amend_case import decide
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.ports import Reader
from desktop.services.session import Session

_KEY = 8


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Several values of one field of a case, the one that is shown meanwhile first."""

    case: CaseId
    case_number: str
    conflict: Conflict

    @property
    def key(self) -> str:
        """Names the conflict with these very values: should another value join them, the name is another."""
        values = [
            self.conflict.subject,
            self.conflict.field,
            [item.value for item in self.conflict.values],
        ]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:_KEY]


def open_conflicts(session: Session, case: CaseId | None = None) -> tuple[OpenConflict, ...]:
    """What nobody decided yet, of one case or of all, the newest case first.

    Raises ``UserInputError("case.unknown")``.
    """
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        return tuple(_open(reader, case))


def settle_conflict(session: Session, key: str, choice: int) -> OpenConflict:
    """Let value number ``choice``, counted from 1 as :func:`open_conflicts` lists them, replace the others.

    Raises:
        UserInputError: ``conflict.unknown`` when it is settled, or its values are others by now; ``conflict.choice``.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    with session.store.write() as transaction:
        found = next((item for item in _open(transaction) if item.key == key.strip().lower()), None)
        if found is None:
            raise UserInputError("conflict.unknown")
        conflict = found.conflict
        if not 1 <= choice <= len(conflict.values):
            raise UserInputError("conflict.choice", count=len(conflict.values))
        value = conflict.values[choice - 1].value
        decide(session, transaction, conflict, value)
    return found


def _open(reader: Reader, case: CaseId | None = None) -> Iterator[OpenConflict]:
    cases = [card.id for card in reader.board() if card.conflicts] if case is None else [case]
    for name in cases:
        file, _ = whole_in(reader, name)
        for conflict in file.conflicts:
            yield OpenConflict(name, file.case.number, conflict)
