"""The bar below every page: stop now, put aside, go on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.intake.steps_card import NAMES
from desktop.ui.shared.actions import Action
from desktop.ui.shared.button import Button, Size, Variant
from desktop.ui.shared.card import Column, Row, divider
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label


class BottomBar(QWidget):
    """Buttons of actions that belong to the screen."""

    def __init__(self, kit: Kit, stop: Action, later: Action, onward: Action) -> None:
        super().__init__()
        column = Column(kit, self, gap="space_m")
        self._line = divider(kit)
        column.addWidget(self._line)
        row = Row(kit, gap="space_s")
        row.addWidget(
            Button.of(kit, stop, variant=Variant.DANGER, size=Size.LARGE, name="stop_now")
        )
        self._promise = Label(kit, "intake.stop.promise", role="small", ink="muted", wrap=True)
        row.addWidget(self._promise, 1)
        row.addStretch()
        row.addWidget(Button.of(kit, later, name="later"))
        self._onward = Button.of(kit, onward, variant=Variant.PRIMARY, name="onward")
        row.addWidget(self._onward)
        column.addLayout(row)

    def set_narrow(self, *, narrow: bool) -> None:
        """The buttons take the whole bar: squeezed between them a sentence would stand on end."""
        self._promise.setVisible(not narrow)

    def set_alone(self, *, alone: bool) -> None:
        """Alone in its card it needs no line above."""
        self._line.setVisible(not alone)

    def set_page(self, page: int) -> None:
        """Name the page that comes next; after the last there is none."""
        last = page >= len(NAMES) - 1
        self._onward.setVisible(not last)
        if not last:
            self._onward.set_key(f"intake.next.{NAMES[page + 1]}")
