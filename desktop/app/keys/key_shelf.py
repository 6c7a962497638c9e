"""The key pairs of this installation in its key file, and as the ring everything signs and opens with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.errors import RuleError
from desktop.domain.ids import DeviceId
from desktop.runtime.files.atomic_file import disk_errors
from desktop.runtime.keys.key_file import KeyFile
from desktop.runtime.keys.unlocked import Unlocked
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys

FIRST: Final = "device"
"""The first pair, whose fingerprint is the device's id."""
_LATER: Final = "device."


def ring_of(secrets: Mapping[str, bytes]) -> KeyRing:
    """The pairs among the secrets of a key file, the first in use until somebody says otherwise; ``ValueError`` or
    ``KeyError`` for what is none."""
    return KeyRing(pairs_of(secrets))


def pairs_of(secrets: Mapping[str, bytes]) -> list[DeviceKeys]:
    """The pairs in the order they were made."""
    return [DeviceKeys.from_bytes(secrets[name]) for name in _names(secrets)]


class KeyShelf:
    """Implements :class:`desktop.services.ports.exchange.keys.OwnKeys`. Each change is one replacing of the key
    file."""

    def __init__(
        self, file: KeyFile, unlocked: Unlocked, ring: KeyRing, alone: Callable[[], bool]
    ) -> None:
        """``alone``: whether no other program has the same data open."""
        self._file = file
        self._unlocked = unlocked
        self._alone = alone
        self.changed: Callable[[], None] = lambda: None
        """Called when another pair is in use."""
        self.ring = ring
        ring.look_again = self._look_again
        self._stamp = (0, 0, 0)

    @property
    def current(self) -> DeviceId:
        """Fingerprint of the pair in use."""
        return self.ring.current.device_id

    @property
    def held(self) -> frozenset[DeviceId]:
        """Fingerprints of every pair that is here."""
        return frozenset(self.ring.fingerprints)

    def prepare(self) -> DeviceId:
        """A fresh pair, on disk and not in use yet; one that was never used goes."""
        self._look_again()
        used = self.ring.fingerprints.index(self.current)
        unused = self.ring.fingerprints[used + 1 :]
        remaining = self._without(*unused)
        last = max((_number(name) for name in _names(remaining)), default=1)
        pair = DeviceKeys.generate()
        self._replace(remaining | {f"{_LATER}{last + 1}": pair.to_bytes()})
        for fingerprint in unused:
            self.ring.drop(fingerprint)
        self.ring.add(pair)
        return pair.device_id

    def adopt(self, fingerprint: DeviceId) -> None:
        """Use a prepared pair from now on; the journal says so already."""
        self.ring.adopt(fingerprint)
        self.changed()

    def follow(self, fingerprint: DeviceId) -> None:
        """Use the pair that another program at these data took into use; nothing changes where a key file from an older
        backup lacks it."""
        self.ring.follow(fingerprint)

    def destroy(self, fingerprint: DeviceId) -> None:
        """Forget a pair that is not in use."""
        self._look_again()
        self._replace(self._without(fingerprint))
        self.ring.drop(fingerprint)

    def require_alone(self) -> None:
        """Raises ``RuleError("keys.shared")``."""
        if not self._alone():
            raise RuleError("keys.shared")

    def _look_again(self) -> bool:
        """Hold the pairs another program at these data made meanwhile, and know what else it wrote; whether there are
        any."""
        with disk_errors():
            mark = self._file.mark()
        if mark == self._stamp:
            return False
        secrets = self._file.secrets_of(self._unlocked)
        self._stamp = mark
        self._unlocked = replace(self._unlocked, secrets=secrets)
        known = self.ring.fingerprints
        fresh = [pair for pair in pairs_of(secrets) if pair.device_id not in known]
        for pair in fresh:
            self.ring.add(pair)
        return bool(fresh)

    def _without(self, *fingerprints: DeviceId) -> dict[str, bytes]:
        """The secrets but for these pairs."""
        secrets = self._unlocked.secrets
        pairs = dict(zip(_names(secrets), pairs_of(secrets), strict=True))
        gone = {name for name, pair in pairs.items() if pair.device_id in fingerprints}
        return {name: value for name, value in secrets.items() if name not in gone}

    def _replace(self, secrets: Mapping[str, bytes]) -> None:
        self._unlocked = self._file.replace_secrets(self._unlocked, secrets)


class SeatShelf:
    """The same for a PC of a centre: the centre's keys are changed at its first PC alone."""

    def __init__(self, ring: KeyRing, take_over: Callable[[], object]) -> None:
        """``take_over``: what the first PC left of the centre's keys, which is in use from then on."""
        self._ring = ring
        self._take_over = take_over

    @property
    def current(self) -> DeviceId:
        """Fingerprint of the PC's own pair."""
        return self._ring.current.device_id

    @property
    def held(self) -> frozenset[DeviceId]:
        """Its own, and those of the centre whose receiving half is here."""
        return frozenset(self._ring.fingerprints)

    def prepare(self) -> DeviceId:
        """Raises ``RuleError("seat.first_pc")``, as all that changes keys."""
        raise RuleError("seat.first_pc")

    def follow(self, fingerprint: DeviceId) -> None:
        """Look for the pair where it is another than the one in use."""
        if fingerprint != self._ring.known_by:
            self._take_over()

    def adopt(self, fingerprint: DeviceId) -> None:
        """Never reached: nothing was prepared."""
        raise NotImplementedError(fingerprint)

    def require_alone(self) -> None:
        """Raises ``RuleError("seat.first_pc")``."""
        raise RuleError("seat.first_pc")

    def destroy(self, fingerprint: DeviceId) -> None:
        """Never reached: see :meth:`require_alone`."""
        raise NotImplementedError(fingerprint)


def _names(secrets: Mapping[str, bytes]) -> list[str]:
    """The names of pairs, in the order they were made."""
    names = [name for name in secrets if name == FIRST or name.startswith(_LATER)]
    return sorted(names, key=_number)


def _number(name: str) -> int:
    return 1 if name == FIRST else int(name.removeprefix(_LATER))
