"""Drafts on this PC, for as long as a centre's server has not got them."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.cases.intake import Draft
from desktop.domain.ids import CaseId


class PcDrafts(Protocol):
    """One draft a case, encrypted, in the data folder of this PC."""

    def save(self, draft: Draft) -> None:
        """Keep ``draft`` in place of an earlier one of its case; on disk when the call returns.

        Raises:
            WorldError: as the disk does; the earlier one is still there.
        """
        ...

    def holds(self, case: CaseId) -> bool:
        """Whether a draft of that case waits here."""
        ...

    def all(self) -> tuple[Draft, ...]:
        """Every draft that waits, each marked ``on_pc``; what cannot be read is left out and left alone."""
        ...

    def drop(self, case: CaseId, saved_at: str = "") -> None:
        """Forget the draft of a case, if there is one; with ``saved_at`` only the one that was saved then."""
        ...
