"""The evidence of a case with the windows that read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.profile.file_texts import words_of
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Extraction
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer
from desktop.services.extraction.read_evidence import Readable
from desktop.services.extraction.read_text import WordsOf
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.case_records import CaseRecords, Confirm
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.picture.safe_picture import PictureRefused
from desktop.ui.evidence.viewing.decoders import Decoders, PictureDecoder
from desktop.ui.extraction.evidence_reader import Decode, EvidenceReader
from desktop.ui.extraction.picture_places import proved
from desktop.ui.extraction.pictures_flow import PicturesFlow
from desktop.ui.extraction.statement_flow import StatementFlow
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.when_in_front import WhenInFront
from desktop.ui.shared.widgets.pages.toast import toast

_MOST: Final = 12_000_000
"""Pixels of a picture beside what was read of it: small print at twice its size."""
_REFUSED: Final = {
    "too_large": "picture.too_large",
    "format": "picture.unknown",
    "heif": "picture.heif",
}


class TextFlow(QObject):
    """``failed(refused)``: the item has no words that propose anything, or none can be had; ``refused`` says what else
    it is not."""

    failed = Signal(object)
    read = Signal()

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        reader: EvidenceReader,
        sink: ExtractionSink,
        item: Evidence,
        refused: Exception,
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._reader = reader
        self._sink = sink
        self._item = item
        self._refused = refused
        self._when_in_front = WhenInFront(host, self)
        self._reading: Extraction | None = None
        self._dialog: PasteDialog | None = None
        sink.taken.connect(self._taken)
        sink.failed.connect(self._not_taken)

    def start(self) -> None:
        """Read the words of the item."""
        work = partial(_read, self._reader, self._item)
        self._kit.runner.start("files", work, self._found, self._nothing)

    def _found(self, reading: Extraction) -> None:
        self._when_in_front.do(self._show, reading)

    def _show(self, reading: Extraction) -> None:
        offers = self._offers(reading)
        if not any(offer.path for offer in offers):  # a day alone, say
            self.failed.emit(self._refused)
            return
        self._reading = reading
        dialog = self._dialog = PasteDialog(self._kit, self._host, of_item=self._item.name)
        dialog.set_text(reading.text)
        dialog.show_offers(reading, offers)
        dialog.accepted_offers.connect(self._take)
        dialog.open()
        self.read.emit()

    def _nothing(self, _error: Exception) -> None:
        """What the item is not says more than why it has no words."""
        self.failed.emit(self._refused)

    def _offers(self, reading: Extraction) -> tuple[Offer, ...]:
        return tuple(map(proved, self._sink.offers(reading)))

    def _take(self, offers: tuple[Offer, ...]) -> None:
        source = self._kit.texts.text("extraction.source_text", name=self._item.name)
        place = EvidencePlace(self._item.id).to_text()
        origins = dict.fromkeys(range(len(offers)), place)
        self._sink.take(Picked(source, offers=offers, origins=origins))

    def _taken(self, count: int) -> None:
        dialog = self._dialog
        if dialog is not None and isValid(dialog) and self._reading is not None:
            dialog.refresh(self._offers(self._reading))
            dialog.show_taken(count)

    def _not_taken(self, error: Exception) -> None:
        dialog = self._dialog
        if dialog is not None and isValid(dialog) and dialog.isVisible():
            dialog.show_error(error)


def _read(reader: EvidenceReader, item: Evidence, progress: Progress) -> Extraction:
    return reader.text(item, progress)


_MAY_HAVE_WORDS: Final = frozenset({"statement.unknown", "statement.mail"})


class EvidenceExtraction(QObject):
    """Looks what an item is, and opens the window for it over ``host``, once that is in front: over another page its
    keys would be pressed by who works there.

    ``read``: something was read, as the custody log tells. What is neither picture nor statement may have words.
    """

    read = Signal()

    def __init__(
        self, kit: Kit, host: QWidget, reader: EvidenceReader, sink: ExtractionSink
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._reader = reader
        self._sink = sink
        self._when_in_front = WhenInFront(host, self)
        self._flow: QObject | None = None
        self._asking = Latest(kit.runner, self)
        """Asked for twice, a window opens once."""

    def start(self, item: Evidence) -> None:
        """Read one item."""
        work = partial(_kind, self._reader, item)
        self._asking.start("files", work, self._kind_known, self._fail)

    def start_all(self, items: tuple[Evidence, ...]) -> None:
        """Read every picture among the items."""
        work = partial(_pictures, self._reader, items)
        self._asking.start("files", work, self._pictures_found, self._fail)

    def _kind_known(self, found: tuple[Evidence, Readable]) -> None:
        self._when_in_front.do(self._open, *found)

    def _pictures_found(self, items: tuple[Evidence, ...]) -> None:
        self._when_in_front.do(self._open_pictures, items)

    def _open(self, item: Evidence, kind: Readable) -> None:
        if kind is Readable.PICTURE:
            self._open_pictures((item,))
            return
        flow = StatementFlow(self._kit, self._host, self._reader, self._sink, item)
        self._follow(flow)
        flow.failed.connect(partial(self._no_statement, item))
        flow.read.connect(self.read)
        flow.start()

    def _no_statement(self, item: Evidence, error: Exception) -> None:
        """Its words may tell of a payment all the same: a receipt in PDF, a chat, a mail."""
        if not isinstance(error, UserInputError) or error.code not in _MAY_HAVE_WORDS:
            self._fail(error)
            return
        flow = TextFlow(self._kit, self._host, self._reader, self._sink, item, error)
        self._follow(flow)
        flow.failed.connect(self._fail)
        flow.read.connect(self.read)
        flow.start()

    def _open_pictures(self, items: tuple[Evidence, ...]) -> None:
        if not items:
            toast(self._kit, self._host, "extraction.picture.none", tone=Tone.INFO)
            return
        flow = PicturesFlow(self._kit, self._host, self._reader, self._sink, items)
        self._follow(flow)
        flow.read.connect(self.read)
        flow.start()

    def _follow(self, flow: QObject) -> None:
        """One window at a time; what the last one asked for is no longer waited for."""
        if self._flow is not None:
            self._flow.deleteLater()
        self._flow = flow

    def _fail(self, error: Exception) -> None:
        present(self._kit, self._host, error)


def _kind(reader: EvidenceReader, item: Evidence, _progress: Progress) -> tuple[Evidence, Readable]:
    return item, reader.readable_as(item)


def _pictures(
    reader: EvidenceReader, items: tuple[Evidence, ...], progress: Progress
) -> tuple[Evidence, ...]:
    found = []
    for item in items:
        progress.check()
        if reader.readable_as(item) is Readable.PICTURE:
            found.append(item)
    return tuple(found)


def evidence_extraction(
    kit: Kit, host: QWidget, session: Session, case: CaseId, sink: ExtractionSink, decode: Decode, words_of: WordsOf
) -> EvidenceExtraction:  # fmt: skip
    """The reading of the evidence of ``case``, over its pane; what is picked goes to ``sink``. ``decode`` turns a
    picture file into upright pixels, ``words_of`` has the words of other files."""
    return EvidenceExtraction(kit, host, EvidenceReader(session, case, decode, words_of), sink)


def evidence_pane(
    kit: Kit, session: Session, case: CaseId, decoders: Decoders, confirm: Confirm
) -> EvidencePane:
    """The pane for ``case``; ``decoders`` turn content into something to show."""
    return EvidencePane(
        kit,
        CaseEvidence(session, case),
        decoders,
        CaseRecords(session, case, confirm, decoders.files, lambda: kit.texts.language),
        writes=session.may(Permission.ADD_EVIDENCE),
    )


@dataclass(frozen=True, slots=True)
class EvidenceParts:
    """What every pane is made from. ``confirm`` checks the password of a second officer; ``show_paper`` shows a
    finished paper under its title."""

    kit: Kit
    decoders: Decoders
    confirm: Confirm
    show_paper: Callable[[Pdf, str], object]


def evidence_of(
    parts: EvidenceParts, session: Session, case: CaseId, sink: ExtractionSink
) -> EvidencePane:
    """The pane of ``case``; what is picked in the windows that read its items goes to ``sink``."""
    kit = parts.kit
    pane = evidence_pane(kit, session, case, parts.decoders, parts.confirm)
    pane.paper_ready.connect(parts.show_paper)
    decode = partial(_pixels, parts.decoders.pictures)
    words = partial(words_of, parts.decoders.pages, parts.decoders.files)
    reading = evidence_extraction(kit, pane, session, case, sink, decode, words)
    reading.read.connect(pane.custody_changed)
    pane.changed.connect(sink.evidence_changed)
    pane.read_wanted.connect(reading.start)
    pane.all_wanted.connect(reading.start_all)
    return pane


def _pixels(pictures: PictureDecoder, data: bytes) -> QImage:
    try:
        return pictures.decode(data, _MOST).image
    except PictureRefused as error:
        raise UserInputError(_REFUSED.get(error.code, "picture.unreadable")) from error
