"""The clock of a statement: exchanges and chains count in UTC, where banks here write legal time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from desktop.domain.local_time import LEGAL_OFFSET
from desktop.domain.statements.statement import StatementColumn
from desktop.readers.statements.cells import name_of
from desktop.readers.statements.header import StatementHeader

_OF_COLUMN: Final = re.compile(r"utc(?:([+-]\d{1,2})(?::00)?)?")
_ABOVE: Final = re.compile(r"(?:timezone|时区):?(?:utc|gmt)([+-]\d{1,2})?")


def to_legal_time(header: StatementHeader) -> timedelta:
    """What is added to a time as written: by the name of its column, else by a line above; zero where neither tells."""
    place = next(
        (
            header.roles[c][0]
            for c in (StatementColumn.DATE, StatementColumn.TIME)
            if c in header.roles
        ),
        -1,
    )
    name = name_of(header.columns[place]) if 0 <= place < len(header.columns) else ""
    found = _OF_COLUMN.search(name) or _ABOVE.search(name_of("\n".join(header.above)))
    if found is None:
        return timedelta()
    return LEGAL_OFFSET - timedelta(hours=int(found[1] or 0))
