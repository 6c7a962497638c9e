"""Take an order, a case or a dispatch batch in hand, let it go, hand it over: several people of a centre at the same
lists (see :mod:`desktop.domain.orders.claim`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.claim import (
    STALE_AFTER,
    ClaimState,
    WorkClaim,
    WorkKind,
    batch_number_in,
    kind_of_work,
    seat_of,
)
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import show_time
from desktop.journal.touching import Touching
from desktop.services.look_up import order as find_order
from desktop.services.order_reach import in_reach, reached_order, reached_orders
from desktop.services.orders.answers.slip_orders import slips_sent
from desktop.services.ports import Reader
from desktop.services.session import Session

LONGEST_REASON: Final = 200
_NOTHING: Final = frozenset[str]()
_NEEDS: Final[Mapping[WorkKind, Permission]] = {
    WorkKind.ORDER: Permission.ANSWER_ORDERS,
    WorkKind.CASE: Permission.READ_CASES,
    WorkKind.BATCH: Permission.DISPATCH,
}
"""Who may have it in hand. A seat is nobody else's."""


def has_seats(session: Session) -> bool:
    """Whether several people may work on these data at once: those of a centre on a server."""
    profile = session.profile
    return profile.on_server and profile.role is InstallationRole.CENTRE


def claims_in(session: Session, reader: Reader) -> Mapping[str, WorkClaim]:
    """What is in hand → who has it; nothing where one person works alone. A clerk of an institution sees those on its
    orders."""
    if not has_seats(session):
        return {}
    listed = reader.claims(session.clock.now())
    claims = {claim.about: claim for claim in listed if not claim.is_seat}
    if session.officer.only_own_institution:
        orders = [key for key in claims if kind_of_work(key) is WorkKind.ORDER]
        reached = {view.order.id for view in reached_orders(session, reader, orders)}
        return {about: claim for about, claim in claims.items() if about in reached}
    return claims


def all_claims(session: Session) -> Mapping[str, WorkClaim]:
    """The same, read by itself."""
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        return claims_in(session, reader)


def claim_work(session: Session, about: str, reason: str = "") -> WorkClaim:
    """Take something in hand: an order by id or number, a case or batch by its key. What somebody has who is not heard
    of any more is taken without a reason, what somebody is at with ``reason`` alone, which that person is shown. One's
    own stays as it is.

    Raises:
        UserInputError: ``order.unknown``, ``case.unknown``, ``pack.unknown``.
        RuleError: ``claim.held`` with ``by`` and ``since``, where a reason is needed and there is none.
    """
    session.require(Permission.SEE_ORDERS)
    own, why = session.officer.number, clean(reason)[:LONGEST_REASON]
    about = work_named(session, about)
    with session.store.write(about_claims(about)) as transaction:
        require_work(session, transaction, about)
        stands = claim_on(session, transaction, about)
        if stands is not None and stands.state(own) is ClaimState.MINE:
            transaction.hear_of_claims(own)
            return stands
        if stands is not None and stands.needs_reason(own) and not why:
            at = show_time(from_wire(stands.since))
            raise RuleError("claim.held", by=stands.name or stands.officer, since=at)
        former = stands.officer if stands is not None else ""
        claim = claim_of(session, session.officer, about, former, why if former else "")
        transaction.keep_claim(claim)
    return claim


def work_named(session: Session, about: str) -> str:
    """The key of what is named: of an order its id, also by its number. Raises ``order.unknown``, ``rights.missing``
    for a kind of work the officer does not do."""
    needs = _NEEDS.get(kind_of_work(about))
    if needs is None:
        raise UserInputError("order.unknown")
    session.require(needs)
    return find_order(session, about).order.id if needs is Permission.ANSWER_ORDERS else about


def require_work(session: Session, reader: Reader, about: str) -> None:
    """Nothing that is not there is in anybody's hand. Raises as :func:`claim_work`."""
    kind, name = kind_of_work(about), about.partition("/")[2]
    if kind is WorkKind.ORDER:
        reached_order(session, reader, about)
    elif kind is WorkKind.CASE:
        if not reader.current(about) and reader.draft(CaseId(name)) is None:
            raise UserInputError("case.unknown")
    elif not _went_out(reader, batch_number_in(about)):
        raise UserInputError("pack.unknown")


