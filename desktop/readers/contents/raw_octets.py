"""The first octets of a file nobody knows, and what its beginning says it is."""

from __future__ import annotations

import math
from typing import Final

from desktop.domain.evidence.archive_kinds import ARCHIVES
from desktop.domain.evidence.contents import ContentsKind, DecodedContents, Fact

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
