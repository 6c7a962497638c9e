"""Evidence: what it is, where it came from, and the digests that tie it to its blob in the vault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.evidence.record import (
    NOT_RECORDED,
    EvidenceRecord,
    record_changes,
    record_from_fields,
)
from desktop.domain.ids import EvidenceId
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import COUNT, LONG_TEXT, NAME, TIME, one_of
from desktop.domain.records.fields import Fields


class AcquisitionMethod(StrEnum):
    """How the data came to us (法发〔2016〕22号; 公安机关办理刑事案件程序规定 Art. 66)."""

    PROVIDED = "provided"
    """接受：提供人提交。"""
    COPIED = "copied"
    """复制。"""
    PHOTOGRAPHED = "photographed"
    """拍照固定。"""
    SCREENSHOT = "screenshot"
    """截屏固定。"""
    FILMED = "filmed"
    """录像固定。"""
    PRINTED = "printed"
    """打印固定。"""
    EXTRACTED = "extracted"
    """现场提取。"""
    ONLINE = "online"
    """网络在线提取。"""
    SEIZED = "seized"
    """扣押、封存原始存储介质。"""
    FROZEN = "frozen"
    """冻结电子数据。"""
    REQUESTED = "requested"
    """调取。"""


_ACCEPTED: Final = frozenset(
    {AcquisitionMethod.PROVIDED, AcquisitionMethod.REQUESTED, AcquisitionMethod.FROZEN}
)
"""Nothing was collected or extracted by officers before a witness."""
_HANDED_IN: Final = frozenset(
    {AcquisitionMethod.PROVIDED, AcquisitionMethod.COPIED, AcquisitionMethod.SEIZED}
)
HELD_ELSEWHERE: Final = frozenset(
    {AcquisitionMethod.ONLINE, AcquisitionMethod.REQUESTED, AcquisitionMethod.FROZEN}
)
"""The original stays where others keep it."""


def wants_witness(method: AcquisitionMethod) -> bool:
    """Whether somebody saw it taken, or a reason why nobody did is noted (法发〔2016〕22号第十五条)."""
    return method not in _ACCEPTED


def wants_reason(method: AcquisitionMethod) -> bool:
    """Whether it is noted why the original medium was not seized (程序规定第六十六条)."""
    seized = method is AcquisitionMethod.SEIZED or method is AcquisitionMethod.PROVIDED
    return not seized and method not in HELD_ELSEWHERE


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """One immutable content in the vault. ``size`` in bytes; digests in lower-case hex."""

    sha256: str
    size: int
    new: bool
    sm3: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts of subject ``evidence/<id>``. ``name`` is the file's name as it was given to us."""

    id: EvidenceId
    name: str
    size: int
    sha256: str
    sm3: str
    source: str
    method: AcquisitionMethod
    media_type: str
    added_at: datetime
    added_by: str
    modified_at: str = ""
    md5: str = ""
    """Only where a unit's form asks for it, beside the others and never alone: it proves nothing by itself."""
    record: EvidenceRecord = NOT_RECORDED

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``evidence/<id>``; ``sm3`` may follow in a later entry."""
        record = record_changes(NOT_RECORDED, self.record)
        return {"case": case, **EVIDENCE_FIELDS.to_fields(self), **record}


def handed_in(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Of the items those that somebody handed over, as 接受证据材料清单 lists them: no photographs, nothing that
    officers extracted or asked others for."""
    return tuple(item for item in items if item.method in _HANDED_IN)


EVIDENCE_FIELDS: Final = FieldTable(
    Evidence,
    (
        FieldRow("name"),
        FieldRow("size", COUNT),
        FieldRow("sha256", NAME),
        FieldRow("sm3", sparse=True),
        FieldRow("md5", named="evidence.facts.md5", later=True),
        FieldRow("source", LONG_TEXT),
        FieldRow("method", one_of(AcquisitionMethod, AcquisitionMethod.PROVIDED), codes="case.method"),
        FieldRow("media_type"),
        FieldRow("added_at", TIME),
        FieldRow("added_by"),
        FieldRow("modified_at"),
    ),
)  # fmt: skip


def evidence_from_fields(evidence_id: str, fields: Fields) -> Evidence:
    """The item behind ``evidence/<id>``."""
    record = record_from_fields(fields)
    return EVIDENCE_FIELDS.from_fields(fields, id=EvidenceId(evidence_id), record=record)
