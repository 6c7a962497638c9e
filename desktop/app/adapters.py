"""Adapters joined to ports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop.analysis.case_linker import Linker
from desktop.analysis.money_flow import FlowAnalyst
from desktop.analysis.suggest import CueSuggester
from desktop.app.database_place import DATABASE_KEY, database_place
from desktop.app.typesetting import typesetter
from desktop.bundles.exchange import BundleExchange
from desktop.bundles.quarantine import Quarantine
from desktop.domain.clock import Clock
from desktop.domain.fields import text
from desktop.domain.ids import IdSource
from desktop.domain.officer import Officer
from desktop.domain.pack import PackKind
from desktop.domain.profile import Profile
from desktop.journal.authority import pack_subject
from desktop.readers.file_readers import OfflineReaders
from desktop.readers.pasted_text import PastedTextReader
from desktop.runtime.cues import load_cues
from desktop.runtime.directories import PackedDirectories
from desktop.runtime.exit_words import load_exit_words
from desktop.runtime.hub_list import load_hub_list
from desktop.runtime.pack_readers import pack_readers
from desktop.runtime.pack_shelf import FolderShelf, Taken
from desktop.runtime.paths import ProfilePaths
from desktop.runtime.resources import resource_path
from desktop.runtime.rulepack import load_rulepack
from desktop.runtime.scripts import load_scripts
from desktop.runtime.watch_list import load_watch_list
from desktop.sealing.fingerprint import grouped
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keyed_marks import SecretMarks
from desktop.services.desk import Desk
from desktop.storage.store import SqlStore
from desktop.vault.encrypted_vault import EncryptedVault
from desktop.vault.sealing_beside import processes

NOBODY = Officer("", "", ())


def build_desk(
    paths: ProfilePaths,
    profile: Profile,
    ring: KeyRing,
    secrets: Mapping[str, bytes],
    clock: Clock,
    ids: IdSource,
) -> Desk:
    """A desk at which nobody is signed in yet."""
    where = database_place(paths, secrets)
    store = SqlStore.open(where, secrets[DATABASE_KEY], profile, clock)
    packs = FolderShelf(paths.packs, pack_readers())
    directories = PackedDirectories(
        _folder(packs, PackKind.DIRECTORIES, store, profile), resource_path("directories")
    )
    scripts = _folder(packs, PackKind.SCRIPTS, store, profile)
    return Desk(
        profile=profile,
        officer=NOBODY,
        store=store,
        vault=EncryptedVault(paths.vault, ring, processes=processes()),
        exchange=BundleExchange(ring),
        papers=typesetter(paths, lambda: grouped(ring.current.device_id)),
        clock=clock,
        ids=ids,
        rules=load_rulepack(_folder(packs, PackKind.RULES, store, profile), resource_path("rules")),
        directories=directories,
        scripts=load_scripts(resource_path("scripts"), paths.scripts, scripts),
        packs=packs,
        quarantine=Quarantine(paths.quarantine),
        reader=PastedTextReader(directories),
        suggester=CueSuggester(load_cues(resource_path("scripts"), paths.scripts, scripts)),
        files=OfflineReaders(),
        watch=load_watch_list(_folder(packs, PackKind.WATCH, store, profile)),
        linker=Linker(
            load_hub_list(paths.root / "rules", resource_path("rules")),
            directories.protected_number,
        ),
        marks=SecretMarks(secrets[DATABASE_KEY]),
        flow=FlowAnalyst(load_exit_words(paths.root / "rules", resource_path("rules"))),
    )


def _folder(packs: FolderShelf, kind: PackKind, store: SqlStore, profile: Profile) -> Path:
    """Where a kind of data is read from: the centre's pack that was taken in last, or the program's own."""
    with store.read() as reader:
        fields = reader.current(pack_subject(profile.device, kind.value))
    return packs.open(kind, Taken(text(fields, "id"), text(fields, "version")))
