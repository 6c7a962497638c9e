"""Words of the program put into Markdown, so that no sign in them is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from desktop.runtime.texts.catalogue import COUNTED, PLACEHOLDER

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#&])")


def plain(text: str) -> str:
    """``text`` as it is, in one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def without_values(text: str) -> str:
    """A text of the catalogue with dots where a value will stand."""
    return PLACEHOLDER.sub("…", COUNTED.sub(lambda found: found.group(3), text))


def code(text: str) -> str:
    """``text`` as typed, in a table as well."""
    return f"`{text.replace('|', chr(92) + '|')}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
