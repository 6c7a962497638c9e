"""Bring up to date what is reckoned from entries and rules: only cases that were spoken of since are reckoned.

Clocks and figures follow from the journal and from the rules that hold here. They are reckoned once, by the functions
of the domain, and kept as rows; which clock is the most urgent at an instant, or what a year comes to, is then a
question to the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from desktop import __version__
from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.views import CaseCard, OrderView
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.law.alarms import AlarmSpans, alarm_spans
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.reckon_clocks import (
    golden_span,
    reckoned_cards,
    reckoned_clocks,
    reckoned_orders,
)
from desktop.services.ports import Arrears, Reader, ReckonedCases
from desktop.services.reckon_figures import reckoned_figures
from desktop.services.session import Session
from desktop.services.where_money_is import clock_tolerance, money_places

T = TypeVar("T")
_AT_ONCE: Final = 100
"""Cases reckoned together: nobody who writes waits for more than their rows."""
_RECKONED: Final = 5
"""To be raised when something is reckoned otherwise than before within one version, or other things are kept of it."""


@dataclass(frozen=True, slots=True)
class Unreckoned:
    """What was read of some cases that wait. ``alone``: orders whose report is not here yet."""

    arrears: Arrears
    facts: Sequence[ClockFacts]
    alone: Sequence[OrderView]
    types: Mapping[CaseId, str]
    cards: Mapping[CaseId, CaseCard]


def reckon_few(session: Session, most: int, progress: Progress = SILENT) -> tuple[int, int]:
    """:func:`reckon` where at most so many cases wait; else none is reckoned. The basis, and how many wait then."""
    session.require(Permission.SEE_ORDERS)
    now = session.clock.now()
    basis = _basis(session, mark_of(session, alarm_spans(session.rules, now)), now)
    with session.store.read() as reader:
        left = reader.waiting(basis)
    if left is not None and (left == 0 or left > most):
        return basis, left
    return reckon(session, progress), 0


def reckon(session: Session, progress: Progress = SILENT) -> int:
    """Reckon every case that waits, and say on which basis its rows stand. The first time, and by other rules, those
    are all cases: some at a time, each in a short transaction of its own, so that whoever is stopped goes on from
    there. Told as cases of all that waited."""
    session.require(Permission.SEE_ORDERS)
    now, done = session.clock.now(), 0
    spans = alarm_spans(session.rules, now)
    mark = mark_of(session, spans)
    basis = _basis(session, mark, now)
    while True:
        progress.check()
        with session.store.read() as reader:
            left = reader.waiting(basis)
            read = read_some(reader, basis) if left else None
        if left is None:  # projections were made anew meanwhile
            basis = _basis(session, mark, now)
        elif read is None:
            return basis
        else:
            found = reckoned(session, read, spans, now)
            with session.store.write() as transaction:
                transaction.keep_reckoned(read.arrears, found, now)
            progress.advance(done + len(read.arrears.cases), done + left)
            done += len(read.arrears.cases)


def read_on(session: Session, basis: int, read: Callable[[Reader, int], T]) -> T:
    """What ``read`` finds on a basis, to go on with a list that was begun there; where its rows are no more, on the
    one that takes its place."""
    session.require(Permission.SEE_ORDERS)
    while True:
        with session.store.read() as reader:
            if reader.waiting(basis) is not None:
                return read(reader, basis)
        basis = reckon(session)


def _basis(session: Session, mark: str, now: datetime) -> int:
    """The basis for now, in order."""
    with session.store.read() as reader:
        basis = reader.find_basis(mark, now)
    if basis is not None and basis.in_order:
        return basis.number
    with session.store.write() as transaction:
        return transaction.put_basis_in_order(mark, now)


def mark_of(session: Session, spans: AlarmSpans) -> str:
    """A digest of everything that is reckoned by: rules, program, spans of time."""
    tolerance = clock_tolerance(session.rules, session.today)
    times = (spans, golden_span(session), tolerance)
    offices = session.directories.hotlines()
    by = (__version__, _RECKONED, session.rules.fingerprint, times, session.flow.mark, offices)
    return hashlib.sha256(repr(by).encode()).hexdigest()[:32]


def read_some(reader: Reader, basis: int) -> Unreckoned:
    """What the journal says of the next cases that wait on a basis."""
    arrears = reader.arrears(basis, _AT_ONCE)
    facts = reader.clock_facts(cases=arrears.members)
    known = {item.case for item in facts}
    alone = [case for case, lead in arrears.members.items() if lead not in known]
    views = reader.orders_of_cases(alone) if alone else ()
    return Unreckoned(arrears, facts, views, reader.types(known), reader.cards_of(known))


def reckoned(session: Session, read: Unreckoned, spans: AlarmSpans, now: datetime) -> ReckonedCases:
    """The rows of these cases at ``now``. Where the money of a case is, which takes most of the time, is followed
    once for all of them."""
    places = {item.case: money_places(session, [item]) for item in read.facts}
    own = [item for item in read.facts if _is_counted(session, item, read.cards)]
    cards = {case: _offered_here(session, card) for case, card in read.cards.items()}
    views = [*(view for item in read.facts for view in item.orders), *read.alone]
    clocks = tuple(reckoned_clocks(session, read.facts, spans))
    return ReckonedCases(
        tuple(reckoned_orders(session, views, read.facts)),
        clocks,
        tuple(reckoned_figures(own, read.types, places, now)),
        reckoned_cards(read.facts, cards, clocks, places, (golden_span(session), now)),
    )


def _is_counted(session: Session, facts: ClockFacts, cards: Mapping[CaseId, CaseCard]) -> bool:
    """Whether the case stands in the statistics here: a case of the centre counts at the station that took it on, not
    where it was only offered or came back from."""
    card, own = cards.get(facts.case), session.profile
    of_other = facts.number.partition("-")[0] not in ("", own.unit_code)
    if card is None or own.role is InstallationRole.CENTRE or not of_other:
        return True
    return card.desk != card.home


def _offered_here(session: Session, card: CaseCard) -> CaseCard:
    """What a centre offers a station waits for each of its desks, whichever of them the offer names."""
    holder = card.holder
    offer = holder.offer if holder is not None else None
    if holder is None or offer is None or offer.unit != session.profile.unit_code:
        return card
    offer = replace(offer, device=session.profile.device)
    return replace(card, holder=replace(holder, offer=offer))
