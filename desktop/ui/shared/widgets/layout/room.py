"""Room for one thing at a time, which is made late or made anew."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.widgets.layout.card import Column, let_go


@runtime_checkable
class EndsItsWork(Protocol):
    """Something that may have long work under way when another takes its room."""

    def retire(self) -> None:
        """Go out of sight at once, and go for good when the work is over."""
        ...


class Room(QWidget):
    """What stood there before goes at once; an empty room takes no place."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._column = Column(kit, self)
        self._held: QWidget | None = None
        self.hide()

    @property
    def held(self) -> QWidget | None:
        """What stands there."""
        return self._held

    def hold(self, widget: QWidget) -> None:
        """Show ``widget`` from now on."""
        self.clear()
        self._held = widget
        self._column.addWidget(widget)
        set_shown(self, shown=True)

    def clear(self) -> None:
        """Show nothing."""
        held, self._held = self._held, None
        if held is None:
            return
        if isinstance(held, EndsItsWork):
            self._column.removeWidget(held)
            held.retire()
        else:
            let_go(self._column, held)
        self.hide()
