"""What is in a file, told by its content; the name only helps where the content allows several readings."""

from __future__ import annotations

import codecs
import math
import re
import zipfile
from dataclasses import dataclass, replace
from html import unescape
from pathlib import PurePath
from typing import Final

from desktop.domain.evidence.archive_kinds import ARCHIVES, packed_as
from desktop.domain.evidence.contents import (
    ChatMessage,
    ContentsKind,
    ContentsTable,
    DecodedContents,
    Fact,
)
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.contents.app_package import is_app, read_app
from desktop.readers.contents.chats.chat_page import is_mht, mht_page, read_chat_page, table_rows
from desktop.readers.contents.chats.chat_table import read_chat_rows
from desktop.readers.contents.chats.chat_text import read_chat_text
from desktop.readers.contents.content_credentials import credential_facts
from desktop.readers.contents.csv_table import MAX_ROWS, read_csv, sheet_of
from desktop.readers.contents.exif import exif_facts
from desktop.readers.contents.mail import is_mail, read_mail
from desktop.readers.contents.picture_segments import picture_segments
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.wire import MOST_TEXT
from desktop.readers.contents.workbook import read_workbook
from desktop.readers.contents.zip_bounds import member_bytes, open_zip, shown_name

_HEAD: Final = 4096
_WIDTH: Final = 16
_SIGNS: Final = (
    (0, b"SQLite format 3\0", "SQLite"),
    (0, b"MZ", "Windows EXE / DLL"),
    (0, b"\x7fELF", "ELF"),
    (0, b"dex\n", "Android DEX"),
    *ARCHIVES,
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE (Office 97)"),
    (0, b"bplist00", "Apple binary plist"),
    (0, b"\x02#!SILK_V3", "SILK v3 (WeChat)"),
    (0, b"#!SILK_V3", "SILK v3"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypavif", "AVIF"),
    (0, b"ANDROID BACKUP\n", "Android backup"),
)


# Reads text of unknown encoding: UTF-8, UTF-16 and GB18030, which covers GBK and GB2312.
#
# Nothing is replaced or guessed away: bytes that fit none of these are not text, and the viewer says so.

MAX_LINE = 2000
"""Characters of one shown line; longer lines are folded, because layout of a line costs its square."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}
_PLAIN_CONTROLS = frozenset("\t\r\n\f\v\x1b")
_MAX_CONTROL_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text and the name of the encoding it was written in."""

    text: str
    encoding: str


def decode_text(data: bytes, *, whole: bool) -> DecodedText | None:
    """The text in ``data``, or None if it is none. ``whole``: the end of ``data`` is the end of the file, so a
    cut character at the end counts as an error."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, whole=whole)
    for encoding in _candidates(data):
        found = _strict(data, encoding, whole=whole)
        if found is not None:
            return found
    return None


def fold_lines(text: str) -> str:
    """``text`` with lines longer than :data:`MAX_LINE` broken."""
    if len(text) <= MAX_LINE:
        return text
    return "\n".join(line if len(line) <= MAX_LINE else _folded(line) for line in text.splitlines())


def _folded(line: str) -> str:
    return "\n".join(line[at : at + MAX_LINE] for at in range(0, len(line), MAX_LINE))


def _candidates(data: bytes) -> tuple[str, ...]:
    if b"\0" not in data:
        return ("utf-8", "gb18030")
    # Text with zero bytes and no mark can only be UTF-16: the zero halves of Latin letters and line ends.
    return (
        ("utf-16-le", "utf-16-be") if data[1::2].count(0) >= data[::2].count(0) else ("utf-16-be",)
    )


def _strict(data: bytes, encoding: str, *, whole: bool) -> DecodedText | None:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(data, whole)
    except UnicodeDecodeError:
        return None
    controls = sum(1 for letter in text if letter < " " and letter not in _PLAIN_CONTROLS)
    if controls > len(text) * _MAX_CONTROL_SHARE:
        return None
    return DecodedText(text, _NAMES[encoding])


def read_octets(
    data: bytes, kind: ContentsKind = ContentsKind.OTHER, notes: tuple[str, ...] = ("unknown_kind",)
) -> DecodedContents:
    """The head in hexadecimal with what is printable beside it."""
    facts = [Fact("format", name) for name in (_format(data),) if name]
    facts.append(Fact("entropy", f"{_entropy(data[:_HEAD]):.2f}"))
    return DecodedContents(
        kind, facts=tuple(facts), text=_hex(data[:_HEAD]), notes=notes, cut=len(data) > _HEAD
    )


def _format(data: bytes) -> str:
    for at, sign, name in _SIGNS:
        if data[at : at + len(sign)] == sign:
            return name
    return ""


def _entropy(head: bytes) -> float:
    """Bits an octet (Shannon); close to 8 means packed or encrypted."""
    if not head:
        return 0.0
    shares = [head.count(octet) / len(head) for octet in set(head)]
    return -sum(share * math.log2(share) for share in shares)


def _hex(head: bytes) -> str:
    lines = []
    for at in range(0, len(head), _WIDTH):
        row = head[at : at + _WIDTH]
        printable = "".join(chr(octet) if 32 <= octet < 127 else "." for octet in row)
        lines.append(f"{at:06x}  {row.hex(' '):<{_WIDTH * 3}} {printable}")
    return "\n".join(lines)


DOCUMENT: Final = "word/document.xml"
_MOST_XML: Final = 48 << 20
_MOST_TEXT: Final = 1_000_000
_PIECE: Final = re.compile(
    r"<w:t(?:\s[^<>]*)?>([^<]*)</w:t>|<w:(tab|br|cr)(?:\s[^<>]*)?/>|</w:(p|tc)>"
)
_MACROS: Final = "word/vbaProject.bin"


def read_word(data: bytes) -> DecodedContents:
    """Raises ``ContentsRefused``: ``damaged``, ``bomb``."""
    with open_zip(data) as archive:
        raw = member_bytes(archive, DOCUMENT, _MOST_XML)
        macros = _MACROS in archive.NameToInfo
    if raw is None:
        raise ContentsRefused("damaged")
    parts: list[str] = []
    for found in _PIECE.finditer(raw.decode("utf-8", "replace")):
        words, gap, end = found.groups()
        if words is not None:
            parts.append(unescape(words))
        else:
            parts.append("\n" if gap in ("br", "cr") or end == "p" else "\t")
    text = "".join(parts).strip("\n")
    notes = ("words_only", *(("macros_not_run",) if macros else ()))
    return DecodedContents(
        ContentsKind.TEXT, text=text[:_MOST_TEXT], notes=notes, cut=len(text) > _MOST_TEXT
    )


_SHOWN: Final = 5000
_ENCRYPTED: Final = 1


def read_archive(data: bytes) -> DecodedContents:
    """Raises ``ContentsRefused``: ``damaged``, ``bomb``."""
    members = open_zip(data).infolist()
    locked = any(member.flag_bits & _ENCRYPTED for member in members)
    facts = (
        Fact("members", str(sum(1 for member in members if not member.is_dir()))),
        Fact("unpacked", str(sum(member.file_size for member in members))),
    )
    listing = ContentsTable(
        "",
        tuple(_row(member) for member in members[:_SHOWN]),
        4,
        cut=len(members) > _SHOWN,
        title="members",
        heads=("name", "size", "modified", "locked"),
    )
    notes = ("not_unpacked", *(("archive_locked",) if locked else ()))
    return DecodedContents(ContentsKind.ARCHIVE, facts=facts, sheets=(listing,), notes=notes)


def _row(member: zipfile.ZipInfo) -> tuple[str, ...]:
    year, month, day, hour, minute, _second = member.date_time
    return (
        shown_name(member),
        str(member.file_size),
        f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}",
        "✓" if member.flag_bits & _ENCRYPTED else "",
    )


def read_picture_facts(data: bytes) -> DecodedContents:
    """Facts, perhaps none; never raises."""
    segments = picture_segments(data)
    exif, credentials = exif_facts(segments.exif), credential_facts(segments.jumbf)
    notes = (
        *(() if exif else ("no_exif",)),
        *(("exif_can_be_changed",) if exif else ()),
        *(("c2pa_not_verified",) if credentials else ()),
        *(("heif_decoded",) if is_heif(data[:16]) else ()),
    )
    return DecodedContents(ContentsKind.PICTURE, facts=(*exif, *credentials), notes=notes)


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
