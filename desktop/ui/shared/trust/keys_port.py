"""What the list of this installation's keys asks of the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.domain.exchange import OwnKey, Peer
from desktop.domain.ids import DeviceId
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import write_atomic
from desktop.sealing.backup_key_file import new_backup_key
from desktop.services.exchange.backup_key import backup_since, choose_backup
from desktop.services.exchange.our_centre import receivers
from desktop.services.exchange.own_keys import (
    copy_is_due,
    destroy_key,
    own_keys,
    rotate_keys,
    unaware,
)
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class OfflineKey:
    """The backup key of a centre, whose secret half lies on paper. ``recipient``: "" where there is none; ``since``:
    None where older records do not tell."""

    recipient: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class KeysView:
    """One reading. ``unaware``: who does not know the newest key yet; ``may_change``: whether the officer may;
    ``copy_is_due``: no safety copy holds the newest keys. ``offline``: at a centre, its offline backup key."""

    keys: tuple[OwnKey, ...]
    unaware: tuple[Peer, ...]
    may_change: bool
    copy_is_due: bool = False
    offline: OfflineKey | None = None


class KeyPort(Protocol):
    """All but ``fingerprint`` may be slow and raise ``AppError``."""

    def fingerprint(self) -> DeviceId:
        """Of the key in use, as people compare it; never slow."""
        ...

    def view(self) -> KeysView:
        """Every key this installation ever used."""
        ...

    def rotate(self, lost: str) -> OwnKey:
        """Take new keys into use; ``lost``: why the former may be in other hands, "" for a planned change."""
        ...

    def destroy(self, fingerprint: DeviceId, progress: Progress) -> OwnKey:
        """Seal evidence to the key in use, which may take long, then destroy the secret half of a former pair."""
        ...

    def make_offline(self, target: Path, second: TypedSecond | None = None) -> str:
        """At a centre: a new offline backup key into a file, in place of the former; its public half."""
        ...


class SessionKeys:
    """Implements :class:`KeyPort` by way of the services, for a desk and for a centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def fingerprint(self) -> DeviceId:
        """Of the key in use."""
        return self._session.keys.current

    def view(self) -> KeysView:
        """Every key this installation ever used."""
        session = self._session
        may_change = session.officer.may(Permission.ADMINISTER)
        waiting = unaware(session, receivers(session))
        offline = None
        if session.profile.role is InstallationRole.CENTRE:
            offline = OfflineKey(*backup_since(session, session.profile.device))
        return KeysView(own_keys(session), waiting, may_change, copy_is_due(session), offline)

    def rotate(self, lost: str) -> OwnKey:
        """Take new keys into use."""
        return rotate_keys(self._session, lost=lost)

    def destroy(self, fingerprint: DeviceId, progress: Progress) -> OwnKey:
        """Destroy a former pair."""
        return destroy_key(self._session, fingerprint, receivers(self._session), progress)

    def make_offline(self, target: Path, second: TypedSecond | None = None) -> str:
        """A new offline backup key into a file."""
        self._session.require(Permission.ADMINISTER)
        text, recipient = new_backup_key()
        keep = partial(write_atomic, target, text.encode(), mode=0o600)
        choose_backup(self._session, recipient, proved(self._session, second), keep)
        return recipient
