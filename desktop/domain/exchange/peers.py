"""Who another installation is: its card, its keys, and how far it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from desktop.domain.ids import DeviceId
from desktop.domain.installation.ceremony import Ceremony
from desktop.domain.records.fields import Fields, text

NO_KEY: Final = DeviceId("")
"""Where no fingerprint is told."""


@dataclass(frozen=True, slots=True)
class SenderCard:
    """Who made a bundle, as its manifest says. ``role`` is ``desk`` or ``centre``."""

    device: DeviceId
    unit_code: str
    unit_name: str
    role: str
    signing_key: str
    recipient: str


_RECORDED: Final = (
    *("kind", "unit_code", "unit_name", "device_letter"),
    *("role", "signing_key", "recipient", "made_at"),
)
"""What an entry that trusts a card repeats of it, besides its device and its key."""


@dataclass(frozen=True, slots=True)
class PeerCard:
    """A parsed enrolment or approval card: another installation's public keys and name.

    ``signing_key`` is an OpenSSH ``ssh-ed25519`` line, ``recipient`` an ``age1…`` text. ``kind`` is ``enrolment`` or
    ``approval``; ``approves`` is the fingerprint of the key an approval card was made for and ``approves_card`` the id
    (SHA-256) of its enrolment card, both else "". ``device`` stays when keys are changed; ``key`` is the fingerprint of
    the signing key ("" in older records, where it is the device id), and ``succeeds`` that of the key which signed this
    one's card as its successor, "" where none did. ``vouched_by`` is the fingerprint of the key with which another
    installation, a centre, signed the whole card, "" where none did.
    """

    kind: str
    device: DeviceId
    unit_code: str
    unit_name: str
    device_letter: str
    role: str
    signing_key: str
    recipient: str
    made_at: str
    approves: str = ""
    approves_card: str = ""
    key: DeviceId = NO_KEY
    succeeds: DeviceId = NO_KEY
    vouched_by: DeviceId = NO_KEY

    @property
    def fingerprint(self) -> DeviceId:
        """What two people compare by voice: the fingerprint of the signing key."""
        return self.key or self.device

    @classmethod
    def of_record(cls, device: DeviceId, fields: Fields, key: DeviceId) -> PeerCard:
        """What the entry that trusts ``device`` repeats of its card. ``key``: its current key."""
        recorded: dict[str, Any] = {name: text(fields, name) for name in _RECORDED}
        return cls(device=device, key=key, **recorded)

    @property
    def recorded(self) -> dict[str, str]:
        """What an entry that trusts the card repeats of it, which :meth:`of_record` reads."""
        return {name: getattr(self, name) for name in _RECORDED}


class PeerState(StrEnum):
    """Whether what an installation sends is taken."""

    TRUSTED = "trusted"
    EXPIRED = "expired"
    """The trust is older than it may be; the fingerprint has to be compared anew."""
    REVOKED = "revoked"


class KeyState(StrEnum):
    """What a signature by a key of a trusted installation is worth today."""

    CURRENT = "current"
    OVERLAP = "overlap"
    """Replaced, and accepted for some time more: bundles it signed may still be on their way."""
    RETIRED = "retired"
    LOST = "lost"
    """Reported as lost or copied: nothing it signs is believed, whatever its date."""


@dataclass(frozen=True, slots=True)
class PeerKey:
    """A key pair of another installation. ``since``: when it was trusted here; ``until``: until when it is still
    accepted after it was replaced, None while it is the current one."""

    fingerprint: DeviceId
    signing_key: str
    recipient: str
    since: datetime
    until: datetime | None = None
    lost: bool = False

    def state_at(self, now: datetime) -> KeyState:
        """How it stands at ``now``."""
        if self.lost:
            return KeyState.LOST
        if self.until is None:
            return KeyState.CURRENT
        return KeyState.OVERLAP if now <= self.until else KeyState.RETIRED


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key pair of this installation. ``since``: when it was taken into use; ``until``: when it was replaced, None for
    the one in use. ``lost``: it was replaced because somebody else may hold it. ``held``: its secret half is still
    here."""

    fingerprint: DeviceId
    since: datetime
    until: datetime | None
    lost: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Head:
    """An entry of a stream by its number and hash; through the chain it names all before it. Number 0 is no entry."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Peer:
    """An installation this one trusts (or no longer does).

    ``valid_until``: None for trust without an end, as older entries hold it. ``reason``: why it was revoked. ``keys``:
    its keys, the current one first. ``knows``: the key of ours that it was shown when trust began, "" for our first.
    """

    card: PeerCard
    trusted_at: datetime
    trusted_by: str
    revoked: bool
    valid_until: datetime | None = None
    revoked_at: datetime | None = None
    reason: str = ""
    keys: tuple[PeerKey, ...] = ()
    knows: DeviceId = NO_KEY
    cut: Mapping[str, Head] | None = None
    """Of a revoked installation: stream → the last entry that is accepted of it; nothing of a stream that is not named.
    None where its revocation names no entries, as those of earlier programs, or where it is not revoked."""
    listed_by: DeviceId = NO_KEY
    """The centre on whose list it stands, which alone let it in; "" where people did."""
    ceremony: Ceremony = Ceremony.TWO
    """How many people let it in."""

    def key(self, fingerprint: str) -> PeerKey | None:
        """Its key of that fingerprint; None for one it never had."""
        return next((key for key in self.keys if key.fingerprint == fingerprint), None)

    def ends_soon(self, now: datetime, warn: timedelta) -> bool:
        """Whether its enrolment stands and ends within ``warn``."""
        until = self.valid_until
        return self.state_at(now) is PeerState.TRUSTED and until is not None and now > until - warn

    def state_at(self, now: datetime) -> PeerState:
        """How it stands at ``now``."""
        if self.revoked:
            return PeerState.REVOKED
        if self.valid_until is not None and now > self.valid_until:
            return PeerState.EXPIRED
        return PeerState.TRUSTED
