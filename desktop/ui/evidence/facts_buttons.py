"""The deeds below the facts of an item, two abreast; their keys are in the overlay and in the tooltips."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, Size

_ABREAST = 2


class FactsButtons(QWidget):
    """A button for each action, by its name; words of ``evidence.short``."""

    def __init__(self, kit: Kit, deeds: Mapping[str, Action]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(kit.theme.space("space_xs"))
        for place, (name, action) in enumerate(deeds.items()):
            button = Button(
                kit, f"evidence.short.{name}", size=Size.COMPACT, name=f"evidence_{name}"
            )
            button.setToolTip(action.cap)
            button.clicked.connect(action.trigger)
            button.setEnabled(action.enabled)
            action.enabled_changed.connect(button.setEnabled)
            grid.addWidget(button, place // _ABREAST, place % _ABREAST)
        for column in range(_ABREAST):
            grid.setColumnStretch(column, 1)
