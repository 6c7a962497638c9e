"""The evidence of the case: its pane is made when it is first looked at, for it reads and decrypts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId, EvidenceId
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink, ReadsNew
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.layout.room import Room

EvidenceFactory = Callable[[CaseId, ExtractionSink], QWidget]
"""The pane of a case; what it reads goes to the sink."""


class EvidenceTab(QWidget):
    """Empty until ``look``."""

    def __init__(self, kit: Kit, factory: EvidenceFactory, sink: ExtractionSink) -> None:
        super().__init__()
        self._factory = factory
        self._sink = sink
        self._room = Room(kit)
        Column(kit, self).addWidget(self._room)

    def look(self, case: CaseId) -> None:
        """The tab came to the front."""
        if self._room.held is None:
            self._room.hold(self._factory(case, self._sink))

    def show_item(self, evidence: EvidenceId) -> None:
        """Choose an item, once the tab was looked at."""
        pane: object = self._room.held
        if isinstance(pane, ReadsNew):
            pane.show_item(evidence)

    def forget(self) -> None:
        """Nothing of the last case may stand under the name of the next one."""
        self._room.clear()
