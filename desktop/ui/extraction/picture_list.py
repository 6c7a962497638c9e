"""The pictures of a batch and how far each is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.item import Evidence
from desktop.domain.statements.proposal import Proposal
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn


@dataclass(slots=True)
class PictureState:
    """One picture of the window. ``left_out``: proposals the officer did not want; ``count``: how many there are."""

    item: Evidence
    found: PictureExtraction | None = None
    error: Exception | None = None
    count: int = 0
    left_out: set[Proposal] = field(default_factory=set)
    taken: bool = False


class PictureList(QWidget):
    """``chosen(index)``: show this one."""

    chosen = Signal(int)

    def __init__(self, kit: Kit, states: list[PictureState]) -> None:
        super().__init__()
        self._kit = kit
        self._states = states
        columns: tuple[TableColumn[int], ...] = (
            TableColumn(
                "name", "extraction.picture.file", self._name, keeps=Keeps.END, tip=self._name
            ),
            TableColumn(
                "state", "extraction.picture.state", self._state, chip=True, tone=self._tone
            ),
        )
        self.table = Listing[int](
            kit, "reading_pictures", "extraction.picture.list", columns, int, {"state": 78}
        )
        Column(kit, self).addWidget(self.table)
        self.table.show_rows(range(len(states)))
        self.table.current_changed.connect(self._tell)
        self.setFocusProxy(self.table)

    def choose(self, index: int) -> None:
        """Make it current."""
        self.table.select_key(index)

    def changed(self, index: int) -> None:
        """More is known of a picture."""
        last = self.table.rows.columnCount() - 1
        self.table.rows.dataChanged.emit(
            self.table.rows.index(index, 0), self.table.rows.index(index, last)
        )

    def _tell(self) -> None:
        index = self.table.selected()
        if index is not None:
            self.chosen.emit(index)

    def _name(self, index: int) -> str:
        return self._states[index].item.name

    def _state(self, index: int) -> str:
        state, words = self._states[index], self._kit.texts.text
        if state.taken:
            return words("extraction.picture.taken")
        if state.error is not None:
            stopped = isinstance(state.error, Cancelled) or not isinstance(state.error, AppError)
            return words("extraction.picture.stopped" if stopped else "extraction.picture.failed")
        if state.found is None:
            return words("extraction.picture.waiting")
        return words("extraction.picture.count", count=state.count)

    def _tone(self, index: int) -> Tone:
        state = self._states[index]
        if state.taken:
            return Tone.OK
        if state.error is not None:
            return Tone.WARN
        return Tone.INFO if state.count else Tone.NEUTRAL
