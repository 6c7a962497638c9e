"""Why the person came, above the steps: four tiles, each with a key."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.cases.case import Visit
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label

VISITS: Final = (Visit.REPORT, Visit.ENQUIRY, Visit.TIP, Visit.DISSUASION)
"""In the order of their keys."""


class VisitSwitch(QWidget):
    """``chosen(visit)`` follows each choice by a click; the keys belong to the screen."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, model: FormModel) -> None:
        super().__init__()
        self.setObjectName("visit_switch")
        self._model = model
        column = Column(kit, self, gap="space_xs")
        head = Row(kit)
        head.addWidget(Label(kit, "visits.title", role="label", ink="muted"))
        head.addStretch(1)
        head.addWidget(Label(kit, "visits.keys", role="small", ink="faint"))
        column.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(kit.theme.space("space_xs"))
        self._tiles: dict[Visit, Button] = {}
        for place, visit in enumerate(VISITS):
            tile = Button(kit, f"visits.kind.{visit}", size=Size.COMPACT, name=f"take_{visit}")
            tile.setCheckable(True)
            tile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            tile.clicked.connect(partial(self._clicked, visit))
            grid.addWidget(tile, place // 2, place % 2)
            self._tiles[visit] = tile
        column.addLayout(grid)
        model.changed.connect(self._changed)
        model.replaced.connect(self._read)
        self._read()

    def _clicked(self, visit: Visit) -> None:
        self._read()  # a second click on the chosen one takes nothing back
        self.chosen.emit(visit.value)

    def _changed(self, path: str) -> None:
        if path == "visit":
            self._read()

    def _read(self) -> None:
        for visit, tile in self._tiles.items():
            tile.setChecked(visit == self._model.value("visit"))
