"""Any of several choices, side by side: what is odd about a displayed number."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.label import Label


class TickSet(QWidget):
    """``changed`` with every tick. The words of a choice are ``<key>_is.<choice>``, of the whole ``<key>``."""

    changed = Signal()

    def __init__(self, kit: Kit, name: str, key: str, choices: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(f"{name}_set")
        kit.texts.bind(self.setAccessibleName, key)
        row = Row(kit, self, gap="field_gap")
        row.addWidget(Label(kit, key, role="label", ink="muted"))
        self._ticks = {
            choice: CheckBox(kit, f"{key}_is.{choice}", name=f"{name}_{choice}")
            for choice in choices
        }
        for tick in self._ticks.values():
            tick.toggled.connect(self._told)
            row.addWidget(tick)
        row.addStretch(1)

    def value(self) -> tuple[str, ...]:
        """The ticked choices, in their order."""
        return tuple(choice for choice, tick in self._ticks.items() if tick.isChecked())

    def set_value(self, chosen: Collection[str]) -> None:
        """Tick these and no others."""
        for choice, tick in self._ticks.items():
            tick.setChecked(choice in chosen)

    def _told(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.changed.emit()
