"""How a file of text is encoded: by its mark, by its zeros, or by what every octet allows."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

_CHUNK: Final = 1 << 20
_HEAD: Final = 2048
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(source: BinaryIO) -> str:
    """By its mark, else UTF-8 if every octet allows it, else GB 18030, which reads all of GBK and GB 2312."""
    source.seek(0)
    head = source.read(_HEAD)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if is_wide(head):
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return "utf-8" if fits(source, "utf-8") else "gb18030"


def fits(source: BinaryIO, encoding: str) -> bool:
    """Whether every octet of the file allows this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks(source):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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
