"""Readers of what a victim brings and tells, as services see them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import BinaryIO, Protocol

from desktop.domain.errors import WorldError
from desktop.domain.evidence.found_code import FoundCode
from desktop.domain.evidence.picture_text import PictureText
from desktop.domain.interview.suggestion import Feature, StoryReading, StoryVerdict
from desktop.domain.statements.proposal import Extraction
from desktop.domain.statements.statement import (
    ColumnChoice,
    StatedTotal,
    StatementFinding,
    StatementHead,
    StatementRow,
    TablePreview,
)


class TextReader(Protocol):
    """Reads pasted text."""

    def read(self, text: str, now: datetime) -> Extraction:
        """All proposals of ``text``; ``昨晚`` and the like count from ``now``. Never raises for any text."""
        ...


class NoReader:
    """Reads nothing; a desk in a test that needs none."""

    def read(self, text: str, now: datetime) -> Extraction:  # noqa: ARG002 - the Protocol's shape
        """The text without a proposal."""
        return Extraction(text)


class StatementRows(Protocol):
    """A statement whose rows have not been read yet. The sums and findings are complete after the last row."""

    @property
    def head(self) -> StatementHead:
        """What is known before the first row."""
        ...

    @property
    def stated(self) -> tuple[StatedTotal, ...]:
        """The sums the file tells of itself."""
        ...

    @property
    def counted(self) -> tuple[StatedTotal, ...]:
        """The sums of its rows."""
        ...

    @property
    def findings(self) -> tuple[StatementFinding, ...]:
        """What a person must know of the whole."""
        ...

    def __iter__(self) -> Iterator[StatementRow]:
        """The rows, once; may raise ``UserInputError``."""
        ...


class FileReaders(Protocol):
    """Reads files by their content. Nothing in them is executed or fetched; every decoder has limits."""

    def statement(
        self, source: BinaryIO, password: str = "", choice: ColumnChoice | None = None
    ) -> StatementRows:
        """A bill or statement. ``source`` must be seekable and stays open until the rows are read.

        Raises ``UserInputError``: ``statement.unknown`` (no row names the columns), ``statement.password``,
        ``statement.password_wrong``, ``statement.empty``, and other ``statement.…`` for what cannot be read.
        """
        ...

    def table(self, source: BinaryIO, password: str = "") -> TablePreview:
        """The first rows of a table whose columns nobody knows. Raises as :meth:`statement` does."""
        ...

    def picture(self, data: bytes) -> PictureText:
        """The text of a PNG or JPEG. Raises ``UserInputError`` ``picture.…``, ``WorldError`` ``helper.…``."""
        ...

    def codes(self, data: bytes) -> tuple[FoundCode, ...]:
        """The codes in a PNG or JPEG. Raises ``UserInputError`` ``picture.…``."""
        ...

    def close(self) -> None:
        """End what runs beside the program; the next picture starts it anew."""
        ...


class NoFiles:
    """Reads no file; a desk in a test that needs none."""

    def statement(
        self,
        source: BinaryIO,  # noqa: ARG002 - the Protocol's shape, here and below
        password: str = "",  # noqa: ARG002
        choice: ColumnChoice | None = None,  # noqa: ARG002
    ) -> StatementRows:
        """Nothing can be read."""
        raise WorldError("helper.missing")

    def table(self, source: BinaryIO, password: str = "") -> TablePreview:  # noqa: ARG002
        """Nothing can be read."""
        raise WorldError("helper.missing")

    def picture(self, data: bytes) -> PictureText:  # noqa: ARG002
        """Nothing can be read."""
        raise WorldError("helper.missing")

    def codes(self, data: bytes) -> tuple[FoundCode, ...]:  # noqa: ARG002
        """No code."""
        return ()

    def close(self) -> None:
        """Nothing runs."""


class Suggester(Protocol):
    """Says what a narrative sounds like, from it and what else is known."""

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> StoryReading:
        """Always a verdict, and always candidates."""
        ...


class NoSuggester:
    """Knows no types."""

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> StoryReading:  # noqa: ARG002
        """Unsure, without candidates."""
        return StoryReading(StoryVerdict.UNSURE)
