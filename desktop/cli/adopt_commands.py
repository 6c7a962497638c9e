"""``bundle adopt``: say in this desk's name what a colleague's desk that is gone left here."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.fields import Json
from desktop.runtime.catalogue import Catalogue
from desktop.services.exchange.adopt_records import OrphanedRecords, adopt_records, left_records
from desktop.services.exchange.trust import find_peer


def add_adopt(verbs: Any, words: Catalogue) -> None:
    """Declare the command."""
    adopt = verbs.add_parser("adopt", help=words.text("cli.help.bundle_adopt"))
    adopt.add_argument("device", metavar="FINGERPRINT", nargs="?")
    adopt.set_defaults(run=adopt_left)


def adopt_left(context: CommandContext) -> CommandOutcome:
    """Without a device: list who left what."""
    wanted = context.args.device
    with context.session() as desk:
        if not wanted:
            found = left_records(desk)
            lines = tuple(_line(context, left) for left in found)
            rows: list[Json] = [_row(left) for left in found]
            return CommandOutcome({"left": rows}, lines or (context.text("adopt_none"),))
        device = find_peer(desk, wanted).card.device
        count = adopt_records(desk, device)
    return CommandOutcome(
        {"device": device, "adopted": count}, (context.text("adopted", count=count),)
    )


def _row(left: OrphanedRecords) -> dict[str, Json]:
    card = left.peer.card
    return {
        "device": card.device,
        "letter": card.device_letter,
        "unit_name": card.unit_name,
        "records": len(left.records),
    }


def _line(context: CommandContext, left: OrphanedRecords) -> str:
    card = left.peer.card
    return context.text(
        "adopt_left",
        unit=card.unit_name,
        letter=card.device_letter,
        fingerprint=card.fingerprint,
        count=len(left.records),
    )
