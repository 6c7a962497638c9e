"""Key pairs in memory, for desks without a key file."""

from __future__ import annotations

from desktop.domain.ids import DeviceId
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys


class HeldKeys:
    """Implements :class:`desktop.services.ports.exchange.keys.OwnKeys`; a crash of the desk takes nothing of it
    away."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring

    @property
    def current(self) -> DeviceId:
        return self.ring.current.device_id

    @property
    def held(self) -> frozenset[DeviceId]:
        return frozenset(self.ring.fingerprints)

    def prepare(self) -> DeviceId:
        pair = DeviceKeys.generate()
        self.ring.add(pair)
        return pair.device_id

    def adopt(self, fingerprint: DeviceId) -> None:
        self.ring.adopt(fingerprint)

    def follow(self, fingerprint: DeviceId) -> None: ...

    def require_alone(self) -> None: ...

    def destroy(self, fingerprint: DeviceId) -> None:
        self.ring.drop(fingerprint)
