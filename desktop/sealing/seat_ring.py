"""The keys of one PC of a centre: a pair of its own to sign with, and what opens whatever is sealed to the centre."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.ids import DeviceId
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys


class SeatRing(KeyRing):
    """Signs by its own pair alone. The signing keys of the centre stay at its first PC."""

    def __init__(self, own: DeviceKeys, centre: Mapping[DeviceId, AgeIdentity]) -> None:
        """``centre``: fingerprint of each pair of the centre → its receiving half, in the order they were made."""
        super().__init__((own,))
        self._own = own
        self._centre = dict(centre)

    @property
    def centre(self) -> Mapping[DeviceId, AgeIdentity]:
        """What opens what is sealed to the centre, the oldest first."""
        return dict(self._centre)

    @property
    def known_by(self) -> DeviceId:
        """That of the centre's key in use: nobody compares the PC's own but its first PC."""
        return next(reversed(self._centre))

    @property
    def fingerprints(self) -> tuple[DeviceId, ...]:
        """Its own, and those of the centre whose receiving half is here, the newest last."""
        return (self._own.device_id, *self._centre)

    @property
    def identities(self) -> tuple[AgeIdentity, ...]:
        """What opens whatever was sealed to the centre, the newest first, and to this PC."""
        return (*reversed(self._centre.values()), self._own.age)

    @property
    def in_use(self) -> AgeIdentity:
        """What evidence of the centre is sealed to: the newest alone, as a PC that was taken away has the former ones,
        and what names the key in use lies in the database."""
        return self._centre[self.known_by]

    def held_or_current(self, fingerprint: DeviceId | None) -> DeviceKeys:
        """Its own pair: it has no other to sign with."""
        del fingerprint
        return self._own

    def adopt(self, fingerprint: DeviceId) -> None:
        """Nothing changes: the newest is in use."""

    def hold(self, centre: Mapping[DeviceId, AgeIdentity]) -> bool:
        """Hold these as well, the newest last; whether any of them was not here. Where the newest of them is here
        already they are of an earlier time, and none of them comes into use."""
        fresh = {name: half for name, half in centre.items() if name not in self._centre}
        former = [*centre][-1] in self._centre
        self._centre = {**fresh, **self._centre} if former else {**self._centre, **fresh}
        return bool(fresh)
