"""A figure on a card: what is counted, how much, and of what."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.texts.label import Label


class Tile(Card):
    """``show_figure`` changes what it says."""

    def __init__(self, kit: Kit, key: str, **params: int) -> None:
        """``key`` names its title, ``<key>_unit`` the unit."""
        super().__init__(kit)
        self.setObjectName(key.replace(".", "_"))
        self._key = key
        self._title = Label(kit, role="label", ink="muted")
        self._title.set_key(key, **params)
        self.body.addWidget(self._title)
        row = Row(kit, gap="space_xs")
        self.figure = Label(kit, role="figure")
        self._unit = Label(kit, role="hint", ink="muted")
        row.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_figure(
        self, figure: str | int, *, tone: Tone | None = None, **unit: str | int
    ) -> None:
        """``figure`` large; the unit's placeholders from ``unit``; a tone only where it means something. A count is
        grouped, as ``12,345``."""
        text = _grouped(figure)
        self.figure.set_text(text)
        self.figure.set_ink(tone.value if tone is not None else "")
        self._unit.set_key(
            f"{self._key}_unit", **{name: _grouped(value) for name, value in unit.items()}
        )
        self.setAccessibleName(f"{self._title.text()} {text} {self._unit.text()}")


def _grouped(value: str | int) -> str:
    return value if isinstance(value, str) else f"{value:,}"
