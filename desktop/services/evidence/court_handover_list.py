"""The list of what was handed over, for programs; that for spreadsheets is a paper of :mod:`desktop.documents`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from desktop.domain.evidence.court_handover import CourtHandoverFacts, HandedItem
from desktop.domain.evidence.record import RECORD
from desktop.domain.records.fields import Json
from desktop.domain.records.record_fields import flat
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import CHINA

FORMAT: Final = "fanzha-hand-over"
_VERSION: Final = 1


def json_list(facts: CourtHandoverFacts) -> bytes:
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


def moment(at: datetime) -> str:
    """``2026-11-24 10:31:20 +08:00``, legal time of China."""
    return at.astimezone(CHINA).isoformat(" ", "seconds").replace("+", " +")


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
    record = recorded(item)
    return {**fields, "record": record} if record else fields


def recorded(item: HandedItem) -> dict[str, Json]:
    """What is known of how it was obtained; names of subjects within our case stay out."""
    values = flat(item.evidence.record, RECORD)
    names = {name.removeprefix(f"{RECORD}."): value for name, value in values.items() if value}
    return {name: value for name, value in names.items() if name != "proves"}
