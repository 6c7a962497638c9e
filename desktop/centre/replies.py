"""Replies of banks to orders, and the bundles that carry them back to the stations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.exchange import Party, WrittenVolume
from desktop.domain.officer import Permission
from desktop.domain.order import OrderReply, ReplyResult
from desktop.domain.progress import Progress
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_REPLIED
from desktop.services.desk import Desk
from desktop.services.export_bundle import export_to
from desktop.services.ports import Transaction


@dataclass(frozen=True, slots=True)
class ReplyBundle:
    """A bundle for one device of a station."""

    unit_name: str
    number: str
    volumes: tuple[WrittenVolume, ...]
    entries: int


def reply(desk: Desk, order_key: str, answer: OrderReply) -> None:
    """Record a bank's reply; it reaches the station with its next bundle.

    Raises:
        UserInputError: ``order.unknown``, ``reply.too_much`` (more stopped than was asked), ``reply.period``.
        RuleError: ``reply.exists`` when the same reply stands already.
    """
    reply_to_all(desk, ((order_key, answer),))


def reply_to_all(desk: Desk, answers: Iterable[tuple[str, OrderReply]]) -> int:
    """Record many replies, all of them or, when one is refused as above, none; how many."""
    desk.require(Permission.DISPATCH)
    count = 0
    with desk.store.write() as transaction:
        for order_key, answer in answers:
            _record(desk, transaction, order_key, answer)
            transaction.project()
            count += 1
    return count


def _record(desk: Desk, transaction: Transaction, order_key: str, answer: OrderReply) -> None:
    view = transaction.order(order_key)
    if view is None:
        raise UserInputError("order.unknown")
    _check(answer, view.order.amount_fen)
    known = view.order.reply
    if known is not None and replace(answer, replied_at=known.replied_at) == known:
        raise RuleError("reply.exists")
    transaction.append(
        desk.officer.number,
        NewEntry(
            ORDER_REPLIED,
            f"order/{view.order.id}",
            {"case": view.case, **answer.to_fields()},
            stream=desk.profile.stream_for(view.order.unit_code),
        ),
    )


def _check(answer: OrderReply, asked_fen: int) -> None:
    if answer.amount_fen < 0 or answer.amount_fen > asked_fen:
        raise UserInputError("reply.too_much")
    if answer.result is ReplyResult.FAILED:
        return
    if not (answer.starts_at and answer.ends_at) or answer.ends_at <= answer.starts_at:
        raise UserInputError("reply.period")


def write_replies(
    desk: Desk,
    folder: Path,
    progress: Progress,
    on_volume: Callable[[int, int, WrittenVolume], None] | None = None,
) -> tuple[ReplyBundle, ...]:
    """One bundle for every enrolled device that has not yet proved to hold what concerns its station.

    Raises:
        UserInputError: ``export.nothing`` when nobody lacks anything.
    """
    desk.require(Permission.DISPATCH)
    with desk.store.read() as reader:
        parties = [party for party in reader.parties() if not party.revoked]
    done = []
    for party in parties:
        bundle = _for_one(desk, party, folder, progress, on_volume)
        if bundle is not None:
            done.append(bundle)
    if not done:
        raise UserInputError("export.nothing")
    return tuple(done)


def _for_one(
    desk: Desk,
    party: Party,
    folder: Path,
    progress: Progress,
    on_volume: Callable[[int, int, WrittenVolume], None] | None,
) -> ReplyBundle | None:
    try:
        exported = export_to(desk, party, folder, progress, on_volume=on_volume)
    except UserInputError as error:
        if error.code == "export.nothing":
            return None
        raise
    return ReplyBundle(party.card.unit_name, exported.number, exported.volumes, exported.entries)
