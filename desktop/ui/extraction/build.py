"""One way to read an item of evidence, whatever it is."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.services.extraction.read_evidence import Readable
from desktop.services.extraction.read_text import WordsOf
from desktop.services.session import Session
from desktop.ui.extraction.pictures_flow import PicturesFlow
from desktop.ui.extraction.port import ExtractionPort
from desktop.ui.extraction.session_extraction import Decode, SessionExtraction
from desktop.ui.extraction.statement_flow import StatementFlow
from desktop.ui.extraction.text_flow import TextFlow
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.toast import toast
from desktop.ui.shared.widgets.when_seen import WhenSeen

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
