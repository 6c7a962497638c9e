"""``centre seat-card | join | vault``: a new PC of a centre, from its card to its first sign-in, and its evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.app.seats.choose_vault import choose_vault, place_of_vault
from desktop.app.seats.join_centre import make_seat
from desktop.app.seats.renew_seat import make_next_keys
from desktop.app.seats.take_approval import take_approval
from desktop.bundles.signed_files.cards import parse_card
from desktop.cli.centre.chosen_database import add_database, chosen_database
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.installation.new_seat import NewSeat
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.brought_file import read_brought_text


def add(verb: Callable[[str, object], Any], texts: Catalogue) -> None:
    """Declare the commands."""
    making = verb("seat-card", write_seat_card)
    making.add_argument("--unit-code", metavar="C12", default="620100000000")
    making.add_argument("--unit-name", metavar="S", default=texts.text("cli.centre_name"))
    making.add_argument("--device", metavar="LETTER", default="C")
    making.add_argument("--to", metavar="FILE", required=True)
    joining = verb("join", join)
    joining.add_argument("approval", metavar="APPROVAL")
    add_database(joining, needed=False)
    verb("vault", show_vault).add_argument("--to", metavar="DIR")


def write_seat_card(context: CommandContext) -> CommandOutcome:
    """Make the keys of a new PC of a centre, or new ones of a PC that has joined, and their card for the centre's first
    PC."""
    args = context.args
    number = args.officer or ""
    if not number:
        raise UserInputError("officer.not_given")
    installation = context.installation()
    if installation.exists() and not installation.waits_to_join():
        card = make_next_keys(installation, number, context.password())
    else:
        seat = NewSeat(args.unit_code, args.unit_name, args.device, number, context.password())
        card = make_seat(installation, seat)
    write_atomic(Path(args.to), card.encode(), mode=0o644)
    fingerprint = grouped(parse_card(card).fingerprint)
    document = {"fingerprint": fingerprint, "card": args.to}
    return CommandOutcome(document, (context.text("seat_card", fingerprint=fingerprint),))


def join(context: CommandContext) -> CommandOutcome:
    """Join the centre, or take new keys into use, by the approval of its first PC; compare the fingerprint that is
    shown with that PC."""
    installation, approval = context.installation(), read_brought_text(context.args.approval)
    done = take_approval(
        installation, context.officer(), context.password(), approval, chosen_database(context)
    )
    fingerprint, unit = done.fingerprint, done.unit_name
    line = context.text("seat_joined", fingerprint=fingerprint, unit=unit)
    return CommandOutcome({"fingerprint": fingerprint, "unit_name": unit}, (line,))


def show_vault(context: CommandContext) -> CommandOutcome:
    """Where this PC keeps evidence; ``--to``: from the next sign-in on in a folder that all PCs of the centre reach."""
    with context.signed_in() as installation:
        target, copied = context.args.to, 0
        if target:
            copied = choose_vault(installation, Path(target), context.progress)
        place = str(place_of_vault(installation))
    line = context.text("vault_place", place=place, count=copied)
    return CommandOutcome({"place": place, "copied": copied}, (line,))
