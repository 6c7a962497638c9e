"""Cases, what hangs on them, and what is not yet one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.case_file.merge import CaseGroup
from desktop.domain.case_file.views import (
    CarriedCase,
    CaseCard,
    CaseFile,
    CaseHits,
    HistoryRow,
    HitCount,
    SameAccount,
)
from desktop.domain.cases.intake import Draft
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId, DeviceId, EvidenceId
from desktop.domain.papers.paper import Paper
from desktop.journal.entry import Entry


class CaseQueries(Protocol):
    """Cases, what hangs on them, and what is not yet one."""

    def board(self) -> tuple[CaseCard, ...]:
        """Every case, newest first."""
        ...

    def cases_under_way(self) -> tuple[CarriedCase, ...]:
        """Those whose card says that they are not wholly at the centre, newest first; without making any card."""
        ...

    def objected_cases(self) -> frozenset[CaseId]:
        """Those that tell, or ever told, of an objection of the holder of an account, each by itself."""
        ...

    def case_card(self, case: CaseId) -> CaseCard | None:
        """One card; None when the case is unknown."""
        ...

    def made_cases(self, device: DeviceId) -> tuple[CaseCard, ...]:
        """The newest 200 open cases that a device made."""
        ...

    def case_file(self, case: CaseId) -> CaseFile | None:
        """A case with all that hangs on it; never what was merged into it."""
        ...

    def case_group(self, case: CaseId) -> CaseGroup:
        """The cases that are shown as one with this one, and which of them leads."""
        ...

    def case_by_number(self, number: str) -> CaseId | None:
        """The case with this local number or id."""
        ...

    def case_serial_after(self, prefix: str) -> int:
        """One more than the greatest serial among local case numbers that start with ``prefix``."""
        ...

    def case_counts(self, *, open_only: bool = False) -> Mapping[str, int]:
        """Unit code → how many cases it has; ``open_only``: those in hand, of joined reports the one they are worked
        on as."""
        ...

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """The items of a case, and of those merged into it, in the order they were added; also while it is a draft
        only."""
        ...

    def papers(self, case: CaseId) -> tuple[Paper, ...]:
        """The papers of a case, and of those merged into it."""
        ...

    def undigested(self) -> tuple[tuple[EvidenceId, str], ...]:
        """Items without SM3 and their SHA-256, the oldest first."""
        ...

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        """Every entry about the case and its parts, oldest first."""
        ...

    def case_words(self, case: CaseId) -> tuple[Entry, ...]:
        """Every entry about the case and its parts, oldest first, and about no other case."""
        ...

    def search(self, text: str, limit: int, only: CaseFilter = ANY_CASE) -> CaseHits:
        """Cases whose names, accounts, phones or narrative contain every word of ``text``, the best first."""
        ...

    def answers_of_visits(
        self, visit: str, since: datetime | None, before: datetime | None
    ) -> Iterator[tuple[Mapping[str, str], int]]:
        """The answers of every visit of a kind that was taken in a time, with how many next calls were set; of merged
        ones those of the first."""
        ...

    def types(self, cases: Collection[CaseId]) -> Mapping[CaseId, str]:
        """The types of some cases; "" where nobody chose one."""
        ...

    def count_found(self, text: str, only: CaseFilter = ANY_CASE) -> HitCount:
        """How many cases :meth:`search` would find; many are not counted to the end."""
        ...

    def same_account(
        self, normal: str, but: CaseId, limit: int | None = None
    ) -> tuple[SameAccount, ...]:
        """Other cases that hold the normalised account or identifier ``normal``, the newest first; no more than
        ``limit``, where only a hint is wanted."""
        ...

    def same_person(
        self, keys: Sequence[str], but: CaseId
    ) -> tuple[tuple[CaseCard, tuple[str, ...]], ...]:
        """Other cases that hold any of these keys of a person, each with those it holds, the newest first."""
        ...

    def numbers_between(self, prefix: str, suffix: str) -> tuple[tuple[str, SameAccount], ...]:
        """Numbers of any case that begin and end so, each with a case that holds it, the newest first."""
        ...

    def draft(self, case: CaseId) -> Draft | None:
        """The saved draft of this case."""
        ...

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, last saved first."""
        ...
