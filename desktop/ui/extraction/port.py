"""What the reading windows ask of the desk. ``SessionExtraction`` answers with the services."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from PySide6.QtGui import QImage

from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Extraction
from desktop.domain.statements.statement import ColumnChoice, Statement, TablePreview
from desktop.services.extraction.read_evidence import Readable
from desktop.services.extraction.read_picture import PictureExtraction


class ExtractionPort(Protocol):
    """The evidence of one case. Everything but ``now`` may be slow and may raise ``AppError``."""

    def now(self) -> datetime:
        """The current instant; never slow."""
        ...

    def readable_as(self, item: Evidence) -> Readable:
        """What the item is read as, by its content."""
        ...

    def statement(
        self,
        item: Evidence,
        progress: Progress,
        *,
        password: str = "",
        choice: ColumnChoice | None = None,
    ) -> Statement:
        """The whole statement; reports rows."""
        ...

    def table(self, item: Evidence, progress: Progress, *, password: str = "") -> TablePreview:
        """The first rows of a table nobody knows."""
        ...

    def picture(self, item: Evidence, progress: Progress) -> PictureExtraction:
        """The text and the codes of a picture."""
        ...

    def text(self, item: Evidence, progress: Progress) -> Extraction:
        """What the words of the item propose, as if they had been pasted."""
        ...

    def image(self, item: Evidence, turned: int) -> QImage:
        """Its pixels for showing, turned as its text had to be."""
        ...
