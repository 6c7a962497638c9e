"""``centre add-device | remove-device | devices`` and ``trust take-list``: which devices act for a centre."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.app.seats.enrol_seat import enrol_seat
from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome, add_second
from desktop.cli.trust.card_files import read_card_file
from desktop.cli.trust.peer_texts import peer_name
from desktop.domain.errors import UserInputError
from desktop.domain.records.fields import Json
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.brought_file import read_brought_text
from desktop.services.exchange.peers.list_devices import (
    current_list,
    list_device,
    listed_devices,
    unlist_device,
)
from desktop.services.exchange.peers.take_centre_list import take_centre_list
from desktop.services.session import Session


def add(verb: Callable[[str, object], Any], texts: Catalogue) -> None:
    """Declare the commands of a centre."""
    adding = verb("add-device", add_device)
    adding.add_argument("card", metavar="CARD")
    adding.add_argument("--approval", metavar="FILE")
    adding.add_argument(
        "--instead-of", metavar="FINGERPRINT", default="", help=texts.text("cli.help.instead_of")
    )
    removing = verb("remove-device", remove_device)
    removing.add_argument("fingerprint", metavar="FINGERPRINT")
    for parser in (adding, removing):
        add_second(parser, texts)
    verb("devices", show_devices).add_argument("--to", metavar="FILE")


def add_taking(verbs: Any, texts: Catalogue) -> None:
    """Declare the command of a station."""
    taking = verbs.add_parser("take-list", help=texts.text("cli.help.trust_take_list"))
    taking.add_argument("file", metavar="FILE")
    taking.set_defaults(run=take_list)


def add_device(context: CommandContext) -> CommandOutcome:
    """Sign a list that names the device on a card as well; compare its fingerprint first. ``--approval``: it is a PC
    that works in this centre's own database, and gets all that opens it; ``--instead-of``
    the keys it had so far, which count no longer."""
    with context.signed_in() as installation:
        session, target, former = (
            installation.session, context.args.approval, context.args.instead_of
        )  # fmt: skip
        if former and not target:
            raise UserInputError("seat.approval_where")
        card, second = read_card_file(session, context.args.card), context.second(session)
        if target:
            _, approval = enrol_seat(installation, card, second, former)
            write_atomic(Path(target), approval.encode(), mode=0o600)
        else:
            list_device(session, card, second)
        return _devices(context, session)


def remove_device(context: CommandContext) -> CommandOutcome:
    """Sign a list that names a device no longer."""
    with centre_session(context) as session:
        unlist_device(session, context.args.fingerprint, context.second(session))
        return _devices(context, session)


def show_devices(context: CommandContext) -> CommandOutcome:
    """The devices on the newest list; ``--to`` writes the list for stations that no bundle reaches."""
    with centre_session(context) as session:
        if getattr(context.args, "to", None):
            write_atomic(Path(context.args.to), current_list(session).encode(), mode=0o644)
        return _devices(context, session)


def _devices(context: CommandContext, session: Session) -> CommandOutcome:
    cards = listed_devices(session)
    with session.store.read() as reader:
        seats = {one.card.device for one in reader.seats()}
    rows: list[Json] = [
        {
            "device": card.device,
            "fingerprint": grouped(card.fingerprint),
            "unit_name": card.unit_name,
            "seat": card.device in seats,
        }
        for card in cards
    ]
    marked = context.text("is_seat")
    lines = [
        "  ".join(
            (
                grouped(card.fingerprint),
                peer_name(context, card),
                *([marked] if card.device in seats else []),
            )
        )
        for card in cards
    ]
    return CommandOutcome({"devices": rows}, tuple(lines) or (context.text("no_devices"),))


def take_list(context: CommandContext) -> CommandOutcome:
    """Take over which devices act for this desk's centre, from a file that the centre signed."""
    with context.session() as session:
        found = take_centre_list(session, read_brought_text(context.args.file))
    devices: list[Json] = [card.device for card in found.cards]
    line = context.text("list_taken", number=found.number, count=len(found.cards))
    return CommandOutcome({"number": found.number, "devices": devices}, (line,))
