"""The page of how often readings are right, of which each command writes its own part."""

from __future__ import annotations

import re
from pathlib import Path


def write_part(page: Path, name: str, text: str) -> None:
    """Put ``text`` where the part ``name`` of ``page`` stands, else at the end; the other parts stay as they are."""
    opening, closing = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    part = f"{opening}{text.strip()}\n{closing}"
    before = page.read_text("utf-8") if page.exists() else ""
    shape = re.compile(re.escape(opening) + ".*?" + re.escape(closing), re.DOTALL)
    if shape.search(before):
        page.write_text(shape.sub(lambda _: part, before), "utf-8")
    else:
        page.write_text(f"{before.rstrip()}\n\n{part}".lstrip(), "utf-8")
