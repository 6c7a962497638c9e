"""One moment of the database, as services see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from desktop.domain.fields import Fields, Json
from desktop.domain.officer import Officer
from desktop.journal.entry import Entry
from desktop.services.ports.audit_queries import AuditQueries
from desktop.services.ports.briefing_queries import BriefingQueries
from desktop.services.ports.case_queries import CaseQueries
from desktop.services.ports.exchange_queries import ExchangeQueries
from desktop.services.ports.order_queries import OrderQueries
from desktop.services.ports.series_queries import SeriesQueries


class Reader(
    CaseQueries,
    OrderQueries,
    SeriesQueries,
    ExchangeQueries,
    BriefingQueries,
    AuditQueries,
    Protocol,
):
    """A consistent view of the projections and the journal."""

    def current(self, subject: str) -> Fields:
        """The shown values of a subject; empty when unknown."""
        ...

    def standing(self, subject: str, field: str) -> tuple[tuple[str, Json], ...]:
        """The values of a field that did not know of each other, maybe the same twice, each with the text that shows
        it."""
        ...

    def said(self, subject: str, stream: str) -> Fields:
        """Those of the values that stand which one stream wrote."""
        ...

    def subjects(self, kind: str) -> Mapping[str, Fields]:
        """Subject → shown values of everything of one kind that belongs to no case, by name; ``answer/<device>`` for
        what one device says of that kind."""
        ...

    def officer(self, number: str) -> Officer | None:
        """An enrolled officer."""
        ...

    def officers(self, device: str = "") -> tuple[Officer, ...]:
        """Every officer ever enrolled, by number; on one device, or on all that are known here."""
        ...

    def heads(self) -> Mapping[str, int]:
        """Stream → last contiguous sequence held."""
        ...

    def tip(self, stream: str) -> str:
        """Hash of the last entry held of a stream."""
        ...

    def entries(self, stream: str, first: int, last: int) -> Iterator[Entry]:
        """Entries of one stream, ascending."""
        ...

    def own_words(
        self, subjects: Collection[str], kinds: Collection[str], after: int = 0
    ) -> tuple[Entry, ...]:
        """Entries of these kinds about these subjects in this device's own stream behind sequence ``after``,
        ascending; a subject that ends in a slash stands for all below it."""
        ...

    def last_wall(self) -> str:
        """The greatest wall time this device ever wrote, to notice a clock that was set back."""
        ...

    def thumbnail(self, evidence: str) -> bytes | None:
        """The kept thumbnail of an evidence item."""
        ...

    def derived(self, evidence: str) -> str | None:
        """The kept text derived from an evidence item, such as that of a picture."""
        ...

    def column_choice(self, signature: str) -> str | None:
        """What a person once said of a table with this header."""
        ...
