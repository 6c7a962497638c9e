"""Paste anything: the text on the left, what it proposes on the right; the keyboard is enough."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.statements.proposal import Extraction
from desktop.services.extraction.place_proposals import Offer
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.offers_table import OffersTable
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.views.paste_text import PasteText


class PasteDialog(DialogFrame):
    """``text_changed(text)``: read it and answer with :meth:`show_offers`. ``accepted_offers(offers)``: put these into
    the form or the case. ``all_taken``: everything chosen was; whoever opened the window says whether it is done with.
    ``records``: everything chosen becomes one entry. ``of_item``: the text is that of the item of evidence of that
    name, where it stays as it is."""

    text_changed = Signal(str)
    accepted_offers = Signal(object)
    all_taken = Signal()

    def __init__(
        self, kit: Kit, parent: QWidget, *, records: bool = False, of_item: str = ""
    ) -> None:
        super().__init__(kit, parent, "paste.title", width="dialog_width_paste")
        self.setObjectName("paste_dialog")
        self._records = records
        row = Row(kit, gap="space_l")
        row.addLayout(self._left(), 1)
        row.addLayout(self._right(), 2)
        self.body.addLayout(row)
        self._banner = Banner(kit, "paste_banner")
        self.body.addWidget(self._banner)
        self._keep = CheckBox(kit, "paste.keep", name="paste_keep")
        self.body.addWidget(self._keep)
        self._keep.hide()
        self._add_buttons()
        if of_item:
            self.title.set_key("extraction.text.title_of", name=of_item)
            self._title_of_text.set_key("extraction.text.words")
            self._text.setReadOnly(True)
            self._keys.set_key("extraction.text.keys")

    @property
    def text(self) -> str:
        """What is on the left."""
        return self._text.toPlainText()

    @property
    def keeps_text(self) -> bool:
        """Whether the text itself is to be kept too."""
        return self._keep.isChecked()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is on the right."""
        return self._table.offers

    def offer_keeping(self) -> None:
        """Ask whether the text itself is to be kept too."""
        self._keep.show()

    def set_text(self, text: str) -> None:
        """Begin with what is on the clipboard."""
        self._text.setPlainText(text)
        (self._table if text else self._text).setFocus()

    def show_offers(self, reading: Extraction, offers: Sequence[Offer]) -> None:
        """What was read from the text; every offer that replaces nothing is chosen beforehand."""
        if reading.text != self.text:
            return  # somebody typed on; the next answer is on its way
        self._banner.clear()
        if reading.warnings:
            self._banner.show_key(Tone.WARN, f"paste.warning.{reading.warnings[0]}")
        self._text.mark(reading.proposals)
        self._table.show_offers(offers)

    def refresh(self, offers: Sequence[Offer]) -> None:
        """The form changed below; the choices stay."""
        self._table.refresh(offers)

    def show_error(self, error: Exception) -> None:
        """Say why nothing was read."""
        self._banner.show_error(error)

    def show_taken(self, count: int) -> None:
        """Say how many stand in the case now."""
        self._banner.show_key(Tone.OK, "paste.filled", count=count)

    def _left(self) -> Column:
        kit = self.kit
        column = Column(kit, gap="space_xs")
        self._title_of_text = Label(kit, "paste.text", role="label", ink="muted")
        column.addWidget(self._title_of_text)
        self._text = PasteText(kit)
        self._text.setObjectName("paste_text")
        self._text.setFixedHeight(kit.theme.space("paste_height"))
        kit.texts.bind(self._text.setPlaceholderText, "paste.example")
        kit.texts.bind(self._text.setAccessibleName, "paste.text")
        self._text.textChanged.connect(self._edited)
        column.addWidget(self._text)
        return column

    def _right(self) -> Column:
        kit = self.kit
        column = Column(kit, gap="space_xs")
        self._found = Label(kit, role="label", ink="muted")
        self._found.setObjectName("paste_found")
        column.addWidget(self._found)
        self._table = OffersTable(kit, records=self._records, name="paste_offers")
        self._table.setFixedHeight(kit.theme.space("paste_height"))
        self._table.chosen_changed.connect(self._count)
        self._table.current_changed.connect(self._show_words)
        self._table.taken.connect(self._accept_one)
        column.addWidget(self._table)
        return column

    def _add_buttons(self) -> None:
        kit = self.kit
        keys = "paste.keys_record" if self._records else "paste.keys"
        self._keys = Label(kit, keys, role="hint", ink="muted")
        self.buttons.insertWidget(0, self._keys)
        self.add_button("shared.close", name="paste_close")
        self._all = Action(self, "paste.record" if self._records else "paste.all", "Ctrl+Return")
        self._all.triggered.connect(self._accept_all)
        button = Button.of(kit, self._all, variant=Variant.PRIMARY, name="paste_all")
        self.buttons.addWidget(button)
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self)
        keypad.activated.connect(self._all.trigger)

    def _edited(self) -> None:
        self._text.mark(())
        self._table.show_offers(())
        self.text_changed.emit(self.text)

    def _count(self) -> None:
        chosen = len(self._table.chosen)
        self._found.set_key("paste.found", count=len(self.offers), chosen=chosen)
        self._all.set_enabled(enabled=chosen > 0)

    def _show_words(self, row: int | None) -> None:
        if row is not None:
            self._text.show_words(self.offers[row].proposal)

    def _accept_one(self, row: int) -> None:
        """This one now, even over what stands there: the row shows what that is."""
        self.accepted_offers.emit((self.offers[row],))

    def _accept_all(self) -> None:
        chosen = tuple(self.offers[row] for row in self._table.chosen)
        if chosen:
            self.accepted_offers.emit(chosen)
            self.all_taken.emit()
