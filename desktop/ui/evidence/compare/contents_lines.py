"""What a file holds as lines, so that two files can be compared."""

from __future__ import annotations

from itertools import islice

from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.ui.shared.kit.translator import Translator

_COUNTED = frozenset({ContentsKind.CHAT, ContentsKind.ARCHIVE, ContentsKind.OTHER})
MOST_LINES = 4000
"""Of each file; comparing costs the product of both."""


def contents_lines(words: Translator, contents: DecodedContents) -> tuple[tuple[str, ...], bool]:
    """The lines, and whether there are more. Messages and rows are a line each; what counts them is none."""
    lines = []
    if contents.kind not in _COUNTED:
        lines = [
            f"{words.text(f'viewer.fact.{fact.name}')}: {fact.value}" for fact in contents.facts
        ]
    if contents.messages:
        lines.extend(
            f"{one.time} {one.sender or one.side}: {' '.join(one.text.split())}"
            for one in islice(contents.messages, MOST_LINES + 1)
        )
    else:
        for sheet in contents.sheets:
            lines.extend("\t".join(row) for row in islice(sheet.rows, MOST_LINES + 1))
    lines.extend(contents.text.splitlines()[: MOST_LINES + 1])
    return tuple(lines[:MOST_LINES]), contents.cut or len(lines) > MOST_LINES
