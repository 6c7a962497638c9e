"""Bundles of stations: looked into first, taken in when the dispatcher agrees."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.centre.ingest_dialog import IngestDialog
from desktop.ui.centre.port import CentrePort
from desktop.ui.shared.dialogs.taking_in import TakingIn
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.work_card import WorkCard


class Ingesting(TakingIn):
    """``done(IngestResult)`` also when bundles went to quarantine; ``released(IngestResult)`` after that was tried
    again."""

    released = Signal(object)

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget, work: WorkCard) -> None:
        super().__init__(kit, page, work, "centre.ingest", port.ingest, IngestDialog)
        self._release = port.release

    def choose_bundles(self) -> None:
        """Ask for bundles to take in."""
        self.choose("centre.ingest.choose", self.look_into)

    def release(self) -> None:
        """Take in what was quarantined for want of trust."""
        self.change("centre.ingest.releasing", self._release, self.released.emit)
