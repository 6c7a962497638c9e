"""What is handed over to prosecutor or court: which items, to whom, why, and onto which medium."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.court_handover import CourtHandoverRequest
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.medium_fit import AskMedium, MediumFit
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.drives import Drives
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table
from desktop.ui.shared.widgets.target_combo import TargetCombo

_WIDTHS: Final = {"mark": 76, "number": 64, "size": 110, "method": 130}
_HIGH: Final = 230


class CourtHandoverDialog(DialogFrame):
    """``wished(HandOverWish, Path)``: write the chosen items below that folder. Space leaves an item out."""

    wished = Signal(object, object)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        items: Sequence[Evidence],
        drives: Drives,
        ask_medium: AskMedium,
    ) -> None:
        super().__init__(kit, parent, "hand_over.title", wide=True)
        self.setObjectName("hand_over_dialog")
        self._items = tuple(items)
        self._chosen = {item.id for item in items}
        self.body.addWidget(Label(kit, "hand_over.what", ink="muted", wrap=True))
        self._fields()
        self._list()
        self.md5 = CheckBox(kit, "hand_over.md5", name="hand_over_md5")
        self.target = TargetCombo(kit, drives, "hand_over_target")
        self.fit = MediumFit(kit, self, ask_medium)
        self._places()
        self.add_button("shared.cancel", name="hand_over_cancel")
        self._accept = self.add_button(
            "hand_over.do", variant=Variant.PRIMARY, name="hand_over_do", closes=False
        )
        self._accept.clicked.connect(self._give)
        self.set_default(self._accept)
        self.target.target_changed.connect(self._aim)
        self.fit.changed.connect(self._show)
        self.target.refresh()
        self._show()
        self.receiver.setFocus()

    def _fields(self) -> None:
        kit = self.kit
        row = Row(kit, gap="space_m")
        self.receiver = TextField(
            kit, "hand_over_receiver", "hand_over.receiver", placeholder_key="hand_over.receiver_example"
        )  # fmt: skip
        self.reason = TextField(
            kit, "hand_over_reason", "hand_over.reason", placeholder_key="hand_over.reason_example"
        )
        for field in (self.receiver, self.reason):
            field.line.textChanged.connect(self._allow)
            row.addWidget(field, 1)
        self.body.addLayout(row)

    def _list(self) -> None:
        kit = self.kit
        self._count = Label(kit, role="label", ink="muted")
        self._count.setObjectName("hand_over_count")
        self.body.addWidget(self._count)
        columns: tuple[TableColumn[Evidence], ...] = (
            TableColumn("mark", "hand_over.column.mark", self._mark, chip=True, tone=self._tone),
            TableColumn("number", "hand_over.column.number", self._number, align_right=True),
            TableColumn("name", "hand_over.column.name", _name, keep_end=True),
            TableColumn("method", "hand_over.column.method", self._method),
            TableColumn("size", "hand_over.column.size", self._size, align_right=True),
        )
        self.model = RowsModel[Evidence](kit, columns, _key, self)
        self.table = Table[Evidence](kit, self.model, "hand_over_items")
        self.table.set_widths(_WIDTHS, stretch="name")
        self.table.setFixedHeight(_HIGH)
        kit.texts.bind(self.table.setAccessibleName, "hand_over.column.name")
        self.table.activated_row.connect(self._toggle)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._toggle_current)
        self.body.addWidget(self.table)
        self.body.addWidget(Label(kit, "hand_over.keys", role="hint", ink="muted"))

    def _places(self) -> None:
        kit = self.kit
        row = Row(kit, gap="space_m")
        row.addWidget(self.md5)
        row.addStretch(1)
        to = Column(kit, gap="space_xs")
        to.addWidget(self.target)
        row.addLayout(to)
        self.body.addLayout(row)
        self.body.addWidget(self.fit.banner)

    def _aim(self) -> None:
        self.fit.aim(self.target.target())
        self._allow()

    def _toggle_current(self) -> None:
        item = self.table.selected()
        if item is not None:
            self._toggle(item)

    def _toggle(self, item: Evidence) -> None:
        self._chosen ^= {item.id}
        self._show()
        self.table.select_key(item.id)

    def _show(self) -> None:
        current = self.table.selected()
        self.fit.choose([item for item in self._items if item.id in self._chosen])
        self.model.set_rows(())
        self.model.set_rows(self._items)
        if current is not None:
            self.table.select_key(current.id)
        chosen = [item for item in self._items if item.id in self._chosen]
        size = size_text(self.kit.texts, sum(item.size for item in chosen))
        self._count.set_key(
            "hand_over.count", chosen=len(chosen), count=len(self._items), size=size
        )
        self._allow()

    def _allow(self) -> None:
        told = bool(self.receiver.value() and self.reason.value())
        placed = self.target.target() is not None and self.fit.allows
        self._accept.setEnabled(told and bool(self._chosen) and placed)

    def _give(self) -> None:
        folder = self.target.target()
        if folder is None:
            return
        every = len(self._chosen) == len(self._items)
        wish = CourtHandoverRequest(
            None if every else frozenset(self._chosen),
            self.receiver.value(),
            self.reason.value(),
            self.md5.isChecked(),
        )
        self.wished.emit(wish, Path(folder))
        self.accept()

    def _mark(self, item: Evidence) -> str:
        if item.id in self.fit.too_long:
            return self.kit.texts.text("hand_over.long")
        key = "chosen" if item.id in self._chosen else "left"
        return self.kit.texts.text(f"hand_over.{key}")

    def _tone(self, item: Evidence) -> Tone:
        if item.id in self.fit.too_long:
            return Tone.BAD
        return Tone.OK if item.id in self._chosen else Tone.NEUTRAL

    def _number(self, item: Evidence) -> str:
        return str(self._items.index(item) + 1)

    def _method(self, item: Evidence) -> str:
        return self.kit.texts.text(f"evidence.method.{item.method.value}")

    def _size(self, item: Evidence) -> str:
        return size_text(self.kit.texts, item.size)


def _key(item: Evidence) -> EvidenceId:
    return item.id


def _name(item: Evidence) -> str:
    return item.name
