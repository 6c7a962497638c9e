"""How a file of text is encoded: by its mark, by its zeros, or by what every octet allows."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from threading import local
from typing import BinaryIO, Final

_CHUNK: Final = 1 << 20
_HEAD: Final = 2048
_MARK: Final = "\ufffd"
_FOR_ONE: Final = 4
"""Signs of UTF-8 for each that is none: of GB 18030 hardly one in ten looks like UTF-8."""
NOTING: Final = "note_and_replace"
"""The name of the way to decode that counts what no sign is: see :func:`unreadable`."""
_counted: Final = local()
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(source: BinaryIO) -> str:
    """By its mark, else UTF-8 if every octet allows it, or all but a few, which were damaged; else GB 18030, which
    reads all of GBK and GB 2312."""
    source.seek(0)
    head = source.read(_HEAD)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if is_wide(head):
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return "utf-8" if _fits(source) or _is_damaged(source) else "gb18030"


def unreadable() -> int:
    """How many signs were found so far, in this thread, that are none in their encoding, by readers that decode with
    ``errors=NOTING``."""
    return getattr(_counted, "n", 0)


def _note(error: UnicodeError) -> tuple[str | bytes, int]:
    _counted.n = unreadable() + 1
    return codecs.replace_errors(error)


codecs.register_error(NOTING, _note)


def _fits(source: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(source):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged(source: BinaryIO) -> bool:
    """Whether its beginning is UTF-8 with a few octets that no sign has: cut off at the end, say."""
    source.seek(0)
    text = source.read(_CHUNK).decode("utf-8", "replace")
    spoiled = text.count(_MARK)
    return sum(not sign.isascii() for sign in text) - spoiled > _FOR_ONE * spoiled


def is_wide(head: bytes) -> bool:
    """Whether ``head`` is UTF-16: its commas, digits and line ends have a zero beside them, always on the same side."""
    before, after = head[::2].count(0), head[1::2].count(0)
    most, fewest = max(before, after), min(before, after)
    return most * 16 > len(head) and fewest * 16 < most


def chunks(source: BinaryIO) -> Iterator[bytes]:
    """The file from its start, a mebibyte at a time."""
    source.seek(0)
    while chunk := source.read(_CHUNK):
        yield chunk
