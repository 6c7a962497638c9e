"""Paste anything: the text on the left, what it proposes on the right; the keyboard is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.proposal import OWN_KINDS, Confidence, Reading
from desktop.services.place_proposals import ACCOUNTS, Offer, Place
from desktop.ui.shared.actions import Action
from desktop.ui.shared.banner import Banner
from desktop.ui.shared.button import Button, Variant
from desktop.ui.shared.card import Column, Row
from desktop.ui.shared.check_box import CheckBox
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label
from desktop.ui.shared.paste_text import PasteText
from desktop.ui.shared.rows_model import RowsModel, TableColumn
from desktop.ui.shared.table import Table
from desktop.ui.shared.theme import Tone

_WIDTHS: Final = {"mark": 68, "kind": 92, "sure": 84, "target": 330}
_TONES: Final = {
    Confidence.SURE: Tone.OK,
    Confidence.LIKELY: Tone.INFO,
    Confidence.DOUBTFUL: Tone.WARN,
}


class PasteDialog(DialogFrame):
    """``text_changed(text)``: read it and answer with :meth:`show_offers`. ``accepted_offers(offers)``: put these into
    the form. ``keep_wanted(text)``: keep the text itself at the end of the narrative. ``records``: everything chosen
    becomes one entry, and the window stays open until somebody accepts it for that."""

    text_changed = Signal(str)
    accepted_offers = Signal(object)
    keep_wanted = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget, *, records: bool = False) -> None:
        super().__init__(kit, parent, "paste.title", width="dialog_width_paste")
        self.setObjectName("paste_dialog")
        self._records = records
        self._offers: tuple[Offer, ...] = ()
        self._chosen: set[int] = set()
        row = Row(kit, gap="space_l")
        row.addLayout(self._left(), 1)
        row.addLayout(self._right(), 2)
        self.body.addLayout(row)
        self._banner = Banner(kit, "paste_banner")
        self.body.addWidget(self._banner)
        self._keep = CheckBox(kit, "paste.keep", name="paste_keep")
        self.body.addWidget(self._keep)
        self._keep.setVisible(not records)
        self._add_buttons()

    @property
    def text(self) -> str:
        """What is on the left."""
        return self._text.toPlainText()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is on the right."""
        return self._offers

    def set_text(self, text: str) -> None:
        """Begin with what is on the clipboard."""
        self._text.setPlainText(text)
        (self._table if text else self._text).setFocus()

    def show_offers(self, reading: Reading, offers: Sequence[Offer]) -> None:
        """What was read from the text; every offer that replaces nothing is chosen beforehand."""
        if reading.text != self.text:
            return  # somebody typed on; the next answer is on its way
        self._banner.clear()
        if reading.warnings:
            self._banner.show_key(Tone.WARN, f"paste.warning.{reading.warnings[0]}")
        self._offers = tuple(offers)
        self._chosen = {place for place, offer in enumerate(self._offers) if offer.wanted}
        self._text.mark(reading.proposals)
        self._show_rows()

    def refresh(self, offers: Sequence[Offer]) -> None:
        """The form changed below; the choices stay."""
        self._offers = tuple(offers)
        self._chosen = {
            place for place in self._chosen if self._offers[place].place is not Place.SAME
        }
        self._show_rows()

    def show_error(self, error: Exception) -> None:
        """Say why nothing was read."""
        self._banner.show_error(error)

    def _left(self) -> Column:
        kit = self.kit
        column = Column(kit, gap="space_xs")
        column.addWidget(Label(kit, "paste.text", role="label", ink="muted"))
        self._text = PasteText(kit)
        self._text.setObjectName("paste_text")
        self._text.setFixedHeight(kit.theme.space("paste_height"))
        kit.words.bind(self._text.setPlaceholderText, "paste.example")
        kit.words.bind(self._text.setAccessibleName, "paste.text")
        self._text.textChanged.connect(self._edited)
        column.addWidget(self._text)
        return column

    def _right(self) -> Column:
        kit = self.kit
        column = Column(kit, gap="space_xs")
        self._found = Label(kit, role="label", ink="muted")
        self._found.setObjectName("paste_found")
        column.addWidget(self._found)
        columns: tuple[TableColumn[int], ...] = (
            TableColumn("mark", "paste.mark", self._mark, chip=True, tone=self._mark_tone),
            TableColumn("kind", "paste.kind", self._kind),
            TableColumn("value", "paste.value", self._value, digits=True),
            TableColumn("sure", "paste.sure", self._sure, chip=True, tone=self._sure_tone),
            TableColumn("target", "paste.target", self._target, tone=self._target_tone),
        )
        self._model = RowsModel[int](kit, columns, int, self)
        self._table = Table[int](kit, self._model, "paste_offers")
        self._table.set_widths(_WIDTHS, stretch="value")
        self._table.setFixedHeight(kit.theme.space("paste_height"))
        kit.words.bind(self._table.setAccessibleName, "paste.list")
        self._table.activated_row.connect(self._accept_one)
        self._table.current_changed.connect(self._show_words)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self._table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._toggle)
        column.addWidget(self._table)
        return column

    def _add_buttons(self) -> None:
        kit = self.kit
        keys = "paste.keys_record" if self._records else "paste.keys"
        self.buttons.insertWidget(0, Label(kit, keys, role="hint", ink="muted"))
        self.add_button("shared.close", name="paste_close")
        self._all = Action(self, "paste.record" if self._records else "paste.all", "Ctrl+Return")
        self._all.triggered.connect(self._accept_all)
        button = Button.of(kit, self._all, variant=Variant.PRIMARY, name="paste_all")
        self.buttons.addWidget(button)
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self)
        keypad.activated.connect(self._all.trigger)

    def _edited(self) -> None:
        self._offers, self._chosen = (), set()
        self._text.mark(())
        self._show_rows()
        self.text_changed.emit(self.text)

    def _show_rows(self) -> None:
        self._model.set_rows(())
        self._model.set_rows(range(len(self._offers)))
        self._found.set_key("paste.found", count=len(self._offers), chosen=len(self._chosen))
        self._all.set_enabled(enabled=bool(self._chosen))
        if self._table.hasFocus():
            self._show_words()

    def _show_words(self) -> None:
        row = self._table.selected()
        if row is not None and row < len(self._offers):
            self._text.show_words(self._offers[row].proposal)

    def _toggle(self) -> None:
        row = self._table.selected()
        if row is None or not self._can(row):
            return
        self._chosen ^= {row}
        self._changed()

    def _changed(self) -> None:
        current = self._table.selected()
        self._show_rows()
        if current is not None:
            self._table.select_key(current)

    def _can(self, row: int) -> bool:
        offer = self._offers[row]
        return bool(offer.path) and offer.place is not Place.SAME

    def _accept_one(self, row: int) -> None:
        """This one now, even over what stands there: the row shows what that is. Where all is recorded as one entry,
        Enter chooses."""
        if self._records:
            self._toggle()
            return
        if not self._can(row):
            return
        self._chosen.discard(row)
        self.accepted_offers.emit((self._offers[row],))
        self._changed()
        self._table.select_key(min(row + 1, len(self._offers) - 1))

    def _accept_all(self) -> None:
        chosen = tuple(self._offers[row] for row in sorted(self._chosen))
        if not chosen:
            return
        self.accepted_offers.emit(chosen)
        if self._records:
            return  # stays open until it is recorded
        if self._keep.isChecked():
            self.keep_wanted.emit(self.text)
        self.accept()

    def _mark(self, row: int) -> str:
        if not self._offers[row].path:
            return ""
        key = "chosen" if row in self._chosen else "open" if self._can(row) else "there"
        return self.kit.words.text(f"paste.marks.{key}")

    def _mark_tone(self, row: int) -> Tone:
        return Tone.OK if row in self._chosen else Tone.NEUTRAL

    def _kind(self, row: int) -> str:
        kind = self._offers[row].proposal.kind
        if kind in ACCOUNTS:
            return self.kit.words.text("paste.kinds.account")
        if kind in OWN_KINDS:
            return self.kit.words.text(f"paste.kinds.{kind}")
        return self.kit.words.text(f"identifiers.kind.{kind}")

    def _value(self, row: int) -> str:
        offer = self._offers[row]
        if offer.proposal.kind == "channel":
            return self.kit.words.text(f"intake.channel.{offer.text}")
        return offer.text

    def _sure(self, row: int) -> str:
        return self.kit.words.text(f"paste.confidence.{self._offers[row].proposal.confidence}")

    def _sure_tone(self, row: int) -> Tone:
        return _TONES[self._offers[row].proposal.confidence]

    def _target(self, row: int) -> str:
        offer = self._offers[row]
        if not offer.path and offer.place is Place.SAME:
            return self.kit.words.text("paste.place.known")
        if not offer.path and offer.place is Place.TAKEN:
            return self.kit.words.text("paste.differs", present=offer.present)
        part, _, rest = offer.path.partition(".")
        if part != "transfers":
            return self.kit.words.text(f"paste.place.{part or 'none'}")
        index, _, name = rest.partition(".")
        field = self.kit.words.text(f"paste.field.{name}")
        place = self.kit.words.text("paste.place.transfer", number=int(index) + 1, field=field)
        if offer.place is Place.TAKEN:
            return self.kit.words.text("paste.replaces", place=place, present=offer.present)
        return place

    def _target_tone(self, row: int) -> Tone | None:
        return Tone.WARN if self._offers[row].place is Place.TAKEN else None
