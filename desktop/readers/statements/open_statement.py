"""The door: a file of whatever kind, to a statement that can be read."""

from __future__ import annotations

import contextlib
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import BinaryIO, Final

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.archive_kinds import packed_as
from desktop.domain.evidence.recording_kinds import is_recording
from desktop.domain.statements.statement import ColumnChoice, StatementColumn, TablePreview
from desktop.readers.contents.mail import is_mail
from desktop.readers.decoding.decoder import Decoder
from desktop.readers.encodings import is_wide
from desktop.readers.statements.archive import BROKEN, members
from desktop.readers.statements.columns.header import StatementHeader, chosen_header, find_header
from desktop.readers.statements.columns.money_units import currency_of
from desktop.readers.statements.columns.sides import by_sides
from desktop.readers.statements.columns.vocabulary import Vocabulary, vocabulary
from desktop.readers.statements.grid import Cells, Grid
from desktop.readers.statements.holder import holder_of
from desktop.readers.statements.pdf_grid import pdf_grid
from desktop.readers.statements.statement_reader import StatementReader
from desktop.readers.statements.table_preview import preview_of
from desktop.readers.statements.text_grid import text_grid

_WHEN: Final = (StatementColumn.DATE, StatementColumn.TIME)
_DIGIT: Final = re.compile(r"\d")
_COMPARED: Final = 20_000
"""Rows of a sheet that are compared with those of another of the same account."""
_TAIL: Final = 4
"""Signs of an account by which one that is masked is known too."""
MOST_PACKED: Final = 256 << 20
"""Octets of the file itself."""
MOST_UNPACKED: Final = 1 << 30
"""Octets a workbook may unpack to; a statement of 200,000 rows needs a tenth of it."""
_MOST_RATIO: Final = 200
_SMALL: Final = 16 << 20


_MOST_MARKUP: Final = 64 << 20
"""Octets; a page of a million rows is no page."""
_SECONDS: Final = 30.0


def html_grid(source: BinaryIO) -> Grid:
    """All rows of all tables, one below the other. ``UserInputError``: ``statement.too_large``, ``reading.…``."""
    source.seek(0)
    data = source.read(_MOST_MARKUP + 1)
    if len(data) > _MOST_MARKUP:
        raise UserInputError("statement.too_large")
    decoder = Decoder(_SECONDS)
    decoder.page_of_tables(data)

    def rows() -> Iterator[Cells]:
        return decoder.rows(0)

    return Grid("html", rows, str)


def workbook_grids(source: BinaryIO, container: str) -> tuple[Grid, ...]:
    """Every sheet; those with the same columns and accounts of their own are one table.

    Raises ``UserInputError``: ``statement.book_locked``, ``statement.bomb`` (unpacks to far more than any
    statement), ``statement.too_large``, ``statement.unreadable``, ``reading.…``.
    """
    if container == "xlsx":
        _refuse_bomb(source)
    source.seek(0)
    data = source.read(MOST_PACKED + 1)
    if len(data) > MOST_PACKED:
        raise UserInputError("statement.too_large")
    decoder = Decoder()
    names = decoder.workbook(data)
    sheets = tuple(_grid(decoder, index, name, container) for index, name in enumerate(names))
    return tuple(_with_joined(sheets)) if len(sheets) > 1 else sheets


def _with_joined(sheets: Sequence[Grid]) -> Iterator[Grid]:
    """Joined are only sheets that name an account each, and of one account those without a row in common: one may be
    a copy of the other. Sheets in other money than the first are joined where a column names it."""
    words = vocabulary()
    tables: list[list[Grid]] = []
    by_columns: dict[_Kind, tuple[list[Grid], dict[str, set[tuple[str, ...]]]]] = {}
    for sheet in sheets:
        header = find_header(sheet, words)
        account = holder_of(header.above).account[-_TAIL:] if header is not None else ""
        if header is None or not account:
            tables.append([sheet])
            continue
        named = StatementColumn.CURRENCY in header.roles
        kind = header.columns, "" if named else currency_of(header)
        table, known = by_columns.setdefault(kind, ([], {}))
        rows = _rows_below(sheet, header)
        if not known.get(account, set()).isdisjoint(rows):
            tables.append([sheet])
            continue
        if not table:
            tables.append(table)
        table.append(sheet)
        known.setdefault(account, set()).update(rows)
    yield from map(_one_below_the_other, tables)


_Kind = tuple[tuple[str, ...], str]
"""The names of the columns, and the money where none of them names it."""


def _rows_below(sheet: Grid, header: StatementHeader) -> set[tuple[str, ...]]:
    """What rows that move money say, without the numbers that count them."""
    moment = {at for column in _WHEN for at in header.roles.get(column, ())}
    rows = set()
    for cells in islice(sheet.rows(), header.row, header.row + _COMPARED):
        texts = [sheet.text(cell) for cell in cells]
        if any(at < len(texts) and _DIGIT.search(texts[at]) for at in moment):
            rows.add(tuple(text for text in texts if not (len(text) < _TAIL and text.isdecimal())))
    return rows


def _one_below_the_other(sheets: Sequence[Grid]) -> Grid:
    first, *others = sheets
    if not others:
        return first

    def rows() -> Iterator[Cells]:
        return chain.from_iterable(sheet.rows() for sheet in sheets)

    noted = replace(first.noted, sheets=tuple(sheet.name for sheet in sheets))
    return replace(first, rows=rows, noted=noted)


def _grid(decoder: Decoder, index: int, name: str, container: str) -> Grid:
    def rows() -> Iterator[Cells]:
        return decoder.rows(index)

    return Grid(container, rows, str, name)


