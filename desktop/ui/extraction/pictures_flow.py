"""Pictures from the evidence into the case: read one after the other, shown as they come, taken singly or all."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.services.extraction.place_proposals import Offer, ProposalPlace
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.ui.extraction.evidence_reader import EvidenceReader
from desktop.ui.extraction.picture_list import PictureState
from desktop.ui.extraction.picture_places import picked_of, proved
from desktop.ui.extraction.pictures_dialog import PicturesDialog
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import TaskHandle


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
        """How many facts of this deed are in the case."""
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
