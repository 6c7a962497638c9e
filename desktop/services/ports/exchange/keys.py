"""This installation's own keys as services see them, never a secret: fingerprints of pairs, digests under a key."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.ids import DeviceId


class OwnKeys(Protocol):
    """The pairs this installation holds. Which one is in use, the journal says; this only follows."""

    @property
    def current(self) -> DeviceId:
        """Fingerprint of the pair in use."""
        ...

    @property
    def held(self) -> frozenset[DeviceId]:
        """Fingerprints of every pair whose secret half is here."""
        ...

    def prepare(self) -> DeviceId:
        """A fresh pair, on disk when the call returns and not in use yet. It takes the place of one that was prepared
        before and never used.

        Raises:
            WorldError: as the disk does; the former pairs are untouched.
        """
        ...

    def adopt(self, fingerprint: DeviceId) -> None:
        """Use a prepared pair from now on."""
        ...

    def follow(self, fingerprint: DeviceId) -> None:
        """The journal says that this pair of the centre is in use: a PC of a centre takes over what it lacks of it."""
        ...

    def require_alone(self) -> None:
        """Raises ``RuleError("keys.shared")`` while another program works with these keys: it may seal to a former one
        at any time."""
        ...

    def destroy(self, fingerprint: DeviceId) -> None:
        """Forget the secret half of a pair that is not in use, on disk too; what is sealed to it alone nobody opens
        any more.

        Raises:
            WorldError: as the disk does; the pair is then still there.
        """
        ...


class NoKeys:
    """Where no key file is open: nothing can be changed."""

    @property
    def current(self) -> DeviceId:
        """None."""
        return DeviceId("")

    @property
    def held(self) -> frozenset[DeviceId]:
        """None."""
        return frozenset()

    def prepare(self) -> DeviceId:
        """Never reached by a signed-in officer."""
        raise NotImplementedError

    def adopt(self, fingerprint: DeviceId) -> None:
        """Never reached: nothing was prepared."""
        raise NotImplementedError(fingerprint)

    def follow(self, fingerprint: DeviceId) -> None:
        """Nothing is held."""

    def require_alone(self) -> None:
        """Nobody else either."""

    def destroy(self, fingerprint: DeviceId) -> None:
        """Never reached: nothing is held."""
        raise NotImplementedError(fingerprint)


class KeyedMarks(Protocol):
    """Digests under a key of the profile: the same text is known again, and nobody else can guess it."""

    def of(self, purpose: str, text: str) -> str:
        """The mark of ``text`` for one ``purpose``; marks of different purposes can not be compared."""
        ...


class NoMarks:
    """Where no key file is open: every text has the same mark."""

    def of(self, purpose: str, text: str) -> str:  # noqa: ARG002
        """ "" always."""
        return ""
