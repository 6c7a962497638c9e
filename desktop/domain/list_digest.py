"""One digest for a whole list of evidence: two lists with the same one name the same items with the same contents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from desktop.domain.evidence import Evidence


def list_digest(items: Iterable[Evidence]) -> str:
    """SHA-256 of the text ``sha256sum`` writes about the items in their order, so that anybody can work it out: a line
    each, its SHA-256 in lower case, two spaces, its name."""
    lines = "".join(f"{item.sha256}  {item.name}\n" for item in items)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
