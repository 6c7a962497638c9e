"""The stations whose PCs are trusted here: whom a centre gives a case or a task to."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.profile import InstallationRole
from desktop.services.ports import Reader


def station_cards(reader: Reader) -> tuple[PeerCard, ...]:
    """The cards of their PCs."""
    desk = InstallationRole.DESK.value
    cards = (peer.card for peer in reader.peers() if not peer.revoked)
    return tuple(card for card in cards if card.role == desk)


def trusted_stations(reader: Reader) -> Mapping[str, str]:
    """Unit code → name."""
    return {card.unit_code: card.unit_name for card in station_cards(reader)}
