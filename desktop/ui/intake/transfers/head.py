"""The title line of a transfer: its number, what hides while it is folded, its order, its way, its buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.way import WayKind
from desktop.domain.evidence.place import EvidencePlace
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import IconButton
from desktop.ui.shared.widgets.input.chip_button import ChipButton
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_LONGEST: Final = 24
"""Characters of a way that this program does not know."""


class TransferHead(QWidget):
    """Its buttons have keys on the page and stay out of the way of Tab."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        row = Row(kit, self, gap="space_s")
        self._title = Label(kit, role="label", ink="muted")
        self._summary = ElidedLabel(kit, role="label", ink="muted")
        self._order = Chip(kit, tone=Tone.OK)
        self._order.hide()
        self._attempted = Chip(kit, "amounts.mark", tone=Tone.INFO)
        self._attempted.hide()
        self._origin = Chip(kit, tone=Tone.NEUTRAL)
        self._origin.setObjectName("transfer_origin")
        self._origin.hide()
        self.way = ChipButton(kit, "transfer_way")
        self.fold = IconButton(kit, "intake.money.fold", "chevron_up")
        self.unfold = IconButton(kit, "intake.money.unfold", "chevron_down")
        self.unfold.hide()
        self.remove = IconButton(kit, "intake.money.remove", "trash")
        row.addWidget(self._title)
        row.addWidget(self.way)
        row.addWidget(self._order)
        row.addWidget(self._attempted)
        row.addWidget(self._origin)
        row.addWidget(self._summary, 1)
        for button in (self.fold, self.unfold, self.remove):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)

    def set_number(self, number: int) -> None:
        """Its place among the transfers, from 1."""
        self._title.set_key("intake.money.transfer", number=number)
        self.fold.setObjectName(f"transfer_{number}_fold")
        self.unfold.setObjectName(f"transfer_{number}_unfold")
        self.remove.setObjectName(f"transfer_{number}_remove")

    def set_summary(self, text: str) -> None:
        """What the hidden fields hold."""
        self._summary.set_text(text)

    def set_order(self, number: str, *, mismatches: bool) -> None:
        """The stop that was ordered; empty: none was. ``mismatches``: it says something else than the case."""
        self._order.setVisible(bool(number))
        if number:
            key = "intake.money.ordered_otherwise" if mismatches else "intake.money.ordered"
            self._order.set_key(key, number=number)
            self._order.set_tone(Tone.WARN if mismatches else Tone.OK)

    def set_way(self, way: str) -> None:
        """How it left; a code of a newer program as it is."""
        known = way in frozenset(WayKind)
        self.way.set_tone(Tone.INFO if way else Tone.NEUTRAL)
        if way and not known:
            self._kit.texts.release(self.way.setText)
            self.way.setText(way[:_LONGEST])
        else:
            self.way.set_key(f"ways.kind.{way}" if way else "ways.unsaid")

    def set_attempted(self, *, attempted: bool) -> None:
        """Whether it failed or was revoked."""
        self._attempted.setVisible(attempted)

    def set_origin(self, place: EvidencePlace | None) -> None:
        """Where in the evidence it was read; None: somebody told it."""
        self._origin.setVisible(place is not None)
        if place is not None:
            what = "row" if place.row else "picture"
            self._origin.set_key(f"extraction.origin.short_{what}", row=place.row)

    def show_buttons(self, *, alone: bool, folded: bool) -> None:
        """A lone transfer can neither go nor fold."""
        self.fold.setVisible(not alone and not folded)
        self.unfold.setVisible(not alone and folded)
        self.remove.setVisible(not alone)