def _went_out(reader: Reader, batch: str) -> bool:
    """Whether orders went out in this batch, be it by their slips alone."""
    of_slips = (view.order.dispatch.pack for view in slips_sent(reader))
    return batch in reader.batches_beginning(batch) or batch in of_slips


def release_work(session: Session, about: str) -> None:
    """Let go what one has in hand; of what others have nothing is changed."""
    session.require(Permission.SEE_ORDERS)
    with session.store.write(about_claims(about)) as transaction:
        stands = claim_on(session, transaction, about)
        if stands is not None and stands.state(session.officer.number) is ClaimState.MINE:
            transaction.drop_claims((about,))


def hand_over_claims(session: Session, number: str) -> int:
    """Give all that one has in hand to another officer, as whoever leaves does; how many. Whoever gets them is heard of
    from the next sign-in on, so until then anybody may take them.

    Raises:
        UserInputError: ``claim.nobody`` (no such officer who may work on all of it, or oneself), ``claim.none``
            (nothing in hand).
    """
    session.require(Permission.SEE_ORDERS)
    own = session.officer.number
    with session.store.read() as reader:
        held = {claim.about for claim in _own_claims(session, reader)}
    with session.store.write(about_claims(*held)) as transaction:
        receiver = transaction.officer(number)
        mine = [one for one in _own_claims(session, transaction) if one.about in held]
        if receiver is None or not _takes_over(session, transaction, receiver, mine):
            raise UserInputError("claim.nobody")
        if not mine:
            raise UserInputError("claim.none")
        for claim in mine:
            given = claim_of(session, receiver, claim.about, own, "", silent=STALE_AFTER)
            transaction.keep_claim(given)
    return len(mine)


def hear_of_claims(session: Session) -> None:
    """Say that whoever is signed in is still there, at the own seat and at what they have in hand."""
    own = session.officer
    seat = seat_of(own.number)
    with session.store.write(about_claims(seat)) as transaction:
        known = {claim.about: claim for claim in transaction.claims(session.clock.now())}.get(seat)
        if known is None or known.silent >= STALE_AFTER:
            transaction.keep_claim(claim_of(session, own, seat, "", ""))
        transaction.hear_of_claims(own.number)


def _own_claims(session: Session, reader: Reader) -> tuple[WorkClaim, ...]:
    """What the officer signed in has in hand."""
    own = session.officer.number
    claims = reader.claims(session.clock.now())
    return tuple(claim for claim in claims if claim.officer == own and not claim.is_seat)


def receivers_of_claims(session: Session) -> tuple[Officer, ...]:
    """To whom one may hand over all that one has in hand: those who may work on it, without oneself."""
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        officers, mine = reader.officers(session.profile.device), _own_claims(session, reader)
        return tuple(officer for officer in officers if _takes_over(session, reader, officer, mine))


def _takes_over(
    session: Session, reader: Reader, officer: Officer, claims: Collection[WorkClaim]
) -> bool:
    other = officer.number != session.officer.number
    return other and may_work_on(session, reader, officer, {claim.about for claim in claims})


def may_work_on(session: Session, reader: Reader, officer: Officer, works: Collection[str]) -> bool:
    """Whether an officer may have all of these in hand; of nothing, whether any order."""
    kinds = {kind_of_work(about) for about in works} or {WorkKind.ORDER}
    if not all(kind in _NEEDS and officer.may(_NEEDS[kind]) for kind in kinds):
        return False
    orders = {about for about in works if kind_of_work(about) is WorkKind.ORDER}
    views = reader.orders_named(orders) if orders else ()
    return in_reach(session.directories, officer, (view.order for view in views))


def claim_on(session: Session, reader: Reader, about: str) -> WorkClaim | None:
    """Who has it in hand."""
    claims = reader.claims(session.clock.now())
    return next((claim for claim in claims if claim.about == about), None)


def claim_of(
    session: Session,
    officer: Officer,
    about: str,
    former: str,
    reason: str,
    *,
    silent: timedelta = timedelta(),
) -> WorkClaim:
    """A claim that begins now; ``silent``: how long its holder is taken to have said nothing."""
    since = to_wire(session.clock.now())
    return WorkClaim(about, officer.number, officer.name, since, silent, former, reason)


def about_claims(*works: str) -> Touching:
    """Beside whoever takes in bundles: nothing of the journal is written. Two who reach for one thing, by its key, wait
    for each other."""
    return Touching(_NOTHING, frozenset(f"claim/{about}" for about in works), _NOTHING)
