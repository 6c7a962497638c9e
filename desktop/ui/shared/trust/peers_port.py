"""What the list of trusted installations asks of the services, at a desk and at the centre."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from desktop.domain.exchange import Peer
from desktop.domain.ids import DeviceId
from desktop.services.officers.second_officer import TypedSecond
from desktop.ui.shared.trust.cards_port import CardPort
from desktop.ui.shared.trust.keys_port import KeyPort


class PeersPort(Protocol):
    """All but ``warned_before`` may be slow and raise ``AppError``."""

    def peers(self) -> tuple[Peer, ...]:
        """Every installation ever trusted."""
        ...

    def revoke(self, device: DeviceId, reason: str, second: TypedSecond | None = None) -> Peer:
        """Trust it no longer; a centre's stations hear of it with their next bundles. ``RuleError("second.needed")``
        where two officers do."""
        ...

    def warned_before(self) -> timedelta:
        """How long before an enrolment ends people are told; never slow."""
        ...

    def revoked_unmet(self) -> tuple[DeviceId, ...]:
        """Devices on the centre's revocation list that were never trusted here."""
        ...

    @property
    def cards(self) -> CardPort:
        """Cards, ours and others'."""
        ...

    @property
    def keys(self) -> KeyPort:
        """Our own keys."""
        ...
