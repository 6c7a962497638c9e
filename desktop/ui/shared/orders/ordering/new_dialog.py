"""A new order: which kind, and about what. Several payments at once become several orders in one go."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.order_rules import is_filed
from desktop.domain.case_file.views import CaseFile
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.order import OrderKind
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.about import TargetChoice, choices
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Column, let_go
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.fields import ComboField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.scroll import ScrollArea

_MOST_SEEN = 8
"""Rows that stand open before the list scrolls."""


class OrderNewDialog(DialogFrame):
    """``chosen(OrderKind, tuple[About, …])``. What has no such order yet is ticked already."""

    chosen = Signal(object, object)

    def __init__(
        self, kit: Kit, parent: QWidget, file: CaseFile, kind: OrderKind, *, whole: bool
    ) -> None:
        super().__init__(kit, parent, "ordering.new.title", wide=True)
        self.setObjectName("order_new_dialog")
        self._file = file
        self._whole = whole
        self._choices: tuple[TargetChoice, ...] = ()
        self._ticks: list[CheckBox] = []
        options = [Option(item.value, key=f"orders.kind.{item.value}") for item in OrderKind]
        self.kind = ComboField(kit, "order_kind", "ordering.new.kind", options)
        self.kind.set_value(kind.value)
        self.body.addWidget(self.kind)
        self._note = Label(kit, ink="muted", wrap=True)
        self._note.setObjectName("order_kind_note")
        self.body.addWidget(self._note)
        self._list = QWidget()
        self._column = Column(kit, self._list, gap="space_xs")
        self._scroll = ScrollArea(kit, self._list)
        self.body.addWidget(self._scroll)
        self.add_button("shared.cancel", name="order_new_cancel")
        self._next = self.add_button(
            "ordering.new.next", variant=Variant.PRIMARY, name="order_new_next", closes=False
        )
        self._next.clicked.connect(self._give)
        self.set_default(self._next)
        self.kind.edited.connect(self._kind_chosen)
        self._kind_chosen(kind.value)
        self.kind.setFocus()

    def _kind_chosen(self, value: str) -> None:
        kind = OrderKind(value)
        self._tell(kind)
        let_go(self._column, *self._ticks)
        self._choices = choices(self.kit, self._file, kind, whole=self._whole)
        fresh = [choice for choice in self._choices if not choice.standing]
        self._ticks = [self._tick(place, choice) for place, choice in enumerate(self._choices)]
        if fresh:
            self._ticks[self._choices.index(fresh[0])].setChecked(True)
        row = self.kit.theme.space("control_compact") + self.kit.theme.space("space_xs")
        self._scroll.setFixedHeight(row * min(max(len(self._ticks), 1), _MOST_SEEN))
        self._ready()

    def _tell(self, kind: OrderKind) -> None:
        """What the kind does; where it has to wait for the filing, before anybody fills in its form."""
        waits = SPECS[kind].after_filing and not is_filed(self._file.steps)
        self._note.set_key("ordering.new.unfiled" if waits else f"ordering.about.{kind.value}")
        self._note.set_ink("amber" if waits else "muted")

    def _tick(self, place: int, choice: TargetChoice) -> CheckBox:
        key = "ordering.new.standing" if choice.standing else "ordering.new.plain"
        tick = CheckBox(self.kit, key, name=f"order_about_{place + 1}", text=choice.text)
        tick.toggled.connect(self._ready)
        self._column.insertWidget(place, tick)
        return tick

    def _ready(self, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._next.setEnabled(any(tick.isChecked() for tick in self._ticks))

    def _give(self) -> None:
        pairs = zip(self._choices, self._ticks, strict=True)
        abouts = tuple(choice.about for choice, tick in pairs if tick.isChecked())
        kind = OrderKind(self.kind.value())
        self.accept()
        self.chosen.emit(kind, abouts)
