"""The list of what was handed over, for programs (JSON) and spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Final

from desktop.domain.clock import to_wire
from desktop.domain.evidence_record import RECORD
from desktop.domain.fields import Json
from desktop.domain.hand_over import HandedItem, HandOverFacts
from desktop.domain.local_time import CHINA
from desktop.domain.record_fields import flat

FORMAT: Final = "fanzha-hand-over"
_VERSION: Final = 1
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_TOLD: Final = (
    "holder",
    "device",
    "category",
    "taken_at",
    "second",
    "alone",
    "witness",
    "no_witness",
    "original",
)
"""What was recorded of how an item was obtained, as far as a column of the list has it; the JSON has all of it."""
_COLUMNS: Final = (
    "number", "path", "name", "size", "media_type", "sha256", "sm3", "md5", "method", "source",
    "added_at", "added_by", "modified_at", *_TOLD,
)  # fmt: skip


def json_list(facts: HandOverFacts) -> bytes:
    """``list.json``: names and texts exactly as they were recorded."""
    document: dict[str, Json] = {
        "format": FORMAT,
        "version": _VERSION,
        "id": facts.id,
        "made_at": to_wire(facts.made_at),
        "unit": {"code": facts.unit_code, "name": facts.unit_name},
        "fingerprint": facts.fingerprint,
        "officers": [{"number": number, "name": name} for number, name in facts.officers],
        "case": {"number": facts.case_number, "official_number": facts.official_number},
        "receiver": facts.receiver,
        "reason": facts.reason,
        "verifier_sha256": facts.verifier,
        "items": [_item(item) for item in facts.items],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def csv_list(facts: HandOverFacts) -> bytes:
    """``list.csv`` in UTF-8 with a mark, so that a spreadsheet reads Chinese. What a spreadsheet would take for a
    formula has an apostrophe before it (OWASP, CSV injection)."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(_COLUMNS)
    for item in facts.items:
        row = {**_recorded(item), **_item(item)}
        writer.writerow([_plain(str(row.get(column, ""))) for column in _COLUMNS])
    return target.getvalue().encode("utf-8-sig", "replace")


def moment(at: datetime) -> str:
    """``2026-11-24 10:31:20 +08:00``, legal time of China."""
    return at.astimezone(CHINA).isoformat(" ", "seconds").replace("+", " +")


def _plain(cell: str) -> str:
    text = cell.replace("\x00", "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _item(item: HandedItem) -> dict[str, Json]:
    evidence, fixed = item.evidence, item.fixed
    fields: dict[str, Json] = {
        "number": item.number,
        "path": fixed.path,
        "name": evidence.name,
        "size": fixed.size,
        "media_type": evidence.media_type,
        "sha256": fixed.sha256,
        "sm3": fixed.sm3,
        "method": evidence.method.value,
        "source": evidence.source,
        "added_at": to_wire(evidence.added_at),
        "added_by": evidence.added_by,
        "modified_at": evidence.modified_at,
        "evidence": evidence.id,
    }
    if fixed.md5:
        fields["md5"] = fixed.md5
    told = _recorded(item)
    return {**fields, "record": told} if told else fields


def _recorded(item: HandedItem) -> dict[str, Json]:
    """What is known of how it was obtained; names of subjects within our case stay out."""
    told = flat(item.evidence.record, RECORD)
    names = {name.removeprefix(f"{RECORD}."): value for name, value in told.items() if value}
    return {name: value for name, value in names.items() if name != "proves"}
