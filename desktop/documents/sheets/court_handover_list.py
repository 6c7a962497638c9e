"""电子证据移送清单: what leaves for prosecutor or court, with the digests that fix it and what proves the sender."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Final

from desktop.documents.printing.corner_mark import corner_mark
from desktop.documents.printing.form_texts import FormData, FormTexts, in_groups
from desktop.documents.printing.printable import FormValue
from desktop.domain.evidence.court_handover import CourtHandoverFacts, HandedItem
from desktop.domain.text.table_cells import harmless
from desktop.domain.time.clock import from_wire
from desktop.services.evidence.court_handover_list import moment

_COLUMNS: Final = (
    "number", "path", "name", "size", "media_type", "sha256", "sm3", "md5", "method", "source", "added_at", "added_by",
    "modified_at", "holder", "device", "category", "taken_at", "second", "alone", "witness", "no_witness", "original",
)  # fmt: skip
"""Of how an item was obtained as much as its list on paper has; ``list.json`` has all of it."""


def court_handover_table(facts: CourtHandoverFacts, texts: FormTexts) -> bytes:
    """``list.csv`` in UTF-8 with a mark, so that a spreadsheet reads Chinese. What a spreadsheet would take for a
    formula has an apostrophe before it (OWASP, CSV injection)."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(texts.text(f"hand_over.column.{name}") for name in _COLUMNS)
    for item in facts.items:
        row = _table_row(item, texts)
        writer.writerow([harmless(row[name]) for name in _COLUMNS])
    return target.getvalue().encode("utf-8-sig", "replace")


def _table_row(item: HandedItem, texts: FormTexts) -> dict[str, str]:
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
        "method": texts.name("method", evidence.method.value),
        "source": evidence.source,
        "added_at": moment(evidence.added_at),
        "added_by": evidence.added_by,
        "modified_at": moment(from_wire(evidence.modified_at)) if evidence.modified_at else "",
        "holder": record.holder,
        "device": record.device,
        "category": texts.name("category", record.category),
        "taken_at": moment(record.taken_at) if record.taken_at is not None else "",
        "second": record.second,
        "alone": record.alone,
        "witness": record.witness,
        "no_witness": record.no_witness,
        "original": record.original,
    }


def court_handover_list(facts: CourtHandoverFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``court_handover_list.typ`` prints. Digests in upper-case groups of eight."""
    size = sum(item.fixed.size for item in facts.items)
    people = [texts.person(number, name) for number, name in facts.officers]
    heads = texts.frame(texts.text("form.hand_over_list"), at) | corner_mark(facts.case_number)
    return heads | {
        "local_number": facts.case_number,
        "official_number": facts.official_number,
        "unit": facts.unit_name,
        "made_at": texts.second(facts.made_at),
        "receiver": facts.receiver,
        "reason": facts.reason,
        "fingerprint": facts.fingerprint,
        "verifier": in_groups(facts.verifier),
        "id": facts.id,
        "count": len(facts.items),
        "size": f"{size:,}",
        "rows": [_row(item, texts) for item in facts.items],
        "officers": [*people, *[""] * (2 - len(people))],
        "note": texts.text("hand_over.note"),
    }


def _row(item: HandedItem, texts: FormTexts) -> FormValue:
    evidence, fixed = item.evidence, item.fixed
    return {
        "number": item.number,
        "name": evidence.name,
        "path": fixed.path,
        "size": f"{fixed.size:,}",
        "type": evidence.media_type,
        "method": texts.name("method", evidence.method.value),
        "source": evidence.source,
        "holder": evidence.record.holder,
        "device": evidence.record.device,
        "time": texts.minute(evidence.added_at),
        "sha256": in_groups(fixed.sha256),
        "sm3": in_groups(fixed.sm3),
        "md5": in_groups(fixed.md5),
    }
