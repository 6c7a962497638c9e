"""What was recorded of an item of evidence, in the words of the history."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from desktop.domain.clock import from_wire
from desktop.domain.evidence.guide import EvidenceGuide
from desktop.domain.evidence.record import RECORD, EvidenceRecord
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local

RECORD_FIELDS: Final = frozenset(f"{RECORD}.{item.name}" for item in fields(EvidenceRecord))
_OF_CUSTODY: Final = {
    "what": "custody.what",
    "by": "custody.field.by",
    "second": "evidence_record.field.second",
    "alone": "evidence_record.field.alone",
    "holder": "custody.holder",
    "photos": "custody.seal.photos",
    "opened_at": "custody.open.at",
    "opened_by": "custody.field.opened_by",
    "opened_second": "evidence_record.field.second",
    "opened_reason": "custody.open.reason",
    "opened_state": "custody.state",
    "opened_photos": "custody.open.photos",
    "opened_alone": "custody.field.opened_alone",
    "seconded_at": "custody.field.seconded_at",
    "opened_seconded_at": "custody.field.opened_seconded_at",
    "giver": "custody.field.giver",
    "giver_unit": "custody.field.giver_unit",
    "taker": "custody.pass.taker",
    "taker_unit": "custody.pass.unit",
    "place": "custody.pass.place",
    "checked": "custody.field.checked",
    "signed_at": "custody.field.signed_at",
    "md5": "evidence.facts.md5",
}
"""Fields of seals and passings, and their names."""
TYING: Final = frozenset({"items", "previous"})
"""What only ties a seal or a passing to the items and the seal before."""
_TIMES: Final = frozenset(
    {"taken_at", "seconded_at", "opened_seconded_at", "opened_at", "signed_at"}
)
CATEGORIES: Final = ("platform", "communication", "records", "file", "device", "paper")


def record_key(field: str) -> str:
    """The catalogue key of the field's name; empty for a field of something else."""
    if field in RECORD_FIELDS:
        return f"evidence_record.field.{_part(field)}"
    return _OF_CUSTODY.get(field, "")


def record_value(kit: Kit, guide: EvidenceGuide, field: str, text: str) -> str:
    """A value as a person reads it; a code of another version of the guide stays the code it is."""
    part = _part(field)
    answer = guide.answer(part, text)
    if answer is not None:
        return answer.text(kit.texts.language)
    if part == "category" and text in CATEGORIES:
        return kit.texts.text(f"evidence_record.category.{text}")
    if part in _TIMES:
        return _time(kit, text)
    return str(text.count("/")) if part == "proves" else text


def _time(kit: Kit, text: str) -> str:
    try:
        return show_local(from_wire(text), kit.zone)
    except ValueError:
        return text


def _part(field: str) -> str:
    return field.removeprefix(f"{RECORD}.")
