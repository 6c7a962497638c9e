"""What every service gets first: who we are, who is signed in, and the ports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from desktop.domain.errors import RuleError
from desktop.domain.ids import IdSource
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.interview.scripts import NO_SCRIPTS, Scripts
from desktop.domain.law.deadlines import legal_day
from desktop.domain.law.rules import RulePack
from desktop.domain.reference.directories import Directories
from desktop.domain.series.alike_memo import AlikeMemo
from desktop.domain.series.watch_list import WatchList
from desktop.domain.time.clock import Clock
from desktop.services.ports import (
    Cards,
    DeskSheets,
    OwnForms,
    Papers,
    SignedFiles,
    Slips,
    Store,
    Vault,
    Volumes,
)
from desktop.services.ports.database.store import PcDrafts
from desktop.services.ports.exchange.bound_folder import BoundFolder, NoBoundFolder
from desktop.services.ports.exchange.keys import KeyedMarks, NoKeys, NoMarks, OwnKeys
from desktop.services.ports.exchange.packages import NoPackages, PackageShelf
from desktop.services.ports.exchange.quarantine import NoQuarantine, QuarantineShelf
from desktop.services.ports.exchange.slots import NoSlots, OfficerSlots
from desktop.services.ports.printing.own_forms import NoOriginals, Originals
from desktop.services.ports.reading.flow import MoneyFlow, NoMoneyFlow
from desktop.services.ports.reading.links import CaseLinker, NoLinker
from desktop.services.ports.reading.readers import (
    FileReaders,
    NoFiles,
    NoReader,
    NoSuggester,
    Suggester,
    TextReader,
)

_INTO_CASES: Final = frozenset({Permission.WRITE_CASES, Permission.ADD_EVIDENCE})


@dataclass(frozen=True, slots=True)
class Session:
    """The context of a signed-in officer. Services are functions that take it first."""

    profile: Profile
    officer: Officer
    store: Store
    vault: Vault
    cards: Cards
    volumes: Volumes
    slips: Slips
    signed_files: SignedFiles
    papers: Papers
    own_forms: OwnForms
    sheets: DeskSheets
    clock: Clock
    ids: IdSource
    rules: RulePack
    directories: Directories
    scripts: Scripts = NO_SCRIPTS
    packages: PackageShelf = field(default_factory=NoPackages)
    reader: TextReader = field(default_factory=NoReader)
    suggester: Suggester = field(default_factory=NoSuggester)
    flow: MoneyFlow = field(default_factory=NoMoneyFlow)
    linker: CaseLinker = field(default_factory=NoLinker)
    alike: AlikeMemo = field(default_factory=AlikeMemo)
    watch: WatchList = field(default_factory=WatchList)
    quarantine: QuarantineShelf = field(default_factory=NoQuarantine)
    files: FileReaders = field(default_factory=NoFiles)
    keys: OwnKeys = field(default_factory=NoKeys)
    marks: KeyedMarks = field(default_factory=NoMarks)
    slots: OfficerSlots = field(default_factory=NoSlots)
    bound: BoundFolder = field(default_factory=NoBoundFolder)
    own_tables: Originals = field(default_factory=NoOriginals)
    """Of the unit's own questions and rules, by path."""
    pc_drafts: PcDrafts | None = None
    """At a centre whose journal lies on a server; elsewhere the journal is on this PC anyway."""

    @property
    def today(self) -> date:
        """The day in China's legal time."""
        return legal_day(self.clock.now())

    def require(self, permission: Permission, *, at_centre: bool = False) -> None:
        """Refuse with ``rights.missing`` unless the officer may. A centre reads the cases of its stations: with
        ``centre.reads_cases`` it is refused whatever writes into them, but for verbs that say ``at_centre``."""
        if not self.officer.may(permission):
            raise RuleError("rights.missing")
        if not at_centre and self._only_reads(permission):
            raise RuleError("centre.reads_cases")

    def may(self, permission: Permission) -> bool:
        """Whether :meth:`require` would let the officer."""
        return self.officer.may(permission) and not self._only_reads(permission)

    def _only_reads(self, permission: Permission) -> bool:
        return permission in _INTO_CASES and self.profile.role is InstallationRole.CENTRE
