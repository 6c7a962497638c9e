"""How other installations are called on the terminal: as in the windows, with the letter that tells desks of one unit
apart."""

from __future__ import annotations

from datetime import datetime

from desktop.cli.context import CommandContext
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.time.local_time import show_time
from desktop.sealing.fingerprint import grouped


def peer_name(context: CommandContext, card: PeerCard) -> str:
    """The unit, and which of its desks."""
    return context.texts.text(
        f"trust.party.{card.role}", unit=card.unit_name, letter=card.device_letter
    )


def peer_line(context: CommandContext, peer: Peer, now: datetime) -> str:
    """Name, fingerprint, and how it stands until when."""
    key = "party_line_until" if peer.valid_until and not peer.revoked else "party_line"
    return context.text(
        key,
        name=peer_name(context, peer.card),
        fingerprint=grouped(peer.card.fingerprint),
        standing=context.text(f"standing.{peer.state_at(now).value}"),
        day=show_time(peer.valid_until)[:10] if peer.valid_until else "",
    )
