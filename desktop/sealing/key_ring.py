"""All keys a device holds: the pair in use, those it used before, and one that waits to be taken into use."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.domain.ids import DeviceId
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.keys import DeviceKeys


class KeyRing:
    """Pairs in the order they were made, each known by the fingerprint of its signing key.

    A fingerprint never changes its meaning, and what is sealed to any pair held is opened. Safe to read from several
    threads: every change replaces the whole.
    """

    def __init__(self, pairs: Sequence[DeviceKeys], current: DeviceId | None = None) -> None:
        """``current``: the pair in use, the first by default; ``KeyError`` when it is not among ``pairs``."""
        self._pairs = tuple(pairs)
        self.look_again: Callable[[], bool] = lambda: False
        """Ask whoever keeps the keys whether there are others by now; whether there are."""
        self._current = self.pair(current) if current else self._pairs[0]

    @property
    def current(self) -> DeviceKeys:
        """The pair in use."""
        return self._current

    @property
    def known_by(self) -> DeviceId:
        """The fingerprint by which others know this installation."""
        return self._current.device_id

    @property
    def fingerprints(self) -> tuple[DeviceId, ...]:
        """Of every pair held, in the order they were made."""
        return tuple(pair.device_id for pair in self._pairs)

    @property
    def identities(self) -> tuple[AgeIdentity, ...]:
        """What opens whatever was ever sealed to this device, the newest first."""
        return tuple(pair.age for pair in reversed(self._pairs))

    @property
    def in_use(self) -> AgeIdentity:
        """What new files of our own are sealed to."""
        return self._current.age

    def pair(self, fingerprint: DeviceId) -> DeviceKeys:
        """The pair of that fingerprint; ``KeyError`` when it is not held (any more)."""
        for pair in self._pairs:
            if pair.device_id == fingerprint:
                return pair
        raise KeyError(fingerprint)

    def held_or_current(self, fingerprint: DeviceId | None) -> DeviceKeys:
        """The pair of that fingerprint, if it is still held; otherwise the one in use."""
        return self.pair(fingerprint) if fingerprint in self.fingerprints else self._current

    def add(self, pair: DeviceKeys) -> None:
        """Hold another pair. It is not in use before :meth:`adopt`."""
        self._pairs = (*self._pairs, pair)

    def adopt(self, fingerprint: DeviceId) -> None:
        """Use that pair from now on."""
        self._current = self.pair(fingerprint)

    def follow(self, fingerprint: DeviceId) -> None:
        """Use that pair, which somebody else may have made and taken into use; nothing changes where it is not here."""
        if fingerprint not in self.fingerprints:
            self.look_again()
        if fingerprint in self.fingerprints:
            self.adopt(fingerprint)

    def drop(self, fingerprint: DeviceId) -> None:
        """Forget a pair; ``ValueError`` for the one in use."""
        if fingerprint == self._current.device_id:
            raise ValueError("the pair in use is not dropped")
        self._pairs = tuple(pair for pair in self._pairs if pair.device_id != fingerprint)
