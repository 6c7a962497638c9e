"""Proposals with where each would go; Space chooses, Enter takes one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.statements.proposal import OWN_KINDS, Confidence, Proposal
from desktop.services.extraction.place_proposals import ACCOUNTS, Offer, ProposalPlace
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn

_WIDTHS: Final = {"mark": 68, "kind": 92, "sure": 84, "target": 290}
_TONES: Final = {
    Confidence.SURE: Tone.OK,
    Confidence.LIKELY: Tone.INFO,
    Confidence.DOUBTFUL: Tone.WARN,
    Confidence.UNSURE: Tone.NEUTRAL,
}


class OffersTable(QWidget):
    """``chosen_changed``: other offers are chosen. ``current_changed(place | None)`` follows the keyboard.

    ``taken(place)``: this one now, even over what stands there. ``records``: everything chosen becomes one entry, and
    Enter chooses.
    """

    chosen_changed = Signal()
    current_changed = Signal(object)
    taken = Signal(int)

    def __init__(
        self, kit: Kit, *, records: bool, name: str, widths: dict[str, int] | None = None
    ) -> None:
        super().__init__()
        self.kit = kit
        self._records = records
        self._offers: tuple[Offer, ...] = ()
        self._chosen: set[int] = set()
        columns: tuple[TableColumn[int], ...] = (
            TableColumn("mark", "paste.mark", self._mark, chip=True, tone=self._mark_tone),
            TableColumn("kind", "paste.kind", self._kind),
            TableColumn("value", "paste.value", self._value, digits=True),
            TableColumn(
                "sure", "paste.sure", self._sure, chip=True, tone=self._sure_tone, tip=self._why
            ),
            TableColumn("target", "paste.target", self._target, tone=self._target_tone),
        )
        self.table = Listing[int](kit, name, "paste.list", columns, int, widths or _WIDTHS)
        self.table.activated_row.connect(self._take_one)
        self.table.current_changed.connect(self._tell_current)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._toggle)
        Column(kit, self).addWidget(self.table)
        self.setFocusProxy(self.table)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is shown."""
        return self._offers

    @property
    def chosen(self) -> tuple[int, ...]:
        """Places of the chosen offers."""
        return tuple(sorted(self._chosen))

    def show_offers(
        self, offers: Sequence[Offer], *, but: Collection[Proposal] = frozenset()
    ) -> None:
        """Show these; every sure one that replaces nothing is chosen beforehand, ``but`` those. The keyboard begins
        with the first chosen one."""
        self._offers = tuple(offers)
        self._chosen = {
            place
            for place, offer in enumerate(self._offers)
            if offer.wanted and offer.proposal not in but
        }
        self._show_rows()
        self.table.begin_at(min(self._chosen, default=0))

    def refresh(self, offers: Sequence[Offer]) -> None:
        """The same offers against a form that changed; the choices stay."""
        current = self.table.selected()
        self._offers = tuple(offers)
        self._chosen = {
            place for place in self._chosen if self._offers[place].place is not ProposalPlace.SAME
        }
        self._show_rows()
        if current is not None:
            self.table.select_key(current)

    def _show_rows(self) -> None:
        self.table.show_rows(())
        self.table.show_rows(range(len(self._offers)))
        self.chosen_changed.emit()
        if self.table.hasFocus():
            self._tell_current()

    def _tell_current(self) -> None:
        row = self.table.selected()
        if row is None or row < len(self._offers):
            self.current_changed.emit(row)

    def _toggle(self) -> None:
        row = self.table.selected()
        if row is None or not self._can(row):
            return
        self._chosen ^= {row}
        self._show_rows()
        self.table.select_key(row)

    def _can(self, row: int) -> bool:
        offer = self._offers[row]
        return bool(offer.path) and offer.place is not ProposalPlace.SAME

    def _take_one(self, row: int) -> None:
        if self._records:
            self._toggle()
        elif self._can(row):
            self._chosen.discard(row)
            self.taken.emit(row)
            self.table.select_key(min(row + 1, len(self._offers) - 1))

    def _mark(self, row: int) -> str:
        if not self._offers[row].path:
            return ""
        key = "chosen" if row in self._chosen else "open" if self._can(row) else "there"
        return self.kit.texts.text(f"paste.marks.{key}")

    def _mark_tone(self, row: int) -> Tone:
        return Tone.OK if row in self._chosen else Tone.NEUTRAL

    def _kind(self, row: int) -> str:
        kind = self._offers[row].proposal.kind
        if kind in ACCOUNTS:
            return self.kit.texts.text("paste.kinds.account")
        if kind in OWN_KINDS:
            return self.kit.texts.text(f"paste.kinds.{kind}")
        return self.kit.texts.text(f"identifiers.kind.{kind}")

    def _value(self, row: int) -> str:
        offer = self._offers[row]
        if offer.proposal.kind == "channel":
            return self.kit.texts.text(f"intake.channel.{offer.text}")
        return offer.text

    def _sure(self, row: int) -> str:
        return self.kit.texts.text(f"paste.confidence.{self._offers[row].proposal.confidence}")

    def _sure_tone(self, row: int) -> Tone:
        return _TONES[self._offers[row].proposal.confidence]

    def _why(self, row: int) -> str:
        """The words by which it was taken for this."""
        words = [word.raw for word in self._offers[row].proposal.because]
        return self.kit.texts.text("paste.because", words=" · ".join(words)) if words else ""

    def _target(self, row: int) -> str:
        offer = self._offers[row]
        if not offer.path and offer.place is ProposalPlace.SAME:
            return self.kit.texts.text("paste.place.known")
        if offer.place in (ProposalPlace.UNPAID, ProposalPlace.FOREIGN):
            return self.kit.texts.text(f"paste.place.{offer.place}")
        if not offer.path and offer.place is ProposalPlace.TAKEN:
            return self.kit.texts.text("paste.differs", present=offer.present)
        part, _, rest = offer.path.partition(".")
        if part != "transfers":
            return self.kit.texts.text(f"paste.place.{part or 'none'}")
        index, _, name = rest.partition(".")
        field = self.kit.texts.text(f"paste.field.{name}")
        place = self.kit.texts.text("paste.place.transfer", number=int(index) + 1, field=field)
        if offer.place is ProposalPlace.TAKEN:
            return self.kit.texts.text("paste.replaces", place=place, present=offer.present)
        return place

    def _target_tone(self, row: int) -> Tone | None:
        return Tone.WARN if self._offers[row].place is ProposalPlace.TAKEN else None
