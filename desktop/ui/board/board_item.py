"""What stands in a column: a registered case, or a draft that waits to be finished."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from desktop.domain.case_file.card_clock import CLOCKLESS, CardClock, Phase, card_clock
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.intake import Draft
from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import Deadline
from desktop.domain.time.clock import from_wire

_NO_CLOCKS: Final[Mapping[CaseId, Deadline]] = MappingProxyType({})
_NO_WINDOWS: Final[Mapping[CaseId, tuple[Deadline, ...]]] = MappingProxyType({})


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
    onward: tuple[Deadline, ...] = ()
    """The golden windows of where its money went on, the first to end in front."""

    @property
    def number(self) -> str:
        """The local number, empty before registration."""
        return self.card.number if self.card else ""

    @property
    def loss_fen(self) -> int:
        """The loss in fen, 0 while unknown."""
        return self.card.loss_fen if self.card else 0

    def counts_to(self, now: datetime, golden: timedelta) -> CardClock:
        """What the chip counts to at ``now``; a draft has no clock. ``golden`` is the length of the golden window (rule
        ``golden.window``)."""
        if self.card is None:
            return CLOCKLESS[Phase.DRAFT]
        return card_clock(self.card, (window.at for window in self.onward), now, golden)


def board_items(
    cards: tuple[CaseCard, ...],
    drafts: tuple[Draft, ...],
    clocks: Mapping[CaseId, Deadline] = _NO_CLOCKS,
    shown: Iterable[BoardItem] = (),
    onward: Mapping[CaseId, tuple[Deadline, ...]] = _NO_WINDOWS,
    elsewhere: Collection[CaseId] = (),
) -> tuple[BoardItem, ...]:
    """Unregistered drafts first, then the cases; a case whose draft is still open is one card, not two, be it among
    ``cards`` or registered ``elsewhere``. Of those ``shown`` already, what did not change is the very same item."""
    open_drafts = {draft.form.case_id: draft for draft in drafts}
    known = {item.id: item for item in shown}
    registered = tuple(
        _registered(
            card,
            clocks.get(card.id),
            onward.get(card.id, ()),
            known.get(card.id),
            draft=card.id in open_drafts,
        )
        for card in cards
    )
    there = {*elsewhere, *(card.id for card in cards)} if open_drafts else set()
    unregistered = tuple(
        _unregistered(CaseId(case), draft)
        for case, draft in open_drafts.items()
        if case not in there
    )
    return unregistered + registered


def _registered(
    card: CaseCard,
    clock: Deadline | None,
    onward: tuple[Deadline, ...],
    known: BoardItem | None,
    *,
    draft: bool,
) -> BoardItem:
    if known is not None and known.card == card:
        same = (known.draft, known.clock, known.onward) == (draft, clock, onward)
        if same:
            return known
    return BoardItem(
        card.id, card.state, card.victim, card.type, card.officer, card.accepted_at, card, draft, card.visit,
        clock, onward,
    )  # fmt: skip


def _unregistered(case: CaseId, draft: Draft) -> BoardItem:
    form = draft.form
    return BoardItem(
        case, CaseState.NEW, form.victim.name, form.type, draft.officer, from_wire(draft.saved_at), None,
        draft=True, visit=form.visit,
    )  # fmt: skip
