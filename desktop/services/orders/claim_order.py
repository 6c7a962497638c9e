"""Take an order in hand, let it go, hand it over: several people of a centre at one list (see
:mod:`desktop.domain.orders.claim`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.claim import STALE_AFTER, ClaimState, OrderClaim, seat_of
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import show_time
from desktop.journal.touching import Touching
from desktop.services.look_up import order as find_order
from desktop.services.order_reach import in_reach, reached_order, reached_orders
from desktop.services.ports import Reader
from desktop.services.session import Session

LONGEST_REASON: Final = 200
_NOTHING: Final = frozenset[str]()


def has_seats(session: Session) -> bool:
    """Whether several people may work on these data at once: those of a centre on a server."""
    profile = session.profile
    return profile.on_server and profile.role is InstallationRole.CENTRE


def order_claims(session: Session, reader: Reader) -> Mapping[str, OrderClaim]:
    """Order → who has it in hand; nothing where one person works alone."""
    if not has_seats(session):
        return {}
    listed = reader.claims(session.clock.now())
    claims = {claim.order: claim for claim in listed if not claim.is_seat}
    if session.officer.only_own_institution:
        reached = {view.order.id for view in reached_orders(session, reader, claims)}
        return {order: claim for order, claim in claims.items() if order in reached}
    return claims


def claim_order(session: Session, order: str, reason: str = "") -> OrderClaim:
    """Take an order in hand, by id or number. One of whoever is not heard of any more is taken without a reason, one
    that somebody is at with ``reason`` alone, which that person is shown. One's own stays as it is.

    Raises:
        UserInputError: ``order.unknown``.
        RuleError: ``claim.held`` with ``by`` and ``since``, where a reason is needed and there is none.
    """
    session.require(Permission.ANSWER_ORDERS)
    own, why = session.officer.number, clean(reason)[:LONGEST_REASON]
    order = find_order(session, order).order.id
    with session.store.write(about_claims(order)) as transaction:
        reached_order(session, transaction, order)
        stands = claim_on(session, transaction, order)
        if stands is not None and stands.state(own) is ClaimState.MINE:
            transaction.hear_of_claims(own)
            return stands
        if stands is not None and stands.needs_reason(own) and not why:
            at = show_time(from_wire(stands.since))
            raise RuleError("claim.held", by=stands.name or stands.officer, since=at)
        former = stands.officer if stands is not None else ""
        claim = claim_of(session, session.officer, order, former, why if former else "")
        transaction.keep_claim(claim)
    return claim


def release_order(session: Session, order: str) -> None:
    """Let go what one has in hand; of what others have nothing is changed."""
    session.require(Permission.ANSWER_ORDERS)
    with session.store.write(about_claims(order)) as transaction:
        stands = claim_on(session, transaction, order)
        if stands is not None and stands.state(session.officer.number) is ClaimState.MINE:
            transaction.drop_claims((order,))


def hand_over_claims(session: Session, number: str) -> int:
    """Give all that one has in hand to another officer, as whoever leaves does; how many orders. Whoever gets them is
    heard of from the next sign-in on, so until then anybody may take them.

    Raises:
        UserInputError: ``claim.nobody`` (no such officer who may work on all of it, or oneself), ``claim.none``
            (nothing in hand).
    """
    session.require(Permission.ANSWER_ORDERS)
    own = session.officer.number
    with session.store.read() as reader:
        held = {claim.order for claim in _own_claims(session, reader)}
    with session.store.write(about_claims(*held)) as transaction:
        receiver = transaction.officer(number)
        mine = [one for one in _own_claims(session, transaction) if one.order in held]
        if receiver is None or not _takes_over(session, transaction, receiver, mine):
            raise UserInputError("claim.nobody")
        if not mine:
            raise UserInputError("claim.none")
        for claim in mine:
            given = claim_of(session, receiver, claim.order, own, "", silent=STALE_AFTER)
            transaction.keep_claim(given)
    return len(mine)


def hear_of_claims(session: Session) -> None:
    """Say that whoever is signed in is still there, at the own seat and at what they have in hand."""
    own = session.officer
    seat = seat_of(own.number)
    with session.store.write(about_claims(seat)) as transaction:
        known = {claim.order: claim for claim in transaction.claims(session.clock.now())}.get(seat)
        if known is None or known.silent >= STALE_AFTER:
            transaction.keep_claim(claim_of(session, own, seat, "", ""))
        transaction.hear_of_claims(own.number)


def _own_claims(session: Session, reader: Reader) -> tuple[OrderClaim, ...]:
    """What the officer signed in has in hand."""
    own = session.officer.number
    claims = reader.claims(session.clock.now())
    return tuple(claim for claim in claims if claim.officer == own and not claim.is_seat)


def receivers_of_claims(session: Session) -> tuple[Officer, ...]:
    """To whom one may hand over all that one has in hand: those who may work on it, without oneself."""
    session.require(Permission.ANSWER_ORDERS)
    with session.store.read() as reader:
        officers, mine = reader.officers(session.profile.device), _own_claims(session, reader)
        return tuple(officer for officer in officers if _takes_over(session, reader, officer, mine))


def _takes_over(
    session: Session, reader: Reader, officer: Officer, claims: Collection[OrderClaim]
) -> bool:
    other = officer.number != session.officer.number
    return other and may_work_on(session, reader, officer, {claim.order for claim in claims})


def may_work_on(
    session: Session, reader: Reader, officer: Officer, orders: Collection[str]
) -> bool:
    """Whether an officer may have all of these orders in hand."""
    if not officer.may(Permission.ANSWER_ORDERS):
        return False
    views = reader.orders_named(orders) if orders else ()
    return in_reach(session.directories, officer, (view.order for view in views))


def claim_on(session: Session, reader: Reader, order: str) -> OrderClaim | None:
    """Who has the order in hand."""
    claims = reader.claims(session.clock.now())
    return next((claim for claim in claims if claim.order == order), None)


def claim_of(
    session: Session,
    officer: Officer,
    order: str,
    former: str,
    reason: str,
    *,
    silent: timedelta = timedelta(),
) -> OrderClaim:
    """A claim that begins now; ``silent``: how long its holder is taken to have said nothing."""
    since = to_wire(session.clock.now())
    return OrderClaim(order, officer.number, officer.name, since, silent, former, reason)


def about_claims(*orders: str) -> Touching:
    """Beside whoever takes in bundles: nothing of the journal is written. Two who reach for one order, by its id, wait
    for each other."""
    return Touching(_NOTHING, frozenset(f"claim/{order}" for order in orders), _NOTHING)
