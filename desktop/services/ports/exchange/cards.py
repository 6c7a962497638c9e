"""Cards by which installations know each other, and what ours says of itself, as services see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.domain.exchange.centre_list import CentreList
from desktop.domain.exchange.peers import PeerCard, SenderCard
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import Profile


class Cards(Protocol):
    """Cards by which installations know each other, and what ours says of itself; bound to this installation's keys."""

    def card(
        self,
        profile: Profile,
        made_at: str,
        *,
        key: DeviceId | None = None,
        former: DeviceId | None = None,
    ) -> str:
        """This installation's enrolment card, of the pair in use or of ``key``; the pair ``former``, if it is still
        held, names it its successor."""
        ...

    def approval(
        self,
        profile: Profile,
        approves: PeerCard,
        made_at: str,
        *,
        former: DeviceId | None = None,
    ) -> str:
        """The approval card for an enrolled device; holds our own public keys."""
        ...

    def vouch(self, text: str) -> str:
        """A card with our signature over all of it, by the pair in use; raises as :meth:`parse_card` does."""
        ...

    def parse_card(self, text: str) -> PeerCard:
        """A card whose self-signature holds; raises ``TrustError("card.damaged")``."""
        ...

    def centre_list(self, profile: Profile, number: int, made_at: str, cards: Sequence[str]) -> str:
        """The list of a centre's devices under our signature and with our own card, by the pair in use."""
        ...

    def parse_centre_list(self, text: str) -> CentreList:
        """A list whose signature holds; raises ``TrustError``: ``centre_list.damaged``,
        ``centre_list.newer_version``."""
        ...

    def card_png(self, text: str) -> bytes:
        """A card as a picture with one QR code."""
        ...

    def card_of_code(self, data: bytes) -> str:
        """The text of the card in a code; raises ``TrustError``: ``card.not_a_card``, ``card.damaged``."""
        ...

    def sender(self, profile: Profile, key: DeviceId | None = None) -> SenderCard:
        """This installation as the sender of what ``key`` signs, the pair in use by default."""
        ...

    def recipient(self) -> str:
        """This installation's age recipient, of the pair in use."""
        ...

    def fingerprint(self) -> str:
        """The fingerprint of our signing key in groups, as people compare it."""
        ...

    def is_recipient(self, text: str) -> bool:
        """Whether ``text`` is an age recipient that something can be sealed to."""
        ...
