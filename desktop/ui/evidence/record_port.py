"""What the record of evidence asks of the desk. ``DeskRecords`` answers with the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.evidence import Evidence
from desktop.domain.evidence_guide import EvidenceGuide
from desktop.domain.ids import EvidenceId
from desktop.services.record_evidence import TypedRecord


@dataclass(frozen=True, slots=True)
class Provable:
    """Something of the case an item can prove: a payment, or a lead."""

    subject: str
    number: int = 0
    amount: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordStart:
    """What the dialog begins with. ``titles``: form → what it is called. ``may_draft``: whether papers can be begun."""

    item: Evidence
    items: tuple[Evidence, ...]
    typed: TypedRecord
    provable: tuple[Provable, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    may_draft: bool = False


class RecordPort(Protocol):
    """The records of the evidence of one case. All but ``guide`` may be slow and may raise ``AppError``."""

    @property
    def guide(self) -> EvidenceGuide:
        """The four questions, the ways they lead to, and the court's list; never slow."""
        ...

    def start_record(self, evidence: EvidenceId) -> RecordStart:
        """What the record of an item most likely says."""
        ...

    def record(
        self, items: Sequence[EvidenceId], typed: TypedRecord, drafts: Sequence[str]
    ) -> None:
        """Record the same of each item, and begin these papers."""
        ...
