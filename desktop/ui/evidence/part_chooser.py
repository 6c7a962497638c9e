"""The parts of a file side by side (its sheets, what is attached, what it says of itself)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, Size, Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.scroll import ScrollArea


@dataclass(frozen=True, slots=True)
class PartName:
    """``key`` names a part of ours with its ``count``; without one, ``text`` is the file's own name."""

    key: str = ""
    text: str = ""
    count: int = 0


class PartChooser(QWidget):
    """``chosen(place)``; hidden while there is only one part."""

    chosen = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.chosen)
        self._strip = QWidget()
        self._row = Row(kit, self._strip, gap="space_xxs")
        self._row.addStretch(1)
        area = ScrollArea(kit, self._strip)
        area.setFixedHeight(kit.theme.space("control") + kit.theme.space("space_s"))
        Row(kit, self).addWidget(area)
        self.setObjectName("evidence_parts")
        self.hide()

    def show_parts(self, names: Sequence[PartName]) -> None:
        """Offer other parts; the first is chosen."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        for place, name in enumerate(names):
            self._add(place, name)
        self.setVisible(len(names) > 1)

    def step(self, by: int) -> None:
        """Choose the next or the last part, round the end."""
        count = len(self._group.buttons())
        if count > 1:
            self._group.button((self._group.checkedId() + by) % count).click()

    def go_to(self, place: int) -> None:
        """Choose the part at ``place``."""
        self._group.button(place).click()

    def _add(self, place: int, name: PartName) -> None:
        button = Button(
            self._kit,
            "viewer.part.sheet",
            variant=Variant.QUIET,
            size=Size.COMPACT,
            name=f"evidence_part_{place}",
        )
        if name.text:
            button.set_text(name.text)
        elif name.key:
            button.set_key(name.key, count=name.count)
        button.setCheckable(True)
        button.setChecked(place == 0)
        self._group.addButton(button, place)
        self._row.insertWidget(place, button)
