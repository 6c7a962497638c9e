"""The devices of a centre, as its root device signs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.exchange.peers import PeerCard
from desktop.domain.ids import DeviceId

UNLISTED: Final = "centre_list"
"""The reason recorded for a device that is no longer on the list of its centre."""


@dataclass(frozen=True, slots=True)
class CentreList:
    """A list whose signature holds. ``centre``: the root device, which stations named by a ceremony; ``number``: grows
    with each list; ``signer``: the fingerprint of the key that signed; ``cards``: of the other devices of the centre,
    ``texts``: the same as they are written; ``sha256``: of the whole text."""

    centre: DeviceId
    number: int
    made_at: str
    signer: DeviceId
    cards: tuple[PeerCard, ...]
    texts: tuple[str, ...]
    sha256: str
