"""The place of a transfer on the money page. Its card is made once it is to be seen or asked for: of hundreds that a
statement brings, most never are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.intake.form.form_fields import Bound
from desktop.ui.intake.transfers.card import TransferCard
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.card import Column


class TransferSlot(QWidget):
    """``make``: the card, folded; ``height``: pixels that one has. ``grown``: it has more editors than before."""

    grown = Signal()

    def __init__(self, kit: Kit, make: Callable[[], TransferCard], height: int) -> None:
        super().__init__()
        self._make = make
        self._card: TransferCard | None = None
        self._index, self._transfer = 0, ""
        self._order, self._mismatches = "", False
        self._appearances = self._possible = 0
        self._column = Column(kit, self)
        self.setMinimumHeight(height)

    @property
    def card(self) -> TransferCard:
        """The card, made now where there was none."""
        return self._card or self.make()

    def make(self) -> TransferCard:
        """Make the card, unless there is one."""
        if self._card is not None:
            return self._card
        made = self._make()
        made.set_transfer(self._index, self._transfer)
        made.set_alone(alone=False)
        made.set_order(self._order, mismatches=self._mismatches)
        made.set_appearances(self._appearances)
        made.set_possible(self._possible)
        self.setMinimumHeight(0)
        self._column.addWidget(made)
        made.show()  # the layout would show it only later
        self._card = made
        made.grown.connect(self.grown)
        self.grown.emit()
        return made

    @property
    def made(self) -> TransferCard | None:
        """The card, if there is one."""
        return self._card

    @property
    def folded(self) -> bool:
        """Whether one row is shown, or nothing yet."""
        return self._card is None or self._card.folded

    def bounds(self) -> tuple[Bound, ...]:
        """As those of the card."""
        return () if self._card is None else self._card.bounds()

    def editors(self) -> tuple[QWidget, ...]:
        """As those of the card."""
        return () if self._card is None else self._card.editors()

    def set_transfer(self, index: int, transfer: str) -> None:
        """Show the transfer ``transfer`` at the place ``index``, from 0."""
        self._index, self._transfer = index, transfer
        if self._card is not None:
            self._card.set_transfer(index, transfer)

    def reread(self) -> None:
        """Everything may have changed."""
        if self._card is not None:
            self._card.reread()

    def changed(self, path: str) -> None:
        """One of its facts has another text."""
        if self._card is not None:
            self._card.changed(path)

    def set_alone(self, *, alone: bool) -> None:
        """The only transfer is always open."""
        if alone or self._card is not None:
            self.card.set_alone(alone=alone)

    def set_folded(self, *, folded: bool) -> None:
        """Show one row, or all."""
        if not folded or self._card is not None:
            self.card.set_folded(folded=folded)

    def set_order(self, number: str, *, mismatches: bool) -> None:
        """As on the card."""
        if (number, mismatches) != (self._order, self._mismatches):
            self._order, self._mismatches = number, mismatches
            if self._card is not None:
                self._card.set_order(number, mismatches=mismatches)

    def set_appearances(self, count: int) -> None:
        """As on the card."""
        if count != self._appearances:
            self._appearances = count
            if self._card is not None:
                self._card.set_appearances(count)

    def set_possible(self, count: int) -> None:
        """As on the card."""
        if count != self._possible:
            self._possible = count
            if self._card is not None:
                self._card.set_possible(count)

    def paintEvent(self, event: QPaintEvent) -> None:
        """It is to be seen."""
        super().paintEvent(event)
        if self._card is None:
            QTimer.singleShot(0, self, self.make)
