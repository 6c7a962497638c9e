"""Long work of the pane, one row each, above everything; hidden while nothing is going on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow


class WorkStrip(Card):
    """``take``: files coming in; ``verify``: digests compared; ``copy``: a copy going out; ``hand_over_to_court``:
    a folder for the court."""

    stirred = Signal()
    """Some work has begun, or is over."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.setObjectName("evidence_work")
        self._kit = kit
        self._works: list[OneWork] = []
        self.take = self._add("evidence_take")
        self.verify = self._add("evidence_verifying")
        self.copy = self._add("evidence_copying")
        self.hand_over_to_court = self._add("evidence_handing_over")
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether any work is going on."""
        return any(work.busy for work in self._works)

    def _add(self, name: str) -> OneWork:
        row = ProgressRow(self._kit, "bytes", name=name)
        self.body.addWidget(row)
        work = OneWork(self._kit, row, self)
        work.stirred.connect(self._stir)
        self._works.append(work)
        return work

    def _stir(self) -> None:
        self.setVisible(self.busy)
        self.stirred.emit()
