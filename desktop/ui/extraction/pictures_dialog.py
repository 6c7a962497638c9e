"""Pictures with what was read in them: marks on the picture, proposals beside it, one key takes them into the case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.evidence.item import Evidence
from desktop.services.extraction.place_proposals import Offer
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.ui.extraction.marked_picture import MarkedPicture
from desktop.ui.extraction.picture_list import PictureList, PictureState
from desktop.ui.extraction.picture_places import regions_of
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow
from desktop.ui.shared.widgets.tables.offers_table import OffersTable
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.views.paste_text import PasteText

_WIDTHS = {"mark": 62, "kind": 104, "sure": 78, "target": 178}


class PicturesDialog(DialogFrame):
    """``index_chosen(index)``: bring this picture to the front. ``stop_wanted``: read no more.

    ``take_wanted(places)``: take these offers of the current picture; ``all_wanted``: the chosen ones of every picture.
    """

    index_chosen = Signal(int)
    take_wanted = Signal(object)
    all_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget, items: Sequence[Evidence]) -> None:
        super().__init__(kit, parent, "extraction.picture.title", width="dialog_width_reading")
        self.setObjectName("pictures_dialog")
        self.states = [PictureState(item) for item in items]
        self.index = 0
        self.list = PictureList(kit, self.states)
        self.picture = MarkedPicture(kit)
        self.offers = OffersTable(kit, records=False, name="reading_offers", widths=_WIDTHS)
        self._text = PasteText(kit)
        self._found = Label(kit, role="label", ink="muted")
        self._found.setObjectName("reading_found")
        self._codes = Label(kit, role="small", wrap=True)
        self._codes.setObjectName("reading_codes")
        self._progress = ProgressRow(kit, "items", name="reading_progress")
        self._banner = Banner(kit, "reading_banner")
        self._lay_out()
        self._add_buttons()
        self.list.chosen.connect(self.index_chosen)
        self.picture.chosen.connect(self._choose_place)
        self.offers.current_changed.connect(self._show_place)
        self.offers.chosen_changed.connect(self._count)
        self.offers.taken.connect(self._take_one)
        self._progress.cancelled.connect(self.stop_wanted)
        self.offers.setFocus()

    @property
    def state(self) -> PictureState:
        """The picture in front."""
        return self.states[self.index]

    def begin(self, count: int) -> None:
        """``count`` pictures are being read."""
        self._progress.begin("extraction.picture.working", count=count)
        self._make_room()

    def advance(self, done: int, total: int) -> None:
        """So many are read."""
        self._progress.advance(done, total)
        if done >= total:
            self._progress.finish()
            self._make_room()

    def turn_to(self, index: int) -> None:
        """Bring a picture to the front; its pixels follow by :meth:`show_image`."""
        self.index = index
        self.picture.clear()
        self._banner.clear()
        self._make_room()
        state = self.state
        found = state.found
        self._text.setPlainText(found.reading.text if found else "")
        self._text.mark(found.reading.proposals if found else ())
        self._show_codes()
        if found is None:
            stopped = isinstance(state.error, Cancelled)
            key = "being_read" if state.error is None else "left" if stopped else "nothing"
            self._found.set_key(f"extraction.picture.{key}")
        error = state.error or (found.failed if found is not None else None)
        if error is not None and not isinstance(error, Cancelled):
            self.show_error(error)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """What the picture in front proposes."""
        self.offers.show_offers(offers, but=self.state.left_out)

    def show_image(self, image: QImage, found: PictureExtraction | None) -> None:
        """Its pixels with the marks."""
        offers = self.offers.offers
        self.picture.show_image(image, regions_of(found, offers) if found is not None else ())
        self._show_place(self.offers.table.selected())

    def refresh(self, offers: Sequence[Offer]) -> None:
        """The form changed below; the choices stay."""
        self.offers.refresh(offers)

    def keep_choices(self) -> None:
        """Remember what the officer left out before another picture comes to the front."""
        chosen = set(self.offers.chosen)
        for place, offer in enumerate(self.offers.offers):
            if offer.wanted and place not in chosen:
                self.state.left_out.add(offer.proposal)
            else:
                self.state.left_out.discard(offer.proposal)

    def show_error(self, error: Exception) -> None:
        """Say why nothing was read or taken."""
        self._banner.show_error(error)
        self._make_room()

    def show_taken(self, count: int) -> None:
        """Say what was taken."""
        self._banner.show_key(Tone.OK, "extraction.picture.took", count=count)
        self._make_room()

    def _lay_out(self) -> None:
        kit = self.kit
        space = kit.theme.space
        row = Row(kit, gap="space_m")
        if len(self.states) > 1:
            self.list.setFixedWidth(space("reading_list"))
            row.addWidget(self.list)
        else:
            self.list.hide()
        self._make_room()
        row.addWidget(self.picture, 1)
        side = Column(kit, gap="space_xs")
        side.addWidget(self._found)
        side.addWidget(self.offers, 1)
        side.addWidget(self._codes)
        side.addWidget(Label(kit, "extraction.picture.text", role="label", ink="muted"))
        self._text.setReadOnly(True)
        self._text.setObjectName("reading_text")
        self._text.setFixedHeight(space("reading_text"))
        kit.texts.bind(self._text.setAccessibleName, "extraction.picture.text")
        side.addWidget(self._text)
        holder = QWidget()
        Column(kit, holder).addLayout(side)
        holder.setFixedWidth(space("reading_side"))
        row.addWidget(holder)
        self.body.addLayout(row)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._banner)

    def _make_room(self) -> None:
        """The work and what the banner says are seen whole: the picture gives them the height."""
        height = min(self.kit.theme.space("reading_picture"), self.room_height)
        if not self._progress.isHidden():
            height -= self._progress.sizeHint().height() + self.body.spacing()
        if not self._banner.isHidden():
            banner_height = self._banner.heightForWidth(self.body.contentsRect().width())
            height -= max(banner_height, self._banner.sizeHint().height()) + self.body.spacing()
        self.picture.setFixedHeight(height)

    def _show_codes(self) -> None:
        """What each code of the picture is for: a link alone does not tell a pay code from a page."""
        found, words = self.state.found, self.kit.texts
        meanings = (
            [words.text(f"codes.meaning.{code.meaning}") for code in found.codes] if found else []
        )
        self._codes.setVisible(bool(meanings))
        if meanings:
            self._codes.set_key(
                "extraction.picture.codes", meanings=", ".join(dict.fromkeys(meanings))
            )

    def _add_buttons(self) -> None:
        kit = self.kit
        self.buttons.insertWidget(
            0, Label(kit, "extraction.picture.keys", role="hint", ink="muted")
        )
        self.add_button("shared.close", name="reading_close")
        self._all = Action(self, "extraction.picture.take_all", "Ctrl+Shift+Return")
        self._all.triggered.connect(self.all_wanted)
        every = Button.of(kit, self._all, name="reading_take_all")
        every.setVisible(len(self.states) > 1)
        self._all.set_enabled(enabled=len(self.states) > 1)
        self.buttons.addWidget(every)
        self._take = Action(self, "extraction.picture.take", "Ctrl+Return")
        self._take.triggered.connect(self._take_chosen)
        self._take.set_enabled(enabled=False)
        self.buttons.addWidget(
            Button.of(kit, self._take, variant=Variant.PRIMARY, name="reading_take")
        )
        for keys, handler in (
            ("Ctrl+Enter", self._take.trigger),
            ("Ctrl+PgDown", self._next),
            ("Ctrl+PgUp", self._previous),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(handler)

    def _next(self) -> None:
        self.list.choose(min(self.index + 1, len(self.states) - 1))

    def _previous(self) -> None:
        self.list.choose(max(self.index - 1, 0))

    def _choose_place(self, place: int) -> None:
        self.offers.table.select_key(place)
        self.offers.setFocus(Qt.FocusReason.MouseFocusReason)

    def _show_place(self, place: int | None) -> None:
        self.picture.show_place(place)
        if place is not None and place < len(self.offers.offers):
            self._text.show_words(self.offers.offers[place].proposal)

    def _count(self) -> None:
        count, chosen = len(self.offers.offers), len(self.offers.chosen)
        if self.state.found is not None:
            self._found.set_key("paste.found", count=count, chosen=chosen)
        self._take.set_enabled(enabled=chosen > 0)

    def _take_one(self, place: int) -> None:
        self.take_wanted.emit((place,))

    def _take_chosen(self) -> None:
        if self.offers.chosen:
            self.take_wanted.emit(self.offers.chosen)
