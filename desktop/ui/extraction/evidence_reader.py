"""Reading the evidence of one case, as every window of the reading does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QImage, QTransform

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.statements.proposal import Extraction
from desktop.domain.statements.statement import ColumnChoice, Statement, TablePreview
from desktop.services.extraction import read_evidence, read_picture, read_statement, read_text
from desktop.services.extraction.read_evidence import Readable
from desktop.services.extraction.read_picture import PictureExtraction
from desktop.services.extraction.read_text import WordsOf
from desktop.services.session import Session
from desktop.ui.shared.kit.picture_octets import png_octets

Decode = Callable[[bytes], QImage]


class EvidenceReader:
    """Reads the evidence of one case; what each reading does and raises stands at its service. Everything but ``now``
    may be slow.

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
        return png_octets(self._decode(data))
