"""Cases of a centre that a station is still to take on: nobody was asked yet, they came back, or no answer comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import Visit
from desktop.domain.cases.case_holder import Assignment
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.services.cases.changes.change_holder import answer_by
from desktop.services.cases.changes.own_case import is_own
from desktop.services.session import Session

_ORDER: Final = (Assignment.RETURNED, Assignment.OFFERED, None)
_FOR_STATIONS: Final = frozenset({Visit.REPORT, Visit.TIP})
"""Whoever asked something or was warned is answered by the centre itself, unless somebody assigns it."""


@dataclass(frozen=True, slots=True)
class OpenAssignment:
    """``state``: None where no station was asked. ``since``: when it was taken down, offered or returned; ``due``:
    when the station should have answered."""

    case: CaseId
    victim: str
    state: Assignment | None
    since: datetime
    due: datetime | None = None


def open_assignments(session: Session) -> tuple[OpenAssignment, ...]:
    """Those that somebody has to do something about now: returned ones first, then unanswered, then unassigned, the
    oldest in front."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        cards = reader.made_cases(session.profile.device)
    now = session.clock.now()
    own = (card for card in cards if is_own(session, card.id, card.holder))
    found = [_open(session, card) for card in own if card.holder or card.visit in _FOR_STATIONS]
    return tuple(
        sorted(
            (one for one in found if one.state is not Assignment.OFFERED or _late(one, now)),
            key=lambda one: (_ORDER.index(one.state), one.since),
        )
    )


def _late(one: OpenAssignment, now: datetime) -> bool:
    return one.due is not None and one.due <= now


def _open(session: Session, card: CaseCard) -> OpenAssignment:
    holder = card.holder
    if holder is None or holder.assignment is None:
        return OpenAssignment(card.id, card.victim, None, card.accepted_at)
    note = holder.offer or holder.declined
    since = note.at if note is not None and note.at is not None else card.accepted_at
    due = answer_by(session, holder)
    return OpenAssignment(card.id, card.victim, holder.assignment, since, due)
