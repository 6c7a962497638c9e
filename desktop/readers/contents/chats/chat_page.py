"""Chats exported as HTML or MHT: data within the page, tables, or the blocks QQ writes. Nothing of it is run."""

from __future__ import annotations

import json
import re
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser
from typing import Any, Final

from desktop.domain.evidence.contents import ChatMessage
from desktop.readers.contents.chats.chat_table import read_chat_rows

_ARRAY: Final = re.compile(
    r"\b(?:const|let|var)\s+(\w*(?:[Mm]essages|[Mm]sgs|[Cc]hat\w*))\s*=\s*\["
)
_DAY: Final = re.compile(r"^日期[:：]\s*(\d{4}-\d{1,2}-\d{1,2})$")
_QQ_HEAD: Final = re.compile(r"^(.{1,60}?)\s*(\d{1,2}:\d{2}:\d{2})$")
_MOST_JSON: Final = 16 << 20
_FEWEST: Final = 2


def is_mht(data: bytes) -> bool:
    """Whether ``data`` is a page saved as one file (MHTML, RFC 2557)."""
    head = data[:4096].lower()
    return b"multipart/related" in head and b"mime-version" in head


def mht_page(data: bytes) -> str:
    """The page within; empty where there is none."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload.decode(part.get_content_charset() or "utf-8", "replace")
    return ""


def read_chat_page(html: str) -> tuple[ChatMessage, ...]:
    """The messages, or none."""
    for found in (_from_data(html), _from_rows(html)):
        if len(found) >= _FEWEST:
            return found
    return ()


def _from_data(html: str) -> tuple[ChatMessage, ...]:
    """The list that a page draws itself from, read as JSON and never as a script."""
    for start in _ARRAY.finditer(html):
        try:
            rows, _end = json.JSONDecoder().raw_decode(html[start.end() - 1 :][:_MOST_JSON])
        except (json.JSONDecodeError, RecursionError):
            continue
        found = _records(rows)
        if found:
            return found
    return ()


def _records(rows: list[Any]) -> tuple[ChatMessage, ...]:
    records = [row for row in rows if isinstance(row, dict)]
    heads = list(dict.fromkeys(key for record in records[:50] for key in record))
    table = [[_cell(record.get(head)) for head in heads] for record in records]
    return read_chat_rows([[str(head) for head in heads], *table])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _from_rows(html: str) -> tuple[ChatMessage, ...]:
    rows = table_rows(html)
    return read_chat_rows(rows) or _qq_blocks(rows)


def table_rows(html: str) -> list[list[str]]:
    """The rows of every table of a page, as text."""
    reader = _Rows()
    reader.feed(html)
    reader.close()
    return reader.rows


def _qq_blocks(rows: list[list[str]]) -> tuple[ChatMessage, ...]:
    """QQ's MHT: a row for each message, who and when in its first line; the day in a row of its own."""
    day, found = "", list[ChatMessage]()
    for row in rows:
        lines = [line for line in "\n".join(row).split("\n") if line.strip()]
        if not lines:
            continue
        date = _DAY.match(lines[0])
        if date is not None:
            day = date[1]
            continue
        head = _QQ_HEAD.match(lines[0])
        if head is None and len(lines) > 1:  # name and time in blocks of their own
            head = _QQ_HEAD.match(f"{lines[0]} {lines[1]}")
            lines = lines[1:] if head else lines
        if head is None:
            continue
        text = "\n".join(lines[1:]).strip()
        found.append(ChatMessage(len(found) + 1, f"{day} {head[2]}".strip(), head[1], text))
    return tuple(found)


class _Rows(HTMLParser):
    """Rows of all tables, as text; blocks within a cell become lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._silent = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
        elif tag in {"div", "br", "p"}:
            self._write("\n")
        elif tag == "img":
            self._write("[图片]")
        self._silent = self._silent or tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        if tag in {"div", "p"}:
            self._write("\n")
        if tag in {"script", "style"}:
            self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._write(" ".join(data.split()) if data.strip() else "")

    def _write(self, text: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] = (self.rows[-1][-1] + text).lstrip("\n")
