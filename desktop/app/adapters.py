"""Adapters joined to ports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from desktop.analysis.case_linker import Linker
from desktop.analysis.money_flow import FlowAnalyst
from desktop.analysis.suggest import TypeSuggester
from desktop.app.keys.vault_place import shared_vault, vault_root
from desktop.app.profile.bound_folder import ProfileFolder
from desktop.app.profile.bound_profile import OpenedStore
from desktop.app.profile.database_place import DATABASE_KEY, is_on_server
from desktop.app.profile.sealed_drafts import SealedDrafts
from desktop.app.typesetting import typesetter, unit_texts
from desktop.bundles.exchange import KeyedCards, KeyedFiles, KeyedSlips, KeyedVolumes
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.domain.errors import WorldError
from desktop.domain.exchange.data_package import PackageKind
from desktop.domain.ids import IdSource
from desktop.domain.installation.bound_files import RULES, SCRIPTS
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import Profile
from desktop.domain.money.cash_out import CashOutTerms
from desktop.domain.records.fields import text
from desktop.domain.series.hub_list import HubList
from desktop.domain.time.clock import Clock
from desktop.journal.authority import package_subject
from desktop.readers.file_readers import OfflineReaders
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.files.paths import ProfilePaths
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages import cash_out_terms, hub_list
from desktop.runtime.packages.cues import load_cues
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.packages.own_tables import OwnTables
from desktop.runtime.packages.package_readers import package_readers
from desktop.runtime.packages.package_shelf import FolderShelf, InstalledPackage
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.runtime.packages.scripts import load_scripts
from desktop.runtime.packages.watch_list import load_watch_list
from desktop.sealing.digests import SecretMarks
from desktop.sealing.fingerprint import grouped
from desktop.sealing.key_ring import KeyRing
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from desktop.vault.encrypted_vault import EncryptedVault
from desktop.vault.sealing_beside import processes

_Rules = TypeVar("_Rules")


class OwnRules:
    """``own``: path → text that is bound; ``shipped``: the folder of the program's own. A text that is not what it must
    be is left out: a damaged file never keeps the desk shut."""

    def __init__(self, own: Mapping[str, str], shipped: Path) -> None:
        self._own = own
        self._shipped = shipped
        self.left_out: list[str] = []

    def hub_list(self) -> HubList:
        """Values that link no cases."""
        return self._of(hub_list.FILE, hub_list.hub_list_of, hub_list.load_hub_list)

    def cash_out_terms(self) -> CashOutTerms:
        """Words by which exits of money are known."""
        return self._of(
            cash_out_terms.FILE,
            cash_out_terms.cash_out_terms_of,
            cash_out_terms.load_cash_out_terms,
        )

    def _of(
        self, name: str, read: Callable[[str], _Rules], load: Callable[[Path], _Rules]
    ) -> _Rules:
        own = self._own.get(RULES + name)
        if own is not None:
            try:
                return read(own)
            except ValueError:
                self.left_out.append(RULES + name)
        return load(self._shipped)


NOBODY = Officer("", "", ())


@dataclass(frozen=True, slots=True)
class BuiltSession:
    """``faults``: which of the unit's own files are not what they must be and were left out."""

    session: Session
    faults: tuple[WorldError, ...]


def build_session(
    paths: ProfilePaths,
    opened: OpenedStore,
    ring: KeyRing,
    secrets: Mapping[str, bytes],
    clock: Clock,
    ids: IdSource,
    own: Mapping[str, str],
) -> BuiltSession:
    """A desk at which nobody is signed in yet. ``own``: the unit's own questions and rules, path → text."""
    store, profile = opened.store, opened.profile
    packages = FolderShelf(paths.packages, package_readers())
    directories = PackedDirectories(
        _folder(packages, PackageKind.DIRECTORIES, store, profile), resource_path("directories")
    )
    scripts = _folder(packages, PackageKind.SCRIPTS, store, profile)
    types = _within(own, SCRIPTS)
    asked = load_scripts(resource_path("scripts"), types, scripts)
    rules = OwnRules(own, resource_path("rules"))
    folder = ProfileFolder(paths)
    papers, sheets = typesetter(
        lambda: grouped(ring.known_by), partial(unit_texts, store, profile.device, folder)
    )
    session = Session(
        profile=profile,
        officer=NOBODY,
        store=store,
        vault=_vault(paths, profile, ring, secrets),
        cards=KeyedCards(ring),
        volumes=KeyedVolumes(ring),
        slips=KeyedSlips(ring),
        signed_files=KeyedFiles(ring),
        papers=papers,
        own_forms=papers,
        sheets=sheets,
        clock=clock,
        ids=ids.bound_to(profile.device),
        rules=load_rule_pack(
            _folder(packages, PackageKind.RULES, store, profile), resource_path("rules")
        ),
        directories=directories,
        scripts=asked,
        packages=packages,
        quarantine=Quarantine(paths.quarantine),
        reader=PastedTextReader(directories),
        suggester=TypeSuggester(load_cues(resource_path("scripts"), types, scripts)),
        files=OfflineReaders(),
        watch=load_watch_list(_folder(packages, PackageKind.WATCH, store, profile)),
        linker=Linker(rules.hub_list(), directories.protected_number),
        flow=FlowAnalyst(rules.cash_out_terms()),
        marks=SecretMarks(secrets[DATABASE_KEY]),
        bound=folder,
        own_tables=OwnTables((scripts, resource_path("scripts")), resource_path("rules")),
        pc_drafts=_drafts_on_pc(paths, secrets),
    )
    left_out = [SCRIPTS + name for name, _ in asked.faults] + rules.left_out
    return BuiltSession(
        session, tuple(WorldError("bound.left_out", file=path) for path in left_out)
    )


def _vault(
    paths: ProfilePaths, profile: Profile, ring: KeyRing, secrets: Mapping[str, bytes]
) -> EncryptedVault:
    """The evidence of this PC, or of all PCs of its centre."""
    pc = (profile.seat or profile.device) if shared_vault(secrets) else ""
    return EncryptedVault(vault_root(paths, secrets), ring, processes=processes(), pc=pc)


def _drafts_on_pc(paths: ProfilePaths, secrets: Mapping[str, bytes]) -> SealedDrafts | None:
    """Only where the journal is not on this PC anyway."""
    return SealedDrafts(paths.drafts, secrets[DATABASE_KEY]) if is_on_server(secrets) else None


def _within(own: Mapping[str, str], folder: str) -> dict[str, str]:
    """Name → text of the files of one folder."""
    return {
        path.removeprefix(folder): content
        for path, content in own.items()
        if path.startswith(folder)
    }


def _folder(packages: FolderShelf, kind: PackageKind, store: SqlStore, profile: Profile) -> Path:
    """Where a kind of data is read from: the centre's package that was taken in last, or the program's own."""
    with store.read() as reader:
        fields = reader.current(package_subject(profile.device, kind.value))
    return packages.open(kind, InstalledPackage(text(fields, "id"), text(fields, "version")))
