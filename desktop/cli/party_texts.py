"""How other installations are called on the terminal: as in the windows, with the letter that tells desks of one unit
apart."""

from __future__ import annotations

from datetime import datetime

from desktop.cli.context import CommandContext
from desktop.domain.exchange import Party, PartyCard
from desktop.domain.local_time import show_time
from desktop.sealing.fingerprint import grouped


def party_name(context: CommandContext, card: PartyCard) -> str:
    """The unit, and which of its desks."""
    return context.texts.text(
        f"trust.party.{card.role}", unit=card.unit_name, letter=card.device_letter
    )


def party_line(context: CommandContext, party: Party, now: datetime) -> str:
    """Name, fingerprint, and how it stands until when."""
    key = "party_line_until" if party.valid_until and not party.revoked else "party_line"
    return context.text(
        key,
        name=party_name(context, party.card),
        fingerprint=grouped(party.card.fingerprint),
        standing=context.text(f"standing.{party.standing(now).value}"),
        day=show_time(party.valid_until)[:10] if party.valid_until else "",
    )
