"""电子证据移送清单 as a table for spreadsheets, in Chinese as it goes into a Chinese file."""

from __future__ import annotations

import csv
import io
from typing import Final

from desktop.documents.form_texts import FormTexts
from desktop.domain.clock import from_wire
from desktop.domain.evidence.court_handover import CourtHandoverFacts, HandedItem
from desktop.services.evidence.court_handover_list import moment

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS: Final = (
    "number", "path", "name", "size", "media_type", "sha256", "sm3", "md5", "method", "source", "added_at", "added_by",
    "modified_at", "holder", "device", "category", "taken_at", "second", "alone", "witness", "no_witness", "original",
)  # fmt: skip
"""Of how an item was obtained as much as its list on paper has; ``list.json`` has all of it."""


def court_handover_table(facts: CourtHandoverFacts, words: FormTexts) -> bytes:
    """``list.csv`` in UTF-8 with a mark, so that a spreadsheet reads Chinese. What a spreadsheet would take for a
    formula has an apostrophe before it (OWASP, CSV injection)."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(words.text(f"hand_over.column.{name}") for name in _COLUMNS)
    for item in facts.items:
        row = _row(item, words)
        writer.writerow([_plain(row[name]) for name in _COLUMNS])
    return target.getvalue().encode("utf-8-sig", "replace")


def _row(item: HandedItem, words: FormTexts) -> dict[str, str]:
    evidence, fixed, record = item.evidence, item.fixed, item.evidence.record
    return {
        "number": str(item.number),
        "path": fixed.path,
        "name": evidence.name,
        "size": str(fixed.size),
        "media_type": evidence.media_type,
        "sha256": fixed.sha256,
        "sm3": fixed.sm3,
        "md5": fixed.md5,
        "method": words.name("method", evidence.method.value),
        "source": evidence.source,
        "added_at": moment(evidence.added_at),
        "added_by": evidence.added_by,
        "modified_at": moment(from_wire(evidence.modified_at)) if evidence.modified_at else "",
        "holder": record.holder,
        "device": record.device,
        "category": words.name("category", record.category),
        "taken_at": moment(record.taken_at) if record.taken_at is not None else "",
        "second": record.second,
        "alone": record.alone,
        "witness": record.witness,
        "no_witness": record.no_witness,
        "original": record.original,
    }


def _plain(cell: str) -> str:
    text = cell.replace("\x00", "")
    return f"'{text}" if text.startswith(_FORMULA) else text
