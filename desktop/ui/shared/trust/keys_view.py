"""One reading of this installation's keys, and the offline key of a centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from desktop.domain.exchange.peers import OwnKey, Peer
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.runtime.files.atomic_file import write_atomic
from desktop.sealing.backup_key_file import new_backup_key
from desktop.services.exchange.peers.backup_key import backup_since, choose_backup
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.peers.own_keys import copy_is_due, own_keys, unaware
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


def view_keys(session: Session) -> KeysView:
    """Every key this installation ever used."""
    may_change = session.officer.may(Permission.ADMINISTER)
    waiting = unaware(session, receivers(session))
    offline = None
    if session.profile.role is InstallationRole.CENTRE:
        offline = OfflineKey(*backup_since(session, session.profile.device))
    return KeysView(own_keys(session), waiting, may_change, copy_is_due(session), offline)


def make_offline_key(session: Session, target: Path, second: TypedSecond | None = None) -> str:
    """At a centre: a new offline backup key into a file, in place of the former; its public half."""
    session.require(Permission.ADMINISTER)
    text, recipient = new_backup_key()
    keep = partial(write_atomic, target, text.encode(), mode=0o600)
    choose_backup(session, recipient, proved(session, second), keep)
    return recipient
