"""The journal under the facts that are bound in it, whatever ``profile.toml`` says.

Before anybody signed in the file says whose window it is and how the data folder is locked; both are decided anew here,
by what is sealed with the keys. So nothing that was read before the keys were open has an effect afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.app.keys.key_shelf import FIRST, pairs_of
from desktop.app.keys.seat_secrets import centre_of
from desktop.app.profile.database_place import DATABASE_KEY, database_place, is_on_server
from desktop.app.profile.profile_file import profile_of
from desktop.domain.errors import WorldError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.bound_files import PROFILE
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT, Progress
from desktop.domain.time.clock import Clock
from desktop.runtime.files.paths import ProfilePaths
from desktop.services.bound.bound_texts import bound_text
from desktop.services.exchange.peers.own_keys import key_in_use
from desktop.services.ports import Reader
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.store import SqlStore

_NOBODY = Profile(InstallationRole.DESK, "", "", "A", DeviceId(""))
"""Reads what is bound, and writes nothing."""


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """``bound``: whether the journal says who this installation is; else the file did, for the last time."""

    store: SqlStore
    profile: Profile
    bound: bool


def open_store(
    paths: ProfilePaths,
    secrets: Mapping[str, bytes],
    claimed: Profile | WorldError,
    clock: Clock,
    progress: Progress = SILENT,
) -> OpenedStore:
    """The database of the installation, as the device that it is. ``claimed``: what the file says, or why it says
    nothing. ``progress``: of bringing up to date what another version left.

    Raises ``WorldError``: ``profile.missing``, ``profile.damaged``, ``profile.newer`` while nothing is bound yet; of
    the database as :meth:`SqlStore.open` does.
    """
    return open_at(database_place(paths, secrets), secrets, claimed, clock, progress)


def open_at(
    where: Path | ServerAddress,
    secrets: Mapping[str, bytes],
    claimed: Profile | WorldError,
    clock: Clock,
    progress: Progress = SILENT,
) -> OpenedStore:
    """The same of the database that lies at ``where``."""
    store = SqlStore.open(where, secrets[DATABASE_KEY], _NOBODY, clock, progress)
    try:
        with store.read() as reader:
            found = _bound(reader, secrets, claimed)
        profile = found or _claimed(secrets, claimed)
        profile = replace(profile, on_server=is_on_server(secrets))
        store.write_as(profile)
    except BaseException:
        store.close()
        raise
    return OpenedStore(store, profile, found is not None)


def _bound(
    reader: Reader, secrets: Mapping[str, bytes], claimed: Profile | WorldError
) -> Profile | None:
    """What is bound of the device whose keys these are; None before anything is."""
    centre = centre_of(secrets)
    if centre:
        text = bound_text(reader, centre, PROFILE)
        return replace(profile_of(text), seat=pairs_of(secrets)[0].device_id) if text else None
    held = frozenset(pair.device_id for pair in pairs_of(secrets))
    named = [claimed.device] if isinstance(claimed, Profile) else []
    for device in (*named, *sorted(held)):
        if _is_ours(reader, device, held) and (text := bound_text(reader, device, PROFILE)):
            return profile_of(text)
    for subject in reader.subjects("file"):
        _, name, path = subject.split("/", 2)
        if path == PROFILE and _is_ours(reader, DeviceId(name), held):
            text = bound_text(reader, name, PROFILE)
            return profile_of(text) if text else None
    return None


def _is_ours(reader: Reader, device: DeviceId, held: frozenset[DeviceId]) -> bool:
    """A device is named after its first pair, and the journal tells of every later one."""
    return device in held or key_in_use(reader, device) in held


def _claimed(secrets: Mapping[str, bytes], claimed: Profile | WorldError) -> Profile:
    if not isinstance(claimed, Profile):
        raise claimed
    pairs = pairs_of(secrets)
    if FIRST in secrets and claimed.device != pairs[0].device_id:
        raise WorldError("profile.damaged")
    return claimed
