"""Pictures from the evidence into the case: read one after the other, shown as they come, taken singly or all."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.services.extraction.place_proposals import Offer, ProposalPlace
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.ui.extraction.evidence_reader import EvidenceReader
from desktop.ui.extraction.picture_places import picked_of, proved, regions_of
from desktop.ui.extraction.pictures import MarkedPicture, PictureList, PictureState
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import TaskHandle
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


class PicturesFlow(QObject):
    """``read``: another picture was read."""

    read = Signal()

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        reader: EvidenceReader,
        sink: ExtractionSink,
        items: Sequence[Evidence],
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._reader = reader
        self._sink = sink
        self._dialog = PicturesDialog(kit, host, items)
        self._waiting = deque(range(len(items)))
        self._reading = -1
        self._done = 0
        self._handle: TaskHandle | None = None
        self._to_take: deque[int] = deque()
        self._handed: PictureState | None = None
        """The picture whose offers are on their way into the case."""
        self._count = 0
        """How many facts of this action are in the case."""
        dialog = self._dialog
        dialog.index_chosen.connect(self._turn)
        dialog.take_wanted.connect(self._take)
        dialog.all_wanted.connect(self._take_all)
        dialog.stop_wanted.connect(self._stop)
        dialog.finished.connect(self._closed)
        sink.taken.connect(self._taken)
        sink.failed.connect(self._not_taken)

    def start(self) -> None:
        """Open the window and begin with the first."""
        dialog = self._dialog
        dialog.open()
        dialog.begin(len(dialog.states))
        dialog.list.choose(0)
        self._show()
        self._next()

    @property
    def _alive(self) -> bool:
        return isValid(self._dialog)

    def _next(self) -> None:
        if not self._alive or not self._waiting:
            self._reading = -1
            return
        index = self._reading = self._waiting.popleft()
        work = partial(_read, self._reader, self._dialog.states[index].item)
        self._handle = self._kit.runner.start("files", work, self._found, self._failed)

    def _found(self, found: PictureExtraction) -> None:
        if not self._alive:
            return
        state = self._dialog.states[self._reading]
        state.found = found
        state.count = len(self._offers(state))
        self.read.emit()
        self._one_done()

    def _failed(self, error: Exception) -> None:
        if not self._alive:
            return
        self._dialog.states[self._reading].error = error
        self._one_done()

    def _one_done(self) -> None:
        index = self._reading
        self._done += 1
        self._dialog.list.changed(index)
        self._dialog.advance(self._done, len(self._dialog.states))
        if index == self._dialog.index:
            self._show()
        self._next()

    def _stop(self) -> None:
        """What is read stays; the rest is left unread."""
        left = frozenset(self._waiting)
        for index in left:
            self._dialog.states[index].error = Cancelled()
            self._dialog.list.changed(index)
        self._done += len(left)
        self._waiting.clear()
        if self._handle is not None:
            self._handle.cancel()
        self._dialog.advance(self._done, len(self._dialog.states))
        if self._dialog.index in left:
            self._show()

    def _closed(self) -> None:
        self._waiting.clear()
        if self._handle is not None:
            self._handle.cancel()

    def _turn(self, index: int) -> None:
        if index != self._dialog.index:
            self._dialog.keep_choices()
            self._dialog.index = index
            self._show()

    def _show(self) -> None:
        dialog = self._dialog
        dialog.turn_to(dialog.index)
        state = dialog.state
        dialog.show_offers(self._offers(state))
        if state.error is None:  # seen while it is read: who waits looks at it
            work = partial(_image, self._reader, dialog.index, state)
            self._kit.runner.start("files", work, self._show_image, self._no_image)

    def _show_image(self, found: tuple[int, QImage | AppError]) -> None:
        index, image = found
        if not self._alive or index != self._dialog.index:
            return
        if isinstance(image, QImage):
            self._dialog.show_image(image, self._dialog.state.found)
        elif self._dialog.state.found is not None:  # else the reading of it is about to say so
            self._dialog.show_error(image)

    def _no_image(self, error: Exception) -> None:
        if self._alive:
            self._dialog.show_error(error)

    def _offers(self, state: PictureState) -> tuple[Offer, ...]:
        if state.found is None:
            return ()
        return tuple(map(proved, self._sink.offers(state.found.reading)))

    def _take(self, places: tuple[int, ...]) -> None:
        if self._handed is None:
            self._count = 0
            offers = self._dialog.offers.offers
            self._hand_over(self._dialog.state, tuple(offers[place] for place in places))

    def _take_all(self) -> None:
        """One picture after the other: each is placed against what the one before left."""
        if self._handed is not None:
            return
        self._dialog.keep_choices()
        self._count = 0
        self._to_take = deque(
            index for index, state in enumerate(self._dialog.states) if state.found is not None
        )
        self._take_next()

    def _take_next(self) -> None:
        while self._to_take:
            state = self._dialog.states[self._to_take.popleft()]
            wanted = tuple(
                offer
                for offer in self._offers(state)
                if offer.wanted and offer.proposal not in state.left_out
            )
            if wanted:
                self._hand_over(state, wanted)
                return

    def _hand_over(self, state: PictureState, offers: tuple[Offer, ...]) -> None:
        if state.found is None:
            return
        source = self._kit.texts.text("extraction.source_picture", name=state.item.name)
        self._handed = state
        self._sink.take(picked_of(self._kit, state.item, state.found, offers, source))

    def _taken(self, count: int) -> None:
        if self._handed is not None:
            self._handed.taken, self._handed = True, None
        if not self._alive:
            return
        dialog = self._dialog
        for index, state in enumerate(dialog.states):
            if state.found is not None:
                state.count = sum(
                    offer.place is not ProposalPlace.SAME for offer in self._offers(state)
                )
                dialog.list.changed(index)
        dialog.refresh(self._offers(dialog.state))
        self._count += count
        dialog.show_taken(self._count)
        self._take_next()

    def _not_taken(self, error: Exception) -> None:
        self._handed = None
        self._to_take.clear()
        if self._alive:
            self._dialog.show_error(error)


def _read(reader: EvidenceReader, item: Evidence, progress: Progress) -> PictureExtraction:
    return reader.picture(item, progress)


def _image(
    reader: EvidenceReader, index: int, state: PictureState, _progress: Progress
) -> tuple[int, QImage | AppError]:
    """With what went wrong in the place of the pixels, so that it is said of this picture and no other."""
    turned = state.found.text.turned if state.found is not None else 0
    try:
        return index, reader.image(state.item, turned)
    except AppError as error:
        return index, error
