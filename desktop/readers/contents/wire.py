"""Contents as they pass between the helper and the desk: JSON, checked on arrival."""

from __future__ import annotations

import json
from typing import Any, Final

from desktop.domain.evidence.contents import (
    ChatMessage,
    ContentsKind,
    ContentsTable,
    DecodedContents,
    Fact,
)

NAME: Final = "contents"
"""What the helper is asked for by."""
MOST_TEXT: Final = 24 << 20
"""Octets of a text, a table or a chat that are decoded; the rest is in the file."""


def packed(contents: DecodedContents) -> bytes:
    """For the desk. Messages and rows are many, so they pass as bare lists."""
    found = {
        "kind": contents.kind.value,
        "facts": [(fact.name, fact.value) for fact in contents.facts],
        "sheets": [
            (sheet.name, sheet.rows, sheet.columns, sheet.cut, sheet.title, sheet.heads)
            for sheet in contents.sheets
        ],
        "text": contents.text,
        "encoding": contents.encoding,
        "messages": [
            (one.number, one.time, one.sender, one.text, one.account, one.side)
            for one in contents.messages
        ],
        "notes": contents.notes,
        "cut": contents.cut,
    }
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def unpacked(found: dict[str, Any]) -> DecodedContents:
    """What the helper said. Raises ``KeyError``, ``TypeError``, ``ValueError`` where it is no such answer."""
    return DecodedContents(
        kind=ContentsKind(found["kind"]),
        facts=tuple(Fact(*fact) for fact in found["facts"]),
        sheets=tuple(_sheet(sheet) for sheet in found["sheets"]),
        text=found["text"],
        encoding=found["encoding"],
        messages=tuple(ChatMessage(*message) for message in found["messages"]),
        notes=tuple(found["notes"]),
        cut=bool(found["cut"]),
    )


def _sheet(sheet: list[Any]) -> ContentsTable:
    name, rows, columns, cut, title, heads = sheet
    shown = tuple(tuple(row) for row in rows)
    return ContentsTable(name, shown, columns, bool(cut), title, tuple(heads))
