"""All readers of files behind the one port of the services."""

from __future__ import annotations

from typing import BinaryIO

from desktop.domain.evidence.found_code import FoundCode
from desktop.domain.evidence.picture_text import PictureText
from desktop.domain.statements.statement import ColumnChoice, TablePreview
from desktop.readers.ocr.picture_reader import PictureReader
from desktop.services.ports.reading.readers import StatementRows


class OfflineReaders:
    """Implements :class:`desktop.services.ports.reading.readers.FileReaders`. Pictures are read in a helper process.

    The libraries are loaded when the first file of their kind is read: most days begin without one.
    """

    def __init__(self) -> None:
        self._pictures = PictureReader()

    def statement(
        self, source: BinaryIO, password: str = "", choice: ColumnChoice | None = None
    ) -> StatementRows:
        """See ``open_statement``."""
        from desktop.readers.statements.open_statement import open_statement  # noqa: PLC0415

        return open_statement(source, password, choice)

    def table(self, source: BinaryIO, password: str = "") -> TablePreview:
        """See ``preview_table``."""
        from desktop.readers.statements.open_statement import preview_table  # noqa: PLC0415

        return preview_table(source, password)

    def picture(self, data: bytes) -> PictureText:
        """See ``PictureReader.read``."""
        return self._pictures.read(data)

    def codes(self, data: bytes) -> tuple[FoundCode, ...]:
        """See ``find_codes``."""
        from desktop.readers.codes.find_codes import find_codes  # noqa: PLC0415

        return find_codes(data)

    def close(self) -> None:
        """End the helper."""
        self._pictures.close()
