"""What the page of persons asks of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.domain.cases.person import TypedTie
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.series.people_sheet import Missing, PeopleSheet
from desktop.domain.series.series import LinkVerdict
from desktop.services.flow.account_targets import AccountTargets
from desktop.services.ports import Pdf


class PeoplePort(Protocol):
    """The services behind the page. All may be slow, run in lane ``db`` and raise ``AppError``."""

    def load(self) -> PeopleSheet:
        """Every target of the cases."""
        ...

    def record(self, case: CaseId, ties: Sequence[TypedTie]) -> str:
        """Record ties of one person; the person's key."""
        ...

    def withdraw(self, case: CaseId, tie: PersonId, reason: str) -> None:
        """A tie counts no more."""
        ...

    def decide(self, one: str, other: str, verdict: LinkVerdict | None, reason: str) -> None:
        """Two persons are one, or are not."""
        ...

    def targets(self, sheet: PeopleSheet, missing: Missing) -> AccountTargets:
        """What the order that finds something out is about."""
        ...

    def reveal(self) -> None:
        """Record that the personal numbers of every case were shown in full."""
        ...

    def page(self) -> Pdf:
        """The page on paper; recorded."""
        ...
