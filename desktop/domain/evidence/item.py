"""Evidence: what it is, where it came from, and the digests that tie it to its blob in the vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.clock import from_wire, to_wire
from desktop.domain.evidence.record import (
    NOT_RECORDED,
    EvidenceRecord,
    record_changes,
    record_from_fields,
)
from desktop.domain.fields import Fields, Json, number, text
from desktop.domain.ids import EvidenceId


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
        fields: dict[str, Json] = {
            "case": case,
            "name": self.name,
            "size": self.size,
            "sha256": self.sha256,
            "source": self.source,
            "method": self.method.value,
            "media_type": self.media_type,
            "added_at": to_wire(self.added_at),
            "added_by": self.added_by,
            "modified_at": self.modified_at,
        }
        if self.sm3:
            fields["sm3"] = self.sm3
        return {**fields, **record_changes(NOT_RECORDED, self.record)}


def evidence_from_fields(evidence_id: str, fields: Fields) -> Evidence:
    """The item behind ``evidence/<id>``."""
    return Evidence(
        id=EvidenceId(evidence_id),
        name=text(fields, "name"),
        size=number(fields, "size"),
        sha256=text(fields, "sha256"),
        sm3=text(fields, "sm3"),
        source=text(fields, "source"),
        method=AcquisitionMethod(text(fields, "method") or AcquisitionMethod.PROVIDED),
        media_type=text(fields, "media_type"),
        added_at=from_wire(text(fields, "added_at")),
        added_by=text(fields, "added_by"),
        modified_at=text(fields, "modified_at"),
        md5=text(fields, "md5"),
        record=record_from_fields(fields),
    )
