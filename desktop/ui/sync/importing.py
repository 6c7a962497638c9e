"""Bundles that come back: looked at first, taken in when the officer agrees; or only checked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.taking_in import Paths, TakingIn
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.work_card import WorkCard
from desktop.ui.sync.bundle_dialogs import ImportDialog, VerdictDialog
from desktop.ui.sync.port import SyncPort

if TYPE_CHECKING:
    from desktop.services.exchange.apply_bundle import Verdict


class Importing(TakingIn):
    """``done(AppliedBundle)``."""

    def __init__(self, kit: Kit, port: SyncPort, page: QWidget, work: WorkCard) -> None:
        super().__init__(kit, page, work, "sync.import", port.apply, ImportDialog)
        self._port = port

    def choose_import(self) -> None:
        """Ask for bundles to take in."""
        self.choose("sync.import.choose", self.look_into)

    def choose_verify(self) -> None:
        """Ask for bundles to check."""
        self.choose("sync.verdict.choose", self.check)

    def release(self) -> None:
        """Take in what was kept for want of trust."""
        self.begin("sync.import.releasing", self._port.release, self._taken)

    def check(self, paths: Paths) -> None:
        """Check volumes; nothing is changed."""
        self.begin("sync.verdict.checking", partial(self._port.verify, paths), self._tell)

    def _tell(self, verdict: Verdict) -> None:
        VerdictDialog(self._kit, self._page, verdict).open()
