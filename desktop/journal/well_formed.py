"""What every entry must keep to, whatever it says, so that it can be stored and shown.

What it says is judged by :mod:`desktop.journal.judgement`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.records.field_types import TIME
from desktop.journal.entry import Entry

FARTHEST_AHEAD: Final = 10**9
"""How far a Lamport time may be ahead of all that is known here. Honest ones grow by one an entry; one that has
been driven to the end of the numbers would leave nobody a next one."""


def well_formed(entry: Entry) -> Entry:
    """The entry itself; raises ``TrustError("entry.malformed")`` when no database takes it, or its time is none."""
    if "\0" in "".join(_names(entry)) or not TIME.accepts(entry.wall):
        raise TrustError("entry.malformed")
    return entry


def _names(entry: Entry) -> Iterable[str]:
    """What an entry is found by; no database takes a NUL in it, and nobody types one."""
    refs = chain.from_iterable(entry.replaces.values())
    return (entry.stream, entry.kind, entry.subject, entry.officer, *entry.fields, *refs)
