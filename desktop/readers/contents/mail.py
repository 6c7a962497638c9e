"""Mail files (RFC 5322, MIME): headers, the text, what is attached. HTML becomes plain text; nothing is fetched."""

from __future__ import annotations

import hashlib
import re
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import HeaderParser
from html.parser import HTMLParser
from typing import Final

from desktop.domain.evidence.contents import (
    ATTACHMENTS,
    ContentsKind,
    ContentsTable,
    DecodedContents,
    Fact,
)
from desktop.readers.contents.mail_parts import (
    attached,
    is_program,
    parse_mail,
    part_name,
    payload,
)
from desktop.readers.contents.refusal import ContentsRefused

_BLOCKS: Final = frozenset(
    (
        "p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote",
        "pre", "hr", "section", "article", "header",
    )
)  # fmt: skip
_SILENT: Final = frozenset({"script", "style", "head", "template", "noscript"})


_SPACE: Final = re.compile(r"[ \t\r\n\f]+")


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._silent = 0  # whether or not the head was closed
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("\t")
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS and tag != "br":
            self.parts.append("\n")
        if tag == "a" and self._links:
            link = self._links.pop()
            if link.startswith(("http:", "https:", "mailto:")):
                self.parts.append(f" <{link}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(_SPACE.sub(" ", data))


def html_text(html: str) -> str:
    """The words of a page, a line for each block. Never fails: whatever is no markup is text."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = [line.strip(" ") for line in "".join(reader.parts).split("\n")]
    shown: list[str] = []
    for line in lines:
        if line.strip() or (shown and shown[-1]):
            shown.append(line.strip())
    return "\n".join(shown).strip()


_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject", "Reply-To", "Return-Path", "Message-ID")
_WAY: Final = ("Received", "X-Originating-IP", "X-Sender-IP", "Authentication-Results", "X-Mailer")
"""Headers that say by what machines a mail came; the lowest ``Received`` is the first."""
_MOST_TEXT: Final = 1_000_000
_MOST_VALUE: Final = 2000
_HEADER_LINE: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?")
_KNOWN: Final = re.compile(
    rb"^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)


def is_mail(data: bytes) -> bool:
    """Whether ``data`` begins with headers of a mail."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf\r\n")
    first = head.split(b"\n", 1)[0]
    return bool(_HEADER_LINE.match(first)) and len(set(_found(head))) >= 3


def _found(head: bytes) -> list[bytes]:
    return [match.group(1).lower() for match in _KNOWN.finditer(head)]


def read_mail(data: bytes, *, whole: bool = True) -> DecodedContents:
    """What it says and what is attached; of a mail that is not ``whole`` only the text, as the rest ends somewhere.

    Raises ``ContentsRefused``: ``nested`` (parts deeper than any mail program writes), ``damaged``.
    """
    try:
        message = parse_mail(data)
        text, was_html = _body(message)
        rows, runs = _attachments(message) if whole else ((), False)
        facts = (*_facts(message, _HEADERS), *_facts(message, _WAY))
    except RecursionError as error:
        raise ContentsRefused("nested") from error
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise ContentsRefused("damaged") from error
    holding = {"html_as_text": was_html, "attached_program": runs}
    return DecodedContents(
        ContentsKind.MAIL,
        facts=facts,
        sheets=_sheets(rows),
        text=text[:_MOST_TEXT],
        notes=("mail_not_verified", *(note for note, holds in holding.items() if holds)),
        cut=not whole or len(text) > _MOST_TEXT,
    )


def _attachments(message: EmailMessage) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """A row for each, and whether one of them is a program."""
    rows, runs = [], False
    for number, part in enumerate(attached(message), 1):
        name, octets = part_name(part, number), payload(part)
        digest = hashlib.sha256(octets).hexdigest()
        rows.append((name, part.get_content_type(), str(len(octets)), digest))
        runs = runs or is_program(name, octets)
    return tuple(rows), runs


def _body(message: EmailMessage) -> tuple[str, bool]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", False
    text = _decoded(part)
    if part.get_content_subtype() == "html":
        return html_text(text), True
    return text, False


def _decoded(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    declared = part.get_content_charset() or ""
    for encoding in (_wider(declared), "utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("latin-1")


def _wider(charset: str) -> str:
    """GB 18030 reads whatever is called GB2312 or GBK, and mails called so use letters beyond."""
    return "gb18030" if charset.lower() in {"gb2312", "gbk", "gb_2312-80"} else charset or "utf-8"


def _sheets(rows: tuple[tuple[str, ...], ...]) -> tuple[ContentsTable, ...]:
    if not rows:
        return ()
    heads = ("name", "media", "size", "sha256")
    return (ContentsTable("", rows, 4, title=ATTACHMENTS, heads=heads),)


def _facts(message: EmailMessage, names: tuple[str, ...]) -> tuple[Fact, ...]:
    return tuple(
        Fact(f"mail_{name.lower().replace('-', '_')}", _one_line(str(value)))
        for name in names
        for value in _values(message, name)
    )


def _values(message: EmailMessage, name: str) -> list[str]:
    """The values as they are where the structured reading of a forged one fails."""
    try:
        return [str(value) for value in message.get_all(name, [])]
    except (ValueError, IndexError, AttributeError, TypeError):
        raw = HeaderParser(policy=policy.compat32).parsestr(
            "\n".join(f"{key}: {value}" for key, value in message.raw_items() if key == name)
        )
        return [str(value) for value in raw.get_all(name, [])]


def _one_line(value: str) -> str:
    return " ".join(value.split())[:_MOST_VALUE]
