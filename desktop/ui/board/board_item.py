"""What stands in a column: a registered case, or a draft that waits to be finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from desktop.domain.case import CaseState, Visit
from desktop.domain.clock import from_wire
from desktop.domain.deadlines import Deadline
from desktop.domain.ids import CaseId
from desktop.domain.intake import Draft
from desktop.domain.views import CaseCard

_NO_CLOCKS: Final[Mapping[CaseId, Deadline]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BoardItem:
    """One card. ``card`` is None for a report that was never registered; ``draft`` tells that the wizard still
    holds unfinished text for it."""

    id: CaseId
    state: CaseState
    victim: str
    type: str
    officer: str
    at: datetime
    """When the report was accepted, or the draft last saved."""
    card: CaseCard | None
    draft: bool
    visit: str = Visit.REPORT.value
    clock: Deadline | None = None
    """Of the clocks the chip does not show, the one that ran out first or is due next."""

    @property
    def number(self) -> str:
        """The local number, empty before registration."""
        return self.card.number if self.card else ""

    @property
    def loss_fen(self) -> int:
        """The loss in fen, 0 while unknown."""
        return self.card.loss_fen if self.card else 0


def board_items(
    cards: tuple[CaseCard, ...],
    drafts: tuple[Draft, ...],
    clocks: Mapping[CaseId, Deadline] = _NO_CLOCKS,
) -> tuple[BoardItem, ...]:
    """Unregistered drafts first, then every case; a case whose draft is still open is one card, not two."""
    open_drafts = {draft.form.case_id: draft for draft in drafts}
    registered = tuple(
        BoardItem(
            id=card.id,
            state=card.state,
            victim=card.victim,
            type=card.type,
            officer=card.officer,
            at=card.accepted_at,
            card=card,
            draft=card.id in open_drafts,
            visit=card.visit,
            clock=clocks.get(card.id),
        )
        for card in cards
    )
    known = {card.id for card in cards} if open_drafts else set()
    unregistered = tuple(
        BoardItem(
            id=CaseId(case_id),
            state=CaseState.NEW,
            victim=draft.form.victim.name,
            type=draft.form.type,
            officer=draft.officer,
            at=from_wire(draft.saved_at),
            card=None,
            draft=True,
            visit=draft.form.visit,
        )
        for case_id, draft in open_drafts.items()
        if case_id not in known
    )
    return unregistered + registered
