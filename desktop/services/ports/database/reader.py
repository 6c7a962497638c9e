"""One moment of the database, as services see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from desktop.domain.case_file.shift_briefing import BriefedCase, ReceivedEntry, Shift
from desktop.domain.ids import CaseId
from desktop.domain.installation.audit import AuditEntry, AuditKey, AuditQuery, AuditSum
from desktop.domain.installation.officer import Officer
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.fields import Fields, Json
from desktop.domain.series.series import SeriesCase, SeriesPart
from desktop.journal.entry import Entry
from desktop.services.ports.database.board_rows import BoardQueries
from desktop.services.ports.database.case_queries import CaseQueries
from desktop.services.ports.database.exchange_queries import ExchangeQueries
from desktop.services.ports.database.order_queries import OrderQueries


class SeriesQueries(Protocol):
    """What ties cases to each other."""

    def shared_values(
        self, shortest: int, progress: Progress = SILENT
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(normalised value, cases) of every value of so many characters at least that two or more cases hold; a
        merged report counts as the case that leads it. Never persons."""
        ...

    def values_shared_with(
        self, cases: Collection[str], shortest: int, most: int
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The same of values that any of these cases hold; of more than ``most`` cases, only as many are named as
        show it."""
        ...

    def series_parts(
        self, cases: Collection[str], progress: Progress = SILENT
    ) -> Iterator[SeriesPart]:
        """What each of these cases adds to a series, in no order; what was merged into another one is left out."""
        ...

    def series_cases(self, cases: Sequence[CaseId]) -> tuple[SeriesCase, ...]:
        """The lines of these cases, by id; what is unknown or was merged into another one is left out."""
        ...

    def stories(self, since: str, progress: Progress = SILENT) -> Iterator[tuple[CaseId, str]]:
        """(case, narrative) of cases accepted since that wire time."""
        ...


class BriefingQueries(Protocol):
    """Who was at the desk when, and what came to it meanwhile."""

    def last_shift(self, officer: str, away: timedelta, *, locked: bool = False) -> Shift | None:
        """When the shift of the officer of this number began and he had left before; None for who never signed in here.
        A sign-in goes on with the shift before unless he was ``away`` so long or another did something meanwhile. Who
        had ``locked`` the program comes now, and left with his last action of this session."""
        ...

    def briefed_cases(self, cases: Collection[str]) -> Mapping[CaseId, BriefedCase]:
        """Each of these cases → the one that leads it; what is not known here is left out."""
        ...

    def held_cases(self) -> tuple[BriefedCase, ...]:
        """The cases of which somebody says which desk holds them, newest first."""
        ...

    def received_after(self, seq: int) -> tuple[ReceivedEntry, ...]:
        """Entries of this device after that place of its stream, and those of others that came after it."""
        ...


class AuditQueries(Protocol):
    """The journal as an auditor reads it, and what a sign-in tells of the one before."""

    def audit_page(
        self, query: AuditQuery, after: AuditKey | None, limit: int
    ) -> tuple[AuditEntry, ...]:
        """Entries of the kinds asked for, newest first, from behind ``after`` on. As quick in a journal of a million
        entries as in a small one."""
        ...

    def audit_entries(self, query: AuditQuery) -> Iterator[AuditEntry]:
        """All of them, oldest first."""
        ...

    def audit_sum(self, query: AuditQuery, most: int | None = None) -> AuditSum:
        """How many there are and by whom; no more than ``most`` are counted. Without it all are, and by whom is not
        told: that would read every entry."""
        ...

    def noted(self, subject: str, kind: str, officer: str) -> bool:
        """Whether the officer left such a trace about ``subject`` since signing in here last."""
        ...

    def last_sign_in(self, officer: str) -> AuditKey | None:
        """The entry of the officer's last sign-in here; None for the first time."""
        ...


class Reader(
    CaseQueries,
    BoardQueries,
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

    def unreplaced_values(self, subject: str, field: str) -> tuple[tuple[str, Json], ...]:
        """The values of a field that did not know of each other, maybe the same twice, each with the text that shows
        it."""
        ...

    def fields_of_stream(self, subject: str, stream: str) -> Fields:
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

    def stream_words(
        self, stream: str, subjects: Collection[str], kinds: Collection[str]
    ) -> tuple[Entry, ...]:
        """Entries of these kinds about these subjects in a stream, ascending."""
        ...

    def own_words(
        self, subjects: Collection[str], kinds: Collection[str], after: int = 0
    ) -> tuple[Entry, ...]:
        """Entries of these kinds about these subjects in this device's own stream behind sequence ``after``, of a
        centre without ``after`` those of its PCs as well, ascending; a subject that ends in a slash stands for all
        below it."""
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
