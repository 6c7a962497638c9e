"""The orders of an urgent slip, to be acted on at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.centre.element_list import ElementList
from desktop.ui.centre.order_elements import elements_of
from desktop.ui.centre.port import ScannedOrder, ScannedSlip
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.button import Button, Size, Variant
from desktop.ui.shared.widgets.card import Card, Row
from desktop.ui.shared.widgets.label import Label


class SlipFoundDialog(DialogFrame):
    """One order after the other; Left and Right turn where there are several."""

    def __init__(self, kit: Kit, parent: QWidget, slip: ScannedSlip) -> None:
        super().__init__(kit, parent, "centre.scan.title", wide=True)
        self.setObjectName("slip_found_dialog")
        self._slip = slip
        self._place = 0
        self.body.addWidget(self._turner())
        expired = Card(kit, panel="red")
        expired.setObjectName("slip_expired")
        expired.body.addWidget(Label(kit, "centre.scan.expired", wrap=True))
        set_shown(expired, shown=slip.expired)
        self.body.addWidget(expired)
        self._panel = Card(kit, panel="amber")
        self._note = Label(kit, wrap=True)
        self._note.setObjectName("slip_note")
        self._again = Label(kit, wrap=True)
        self._again.setObjectName("slip_before")
        self._panel.body.addWidget(self._note)
        self._panel.body.addWidget(self._again)
        self.body.addWidget(self._panel)
        self._elements = ElementList(kit)
        self.body.addWidget(self._elements)
        copy = self.add_button("centre.dispatch.copy", name="slip_copy", closes=False)
        copy.clicked.connect(self._elements.copy)
        close = self.add_button("shared.close", name="slip_close")
        close.set_variant(Variant.PRIMARY)
        self.set_default(close)
        close.setFocus()
        self._show()

    def _turner(self) -> QWidget:
        """Which order of how many, and the way to the others."""
        kit, several = self.kit, len(self._slip.orders) > 1
        turner = QWidget()
        row = Row(kit, turner, gap="space_m")
        self._where = Label(kit, role="strong")
        self._where.setObjectName("slip_where")
        row.addWidget(self._where, 1)
        for name, keys, icon, slot in (
            ("back", "Left", "chevron_left", self._back),
            ("forth", "Right", "chevron_right", self._forth),
        ):
            action = Action(self, f"centre.scan.{name}", keys)
            action.set_enabled(enabled=several)
            action.triggered.connect(slot)
            button = Button.of(kit, action, size=Size.COMPACT, icon=icon, name=f"slip_{name}")
            row.addWidget(button)
        set_shown(turner, shown=several)
        return turner

    def _back(self) -> None:
        self._turn(-1)

    def _forth(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        self._place = (self._place + step) % len(self._slip.orders)
        self._show()

    def _show(self) -> None:
        order: ScannedOrder = self._slip.orders[self._place]
        self._where.set_key(
            "centre.scan.where", number=self._place + 1, count=len(self._slip.orders)
        )
        set_look(self._panel, panel="green" if order.known else "amber")
        key = "centre.scan.known" if order.known else "centre.scan.new"
        self._note.set_key(key, unit=self._slip.unit_name)
        set_shown(self._again, shown=order.before is not None)
        if order.before is not None:
            at, officer = order.before
            self._again.set_key("centre.scan.before", time=moment(self.kit, at), officer=officer)
        self._elements.show_elements(elements_of(self.kit, order.payload))
