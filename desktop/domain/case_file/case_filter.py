"""Which cases a search is about, beside the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # the sign-in window waits for nothing of cases
    from desktop.domain.case_file.views import CaseCard


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """``""`` and None are any. ``since`` and ``before``: when the case was accepted."""

    state: str = ""
    type: str = ""
    visit: str = ""
    officer: str = ""
    unit: str = ""
    """The name of the station."""
    since: datetime | None = None
    before: datetime | None = None


ANY_CASE: Final = CaseFilter()


def passes(card: CaseCard, only: CaseFilter) -> bool:
    """Whether it is about this case."""
    has = (card.state.value, card.type, card.visit, card.accepted_by, card.unit_name)
    asked = (only.state, only.type, only.visit, only.officer, only.unit)
    return (
        all(wanted in ("", value) for wanted, value in zip(asked, has, strict=True))
        and (only.since is None or card.accepted_at >= only.since)
        and (only.before is None or card.accepted_at < only.before)
    )
