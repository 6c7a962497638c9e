"""One way to read an item of evidence, whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.statements.proposal import Extraction
from desktop.domain.statements.statement import ColumnChoice, Statement, TablePreview
from desktop.services.extraction import read_evidence, read_picture, read_statement, read_text
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer
from desktop.services.extraction.read_evidence import Readable
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.services.extraction.read_text import WordsOf
from desktop.services.session import Session
from desktop.ui.extraction.picture_places import proved
from desktop.ui.extraction.pictures_flow import PicturesFlow
from desktop.ui.extraction.port import ExtractionPort
from desktop.ui.extraction.statement_flow import StatementFlow
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.toast import toast
from desktop.ui.shared.widgets.when_seen import WhenSeen


class TextFlow(QObject):
    """``failed(refused)``: the item has no words that propose anything, or none can be had; ``refused`` says what else
    it is not."""

    failed = Signal(object)
    read = Signal()

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        port: ExtractionPort,
        sink: ExtractionSink,
        item: Evidence,
        refused: Exception,
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._port = port
        self._sink = sink
        self._item = item
        self._refused = refused
        self._seen = WhenSeen(host, self)
        self._reading: Extraction | None = None
        self._dialog: PasteDialog | None = None
        sink.taken.connect(self._taken)
        sink.failed.connect(self._not_taken)

    def start(self) -> None:
        """Read the words of the item."""
        work = partial(_read, self._port, self._item)
        self._kit.runner.start("files", work, self._found, self._nothing)

    def _found(self, reading: Extraction) -> None:
        self._seen.do(self._show, reading)

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
        source = self._kit.texts.text("reading.source_text", name=self._item.name)
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


def _read(port: ExtractionPort, item: Evidence, progress: Progress) -> Extraction:
    return port.text(item, progress)


Decode = Callable[[bytes], QImage]


class SessionExtraction:
    """Implements :class:`desktop.ui.extraction.port.ExtractionPort`; what each does and raises stands at the service.

    ``decode`` turns a picture file into upright pixels, beside the program; it raises ``AppError``. ``words_of`` has
    the words of any other file.
    """

    def __init__(self, session: Session, case: CaseId, decode: Decode, words_of: WordsOf) -> None:
        self._session = session
        self._case = case
        self._decode = decode
        self._words_of = words_of

    def now(self) -> datetime:
        """The current instant."""
        return self._session.clock.now()

    def readable_as(self, item: Evidence) -> Readable:
        """See ``read_evidence.readable_as``."""
        return read_evidence.readable_as(self._session, self._case, item.id)

    def statement(
        self,
        item: Evidence,
        progress: Progress,
        *,
        password: str = "",
        choice: ColumnChoice | None = None,
    ) -> Statement:
        """See ``read_statement.read_statement``."""
        return read_statement.read_statement(
            self._session, self._case, item.id, progress, password=password, choice=choice
        )

    def table(self, item: Evidence, progress: Progress, *, password: str = "") -> TablePreview:
        """See ``read_statement.preview_statement``."""
        return read_statement.preview_statement(
            self._session, self._case, item.id, progress, password=password
        )

    def picture(self, item: Evidence, progress: Progress) -> PictureExtraction:
        """See ``read_picture.read_picture``."""
        return read_picture.read_picture(
            self._session, self._case, item.id, progress, as_png=self._as_png
        )

    def text(self, item: Evidence, progress: Progress) -> Extraction:
        """See ``read_text.read_text``."""
        return read_text.read_text(
            self._session, self._case, item.id, progress, words_of=self._words_of
        )

    def image(self, item: Evidence, turned: int) -> QImage:
        """The pixels; that somebody looks was noted when the picture was read."""
        content = read_evidence.content_of(self._session, self._case, item.id, SILENT)
        image = self._decode(content.getvalue())
        return image.transformed(QTransform().rotate(90 * turned)) if turned else image

    def _as_png(self, data: bytes) -> bytes:
        octets = QByteArray()
        buffer = QBuffer(octets)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._decode(data).save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows bytes, Qt takes text
        return bytes(octets.data())


_MAY_HAVE_WORDS: Final = frozenset({"statement.unknown", "statement.mail"})


class EvidenceExtraction(QObject):
    """Looks what an item is, and opens the window for it over ``host``, once that is in front: over another page its
    keys would be pressed by who works there.

    ``read``: something was read, as the custody log tells. What is neither picture nor statement may have words.
    """

    read = Signal()

    def __init__(self, kit: Kit, host: QWidget, port: ExtractionPort, sink: ExtractionSink) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._port = port
        self._sink = sink
        self._seen = WhenSeen(host, self)
        self._flow: QObject | None = None
        self._wish = 0
        """What was asked for last; asked for twice, its window opens once."""

    def start(self, item: Evidence) -> None:
        """Read one item."""
        self._wish += 1
        work = partial(_kind, self._port, item, self._wish)
        self._kit.runner.start("files", work, self._kind_known, self._fail)

    def start_all(self, items: tuple[Evidence, ...]) -> None:
        """Read every picture among the items."""
        self._wish += 1
        work = partial(_pictures, self._port, items, self._wish)
        self._kit.runner.start("files", work, self._pictures_found, self._fail)

    def _kind_known(self, found: tuple[int, Evidence, Readable]) -> None:
        wish, item, kind = found
        if wish == self._wish:
            self._seen.do(self._open, item, kind)

    def _pictures_found(self, found: tuple[int, tuple[Evidence, ...]]) -> None:
        wish, items = found
        if wish == self._wish:
            self._seen.do(self._open_pictures, items)

    def _open(self, item: Evidence, kind: Readable) -> None:
        if kind is Readable.PICTURE:
            self._open_pictures((item,))
            return
        flow = StatementFlow(self._kit, self._host, self._port, self._sink, item)
        self._follow(flow)
        flow.failed.connect(partial(self._no_statement, item))
        flow.read.connect(self.read)
        flow.start()

    def _no_statement(self, item: Evidence, error: Exception) -> None:
        """Its words may tell of a payment all the same: a receipt in PDF, a chat, a mail."""
        if not isinstance(error, UserInputError) or error.code not in _MAY_HAVE_WORDS:
            self._fail(error)
            return
        flow = TextFlow(self._kit, self._host, self._port, self._sink, item, error)
        self._follow(flow)
        flow.failed.connect(self._fail)
        flow.read.connect(self.read)
        flow.start()

    def _open_pictures(self, items: tuple[Evidence, ...]) -> None:
        if not items:
            toast(self._kit, self._host, "reading.picture.none", tone=Tone.INFO)
            return
        flow = PicturesFlow(self._kit, self._host, self._port, self._sink, items)
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


def _kind(
    port: ExtractionPort, item: Evidence, wish: int, _progress: Progress
) -> tuple[int, Evidence, Readable]:
    return wish, item, port.readable_as(item)


def _pictures(
    port: ExtractionPort, items: tuple[Evidence, ...], wish: int, progress: Progress
) -> tuple[int, tuple[Evidence, ...]]:
    found = []
    for item in items:
        progress.check()
        if port.readable_as(item) is Readable.PICTURE:
            found.append(item)
    return wish, tuple(found)


def evidence_extraction(
    kit: Kit, host: QWidget, session: Session, case: CaseId, sink: ExtractionSink, decode: Decode, words_of: WordsOf
) -> EvidenceExtraction:  # fmt: skip
    """The reading of the evidence of ``case``, over its pane; what is picked goes to ``sink``. ``decode`` turns a
    picture file into upright pixels, ``words_of`` has the words of other files."""
    return EvidenceExtraction(kit, host, SessionExtraction(session, case, decode, words_of), sink)
