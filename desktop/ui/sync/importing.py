"""Bundles that come back: looked at first, taken in when the officer agrees; or only checked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.dialogs.taking_in import Paths, TakingIn
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.work_card import WorkCard
from desktop.ui.sync.bundle_dialogs import ImportDialog, VerdictDialog
from desktop.ui.sync.port import SyncPort
from desktop.ui.sync.quarantine_dialog import QuarantineDialog

if TYPE_CHECKING:
    from desktop.services.exchange.apply_bundle import BundleVerdict
    from desktop.services.ports.quarantine import Quarantined


class Importing(TakingIn):
    """``done(AppliedBundle)``; ``released(AppliedBundle)`` after the quarantine was tried again."""

    released = Signal(object)

    def __init__(self, kit: Kit, port: SyncPort, page: QWidget, work: WorkCard) -> None:
        super().__init__(kit, page, work, "sync.import", port.apply, ImportDialog)
        self._port = port
        self._refused: QuarantineDialog | None = None

    def choose_import(self) -> None:
        """Ask for bundles to take in."""
        self.choose("sync.import.choose", self.look_into)

    def choose_verify(self) -> None:
        """Ask for bundles to check."""
        self.choose("sync.verdict.choose", self.check)

    def open_quarantine(self) -> None:
        """Show what was refused, and offer to try it again."""
        work = work_of(_refused, self._port)
        self._kit.runner.start("db", work, self._show_refused, self._not_read)

    def _not_read(self, error: Exception) -> None:
        self.failed.emit(error)

    def _show_refused(self, read: tuple[tuple[Quarantined, ...], dict[str, str]]) -> None:
        if is_open(self._refused):
            return
        self._refused = QuarantineDialog(self._kit, self._page, *read)
        self._refused.accepted.connect(self._release)
        self._refused.open()

    def _release(self) -> None:
        self.change("sync.import.releasing", self._port.release, self.released.emit)

    def check(self, paths: Paths) -> None:
        """Check volumes; nothing is changed."""
        self.begin("sync.verdict.checking", partial(self._port.verify, paths), self._tell)

    def _tell(self, verdict: BundleVerdict) -> None:
        VerdictDialog(self._kit, self._page, verdict).open()


def _refused(port: SyncPort) -> tuple[tuple[Quarantined, ...], dict[str, str]]:
    """What lies in quarantine, and how the units that are known are called."""
    units = {peer.card.unit_code: peer.card.unit_name for peer in port.peers()}
    return port.quarantine(), units
