"""The parts of a mail: which are attached, under what name, and the octets of one of them. Nothing is run."""

from __future__ import annotations

import mimetypes
import unicodedata
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePath
from typing import Final

from desktop.readers.contents.refusal import ContentsRefused
from desktop.services.ports.reading.contents import Attachment

MOST_NESTED: Final = 3
"""Mails within mails that are opened in place; what lies deeper is taken out and looked at by itself."""
_DEEPEST: Final = 40
_MOST_PARTS: Final = 500
_MOST_NAME: Final = 200
"""Letters; with an ending it still fits every file system."""
_AS_IT_IS: Final = policy.default.clone(refold_source="none")
"""An attached mail comes out as it was sent, its lines not folded anew."""
_RUNS: Final = frozenset(
    (
        ".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".lnk",
        ".msi", ".dll", ".jar", ".apk", ".ipa", ".hap", ".dmg", ".sh", ".reg", ".cpl", ".chm", ".iso", ".img",
        ".mobileconfig",
    )
)  # fmt: skip
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"#!")


def parse_mail(data: bytes) -> EmailMessage:
    """Raises ``ContentsRefused("nested")`` before parsing: the parser keeps a frame for each part that is open."""
    low = data.lower()
    if low.count(b"content-type: multipart/") + low.count(b"message/rfc822") > _MOST_PARTS:
        raise ContentsRefused("nested")
    return BytesParser(policy=policy.default).parsebytes(data)


def attached(message: EmailMessage) -> list[EmailMessage]:
    """The attachments in the order of the mail; those of an attached mail belong to that."""
    return [part for part in _parts(message) if _is_attached(part)]


def payload(part: EmailMessage) -> bytes:
    """The octets as they were before they were packed for the way."""
    found = part.get_payload(decode=True)
    if isinstance(found, bytes):
        return found
    return b"".join(inner.as_bytes(policy=_AS_IT_IS) for inner in part.iter_parts())  # a mail


def part_name(part: EmailMessage, number: int) -> str:
    """A name that names no place and hides nothing; ``attachment-<number>`` where the mail gives none."""
    return plain_name(part.get_filename() or "") or f"attachment-{number}{_ending(part)}"


def plain_name(name_given: str) -> str:
    """``name_given`` without folders, without signs that cannot be seen; empty where nothing is left."""
    last = name_given.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    name = " ".join(visible.split()).strip(". ")
    return name if len(name) <= _MOST_NAME else name[: _MOST_NAME // 2] + name[-_MOST_NAME // 2 :]


def is_program(name: str, data: bytes) -> bool:
    """Whether a computer or phone would run it."""
    return PurePath(name).suffix.lower() in _RUNS or data.startswith(_PROGRAMS)


def take_out(data: bytes, place: Sequence[int]) -> Attachment:
    """The attachment at ``place``: its number, counted from 1, and the numbers of the mails it lies in before it.

    Raises ``ContentsRefused``: ``too_deep`` (deeper than ``MOST_NESTED``), ``nested``, ``no_attachment``, ``damaged``.
    """
    if len(place) > MOST_NESTED:
        raise ContentsRefused("too_deep")
    try:
        return _taken(data, place)
    except RecursionError as error:
        raise ContentsRefused("nested") from error
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise ContentsRefused("damaged") from error


def _taken(data: bytes, place: Sequence[int]) -> Attachment:
    found = Attachment("", "message/rfc822", data)
    for number in place:
        parts = attached(parse_mail(found.data))
        if not 1 <= number <= len(parts):
            raise ContentsRefused("no_attachment")
        part = parts[number - 1]
        found = Attachment(part_name(part, number), part.get_content_type(), payload(part))
    return found


def _parts(message: EmailMessage) -> list[EmailMessage]:
    found: list[EmailMessage] = []
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST or len(found) > _MOST_PARTS:
            raise ContentsRefused("nested")
        found.append(part)
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting.extend((child, depth + 1) for child in reversed(list(part.iter_parts())))
    return found


def _is_attached(part: EmailMessage) -> bool:
    if part.get_content_maintype() == "multipart":
        return False
    mail = part.get_content_type() == "message/rfc822"
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return mail or named


def _ending(part: EmailMessage) -> str:
    if part.get_content_type() == "message/rfc822":
        return ".eml"
    return mimetypes.guess_extension(part.get_content_type()) or ".bin"
