"""One digest for a whole list of evidence: two lists with the same one name the same items with the same contents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from desktop.domain.evidence.item import Evidence

_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r"})
"""As ``sha256sum`` of GNU writes a name, a backslash standing before the digest then."""


def list_digest(items: Iterable[Evidence]) -> str:
    """SHA-256 of the text ``sha256sum`` writes about the items in their order, so that anybody can work it out: a line
    each, its SHA-256 in lower case, two spaces, its name; a name with a backslash or a line's end is escaped."""
    lines = "".join(_line(item.sha256, item.name) for item in items)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _line(sha256: str, name: str) -> str:
    escaped = name.translate(_ESCAPES)
    mark = "\\" if escaped != name else ""
    return f"{mark}{sha256}  {escaped}\n"