def _refuse_bomb(source: BinaryIO) -> None:
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            packed = sum(member.compress_size for member in archive.infolist())
            unpacked = sum(member.file_size for member in archive.infolist())
    except BROKEN as error:
        raise UserInputError("statement.unreadable") from error
    if unpacked > MOST_UNPACKED or unpacked > max(_SMALL, packed * _MOST_RATIO):
        raise UserInputError("statement.bomb")


_MOST: Final = 2 << 30
"""Octets; a million rows have a tenth of it."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF"
_PROGRAM: Final = b"MZ"
_DOCUMENTS: Final = frozenset({"word/document.xml", "ppt/presentation.xml", "content.xml"})
"""Of Office files, which are no archives to anybody but programs."""
_ANDROID: Final = "AndroidManifest.xml"
_NO_TEXT: Final = frozenset({*range(9), *range(14, 26), *range(28, 32)})
_MARKUP: Final = (b"<html", b"<table", b"<!doctype html", b"<meta", b"<head", b"<style")


def open_statement(
    source: BinaryIO, password: str = "", columns: ColumnChoice | None = None
) -> StatementReader:
    """Recognised by content; ``source`` must be seekable and stays open until the rows are read.

    ``columns`` is what a person said of a table whose columns do not tell it themselves.

    Raises:
        UserInputError: ``statement.empty``, ``statement.unknown`` (no row names a time and money),
            ``statement.password``, ``statement.password_wrong``, ``statement.bomb``, ``statement.unreadable``,
            ``statement.too_large``, ``statement.too_many_files``, ``statement.none_inside``, ``statement.mail``,
            ``statement.recording``, ``statement.program``, ``statement.archive`` (kind),
            ``statement.not_book``, ``statement.book_locked``; while rows are read also ``statement.broken_quotes``.
    """
    words = vocabulary()
    all_grids = grids(source, password)
    for grid in all_grids:
        header = chosen_header(grid, columns) if columns else find_header(grid, words)
        sides = by_sides(grid, header, words) if header is not None and not columns else None
        of_sides = find_header(sides, words) if sides is not None else None
        if sides is not None and of_sides is not None:
            return StatementReader(sides, of_sides, words, _count(all_grids, words))
        if header is not None:
            return StatementReader(grid, header, words, _count(all_grids, words))
    raise UserInputError("statement.unknown")


def _count(rest: Iterable[Grid], words: Vocabulary) -> int:
    """How many of them are statements too; none behind one that cannot be opened."""
    found = 0
    with contextlib.suppress(UserInputError):
        for grid in rest:
            found += find_header(grid, words) is not None
    return found


def preview_table(source: BinaryIO, password: str = "") -> TablePreview:
    """The first rows of the first table in it, for a person to say what its columns are.

    Raises ``UserInputError`` as :func:`open_statement` does; ``statement.unknown`` where there is no table at all.
    """
    words = vocabulary()
    for grid in grids(source, password):
        found = preview_of(grid, words)
        if found is not None:
            return found
    raise UserInputError("statement.unknown")


def grids(source: BinaryIO, password: str) -> Iterator[Grid]:
    """Every table in a file of a kind this program reads; raises like :func:`open_statement`."""
    if source.seek(0, os.SEEK_END) > _MOST:
        raise UserInputError("statement.too_large")
    source.seek(0)
    head = source.read(2048)
    if not head.strip(b"\x00 \r\n\t"):
        raise UserInputError("statement.empty")
    if head.startswith(_OLE):
        yield from workbook_grids(source, "xls")
    elif head.startswith(_ZIP):
        yield from _of_zip(source, password)
    elif any(mark in head.lower() for mark in _MARKUP):
        yield html_grid(source)
    elif head.startswith(_PDF):
        yield pdf_grid(source, vocabulary(), password)
    else:
        yield from _of_text(source, head)


def _of_text(source: BinaryIO, head: bytes) -> Iterator[Grid]:
    if is_mail(head):
        raise UserInputError("statement.mail")
    if head.startswith(_PROGRAM) and b"\0" in head:
        raise UserInputError("statement.program")
    if b"\0" in head and is_recording(
        head
    ):  # noise has no more signs that are no text than some texts have
        raise UserInputError("statement.recording")
    if packed := packed_as(head):
        raise UserInputError("statement.archive", kind=packed)
    if _is_text(head):
        yield text_grid(source, vocabulary())


def _of_zip(source: BinaryIO, password: str) -> Iterator[Grid]:
    """A spreadsheet is a zip too; in any other, what its files hold. A zip within a zip is not opened."""
    names = _names(source)
    if _ANDROID in names:
        raise UserInputError("statement.program")
    if _is_workbook(names):
        yield from workbook_grids(source, "xlsx")
        return
    found = False
    for _, content in members(source, password):
        if content.read(4) == _ZIP and not _is_workbook(_names(content)):
            continue
        with contextlib.suppress(UserInputError):  # an empty or foreign file beside the bill
            for grid in grids(content, password):
                found = True
                yield grid
    if not found and not _DOCUMENTS & names:
        raise UserInputError("statement.none_inside")


def _is_text(head: bytes) -> bool:
    """Whether it holds hardly an octet that no text has; a tenth of what is packed or encrypted are such."""
    return is_wide(head) or sum(octet in _NO_TEXT for octet in head) * 16 < len(head)


def _is_workbook(names: Iterable[str]) -> bool:
    return any(name.startswith("xl/") for name in names)


def _names(source: BinaryIO) -> frozenset[str]:
    """Of what is in a zip."""
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            return frozenset(archive.namelist())
    except BROKEN as error:
        raise UserInputError("statement.unreadable") from error
