"""The page of how often readings are right, of which each command writes its own part."""

from __future__ import annotations

import re
from pathlib import Path


def read_part(page: Path, name: str) -> str:
    """What stands in the part ``name`` of ``page``. Raises ``LookupError``."""
    found = _shape(name).search(page.read_text("utf-8"))
    if found is None:
        raise LookupError(f"{page} has no part {name}")
    return found["text"].strip()


def write_part(page: Path, name: str, text: str) -> None:
    """Put ``text`` where the part ``name`` of ``page`` stands, else at the end; the other parts stay as they are."""
    part = f"{_opening(name)}{text.strip()}\n{_closing(name)}"
    before = page.read_text("utf-8") if page.exists() else ""
    shape = _shape(name)
    if shape.search(before):
        page.write_text(shape.sub(lambda _: part, before), "utf-8")
    else:
        page.write_text(f"{before.rstrip()}\n\n{part}".lstrip(), "utf-8")


def _shape(name: str) -> re.Pattern[str]:
    return re.compile(
        re.escape(_opening(name)) + "(?P<text>.*?)" + re.escape(_closing(name)), re.DOTALL
    )


def _opening(name: str) -> str:
    return f"<!-- {name} -->\n"


def _closing(name: str) -> str:
    return f"<!-- end of {name} -->\n"
