"""The deeds below the facts of an item: those of every day as buttons, the others in a menu, each with its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, Size

_EVERY_DAY: Final = ("record", "verify", "papers")
_ABREAST: Final = 2


class FactsButtons(QWidget):
    """Buttons with the words of ``evidence.short``. More of them would leave the custody log no room."""

    def __init__(self, kit: Kit, actions: Mapping[str, Action]) -> None:
        super().__init__()
        self._kit = kit
        self._others = {name: action for name, action in actions.items() if name not in _EVERY_DAY}
        buttons = [_button(kit, name, actions[name]) for name in _EVERY_DAY]
        self._more = Button(kit, "evidence.short.more", size=Size.COMPACT, name="evidence_more")
        self._more.clicked.connect(self._open)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(kit.theme.space("space_xs"))
        for place, button in enumerate((*buttons, self._more)):
            grid.addWidget(button, place // _ABREAST, place % _ABREAST)
        for column in range(_ABREAST):
            grid.setColumnStretch(column, 1)

    def menu(self) -> QMenu:
        """The others, as they can be done now."""
        menu = QMenu(self)
        menu.setFont(self._kit.theme.font("body"))
        for name, action in self._others.items():
            words = self._kit.texts.text(action.name_key)
            item = menu.addAction(f"{words}\t{action.cap}" if action.cap else words)
            item.setObjectName(f"evidence_{name}")
            item.setEnabled(action.enabled)
            item.triggered.connect(action.trigger)
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        size = menu.sizeHint()  # above the button, its right edge on the button's
        corner = self._more.mapToGlobal(self._more.rect().topRight())
        menu.popup(corner - QPoint(size.width(), size.height()))


def _button(kit: Kit, name: str, action: Action) -> Button:
    button = Button(kit, f"evidence.short.{name}", size=Size.COMPACT, name=f"evidence_{name}")
    button.setToolTip(action.cap)
    button.clicked.connect(action.trigger)
    button.setEnabled(action.enabled)
    action.enabled_changed.connect(button.setEnabled)
    return button
