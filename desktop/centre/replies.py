"""Replies of banks to orders, and the bundles that carry them back to the stations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import WrittenVolume
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import OrderReply
from desktop.domain.progress import Progress
from desktop.services.assigned_tasks.decide_request import follow_requests
from desktop.services.exchange.export.export_bundle import export_to
from desktop.services.orders.answers.record_reply import ReplyBaseline, append_reply
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class ReplyBundle:
    """A bundle for one device of a station; with ``error`` there is none, and that is why."""

    unit_name: str
    number: str
    volumes: tuple[WrittenVolume, ...]
    entries: int
    error: TrustError | None = None


def reply(
    session: Session, order_key: str, answer: OrderReply, baseline: ReplyBaseline | None = None
) -> None:
    """Record a bank's reply; it reaches the station with its next bundle. ``baseline``: the reply that stood when the
    person began to type; None where nobody looked before.

    Raises:
        UserInputError: ``order.unknown`` (to a clerk one of another institution too), ``reply.too_much`` (more stopped
            than was asked), ``reply.period``, ``reply.shorter``.
        RuleError: ``reply.exists`` when the same reply stands already; ``order.over``, ``order.not_approved``,
            ``order.no_part``; ``reply.meanwhile`` when another clerk recorded one in between.
    """
    session.require(Permission.ANSWER_ORDERS)
    with session.store.write() as transaction:
        append_reply(session, transaction, order_key, answer, baseline)


def reply_to_all(
    session: Session, answers: Iterable[tuple[str, OrderReply, ReplyBaseline | None]]
) -> int:
    """Record many replies, all of them or, when one is refused as above, none; how many. With each what the person
    saw of its order, as for :func:`reply`."""
    session.require(Permission.DISPATCH)
    count = 0
    with session.store.write() as transaction:
        for order_key, answer, baseline in answers:
            append_reply(session, transaction, order_key, answer, baseline)
            transaction.project()
            count += 1
    return count


def write_replies(session: Session, folder: Path, progress: Progress) -> tuple[ReplyBundle, ...]:
    """One bundle for every enrolled device that has not yet proved to hold what concerns its station. One that can not
    be written to, as it shows that it knows more than is here, hinders none of the others.

    Raises:
        UserInputError: ``export.nothing`` when nobody lacks anything. WorldError: from the medium; bundles that were
            written before it stay good.
    """
    session.require(Permission.DISPATCH)
    follow_requests(session)
    with session.store.read() as reader:
        peers = [peer for peer in reader.peers() if not peer.revoked]
    done = []
    for peer in peers:
        bundle = _for_one(session, peer, folder, progress)
        if bundle is not None:
            done.append(bundle)
    if not done:
        raise UserInputError("export.nothing")
    return tuple(done)


def _for_one(session: Session, peer: Peer, folder: Path, progress: Progress) -> ReplyBundle | None:
    try:
        exported = export_to(session, peer, folder, progress)
    except UserInputError as error:
        if error.code == "export.nothing":
            return None
        raise
    except TrustError as error:
        return ReplyBundle(peer.card.unit_name, "", (), 0, error)
    return ReplyBundle(peer.card.unit_name, exported.number, exported.volumes, exported.entries)
