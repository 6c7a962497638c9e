"""What is in a file, told by its content; the name only helps where the content allows several readings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Final

from desktop.domain.evidence.archive_kinds import packed_as
from desktop.domain.evidence.contents import (
    ChatMessage,
    ContentsKind,
    ContentsTable,
    DecodedContents,
    Fact,
)
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.contents.app_package import is_app, read_app
from desktop.readers.contents.archive_listing import read_archive
from desktop.readers.contents.chat_page import is_mht, mht_page, read_chat_page, table_rows
from desktop.readers.contents.chat_table import read_chat_rows
from desktop.readers.contents.chat_text import read_chat_text
from desktop.readers.contents.csv_table import MAX_ROWS, read_csv, sheet_of
from desktop.readers.contents.mail import is_mail, read_mail
from desktop.readers.contents.picture_facts import read_picture_facts
from desktop.readers.contents.raw_octets import read_octets
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.text_decoding import decode_text, fold_lines
from desktop.readers.contents.word_text import DOCUMENT, read_word
from desktop.readers.contents.workbook import read_workbook
from desktop.readers.contents.zip_bounds import open_zip

MOST_TEXT: Final = 24 << 20
"""Octets of a text, a table or a chat that are decoded; the rest is in the file."""
MOST_SHOWN: Final = 1_000_000
"""Letters of a plain text that are shown."""
MOST_MESSAGES: Final = 50_000
MOST_LETTERS: Final = 2000
"""Of one message."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_TABLES: Final = frozenset({".csv", ".tsv", ".tab", ".xls"})
_PAGES: Final = frozenset({".htm", ".html", ".mht", ".mhtml"})
_BOOKS: Final = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def look(name: str, data: bytes, *, whole: bool = True) -> DecodedContents:
    """What ``data`` holds; ``whole`` is false where it is only the beginning of the file.

    Raises ``ContentsRefused`` with the reason why nothing is shown.
    """
    if not data:
        raise ContentsRefused("empty")
    if data.startswith(_PICTURES) or data[8:12] == b"WEBP" or is_heif(data[:16]):
        return read_picture_facts(data)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data, whole=whole)
    if data.startswith(_OLE):
        return _book(read_workbook(data)) if whole else read_octets(data)
    if packed_as(data[:512]):
        return read_octets(data, ContentsKind.ARCHIVE, notes=("other_archive",))
    return _text_like(PurePath(name).suffix.lower(), data, whole=whole)


def _zip(data: bytes, *, whole: bool) -> DecodedContents:
    if not whole:
        return read_octets(data, ContentsKind.ARCHIVE, notes=("not_unpacked",))
    with open_zip(data) as archive:
        names = archive.NameToInfo
        app = is_app(archive)
        word = DOCUMENT in names
        book = any(part in names for part in _BOOKS) and not word
    if app:
        return read_app(data)
    if word:
        return read_word(data)
    return _book(read_workbook(data)) if book else read_archive(data)


def _book(found: DecodedContents) -> DecodedContents:
    for sheet in found.sheets:
        messages = read_chat_rows(sheet.rows)
        if messages:
            return _chat(messages, found.encoding, cut=found.cut, sheets=found.sheets)
    return found


def _text_like(suffix: str, data: bytes, *, whole: bool) -> DecodedContents:
    if is_mht(data):
        messages = read_chat_page(mht_page(data[:MOST_TEXT]))
        if messages:
            return _chat(messages, "", cut=not whole)
    if is_mail(data):
        return read_mail(data, whole=whole)
    whole = whole and len(data) <= MOST_TEXT
    found = decode_text(data[:MOST_TEXT], whole=whole)
    if found is None:
        return read_octets(data)
    return _text(suffix, found.text, found.encoding, cut=not whole)


def _text(suffix: str, text: str, encoding: str, *, cut: bool) -> DecodedContents:
    sheet = _table(suffix, text)
    if sheet is not None:
        messages = read_chat_rows(sheet.rows)
        cut = cut or sheet.cut
        if messages:
            return _chat(messages, encoding, cut=cut, sheets=(sheet,))
        return DecodedContents(ContentsKind.TABLE, sheets=(sheet,), encoding=encoding, cut=cut)
    if suffix in _PAGES or text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        messages = read_chat_page(text)
    else:
        messages = read_chat_text(text)
    if messages:
        return _chat(messages, encoding, cut=cut)
    shown = text[:MOST_SHOWN]
    cut = cut or len(text) > MOST_SHOWN
    return DecodedContents(ContentsKind.TEXT, text=fold_lines(shown), encoding=encoding, cut=cut)


def _table(suffix: str, text: str) -> ContentsTable | None:
    """Banks give text and web pages the name of a workbook."""
    if suffix == ".xls" and text.lstrip()[:1] == "<":
        rows = [tuple(row) for row in table_rows(text) if row]
        sheet = sheet_of("", rows[:MAX_ROWS], cut=len(rows) > MAX_ROWS)
        return sheet if sheet.columns > 1 else None
    return read_csv(text) if suffix in _TABLES else None


def _chat(
    messages: tuple[ChatMessage, ...],
    encoding: str,
    *,
    cut: bool,
    sheets: tuple[ContentsTable, ...] = (),
) -> DecodedContents:
    shown = tuple(_short(message) for message in messages[:MOST_MESSAGES])
    senders = {message.sender or message.side for message in messages}
    facts = (
        Fact("messages", str(len(messages))),
        Fact("senders", str(len(senders))),
        Fact("first_message", messages[0].time),
        Fact("last_message", messages[-1].time),
    )
    return DecodedContents(
        ContentsKind.CHAT,
        facts=facts,
        sheets=sheets,
        encoding=encoding,
        messages=shown,
        notes=("export_not_original",),
        cut=cut or len(messages) > MOST_MESSAGES,
    )


def _short(message: ChatMessage) -> ChatMessage:
    if len(message.text) <= MOST_LETTERS:
        return message
    return replace(message, text=f"{message.text[:MOST_LETTERS]}…")
