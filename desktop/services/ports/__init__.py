"""What services need from the world. Adapters implement these; tests bring fakes."""

from __future__ import annotations

from desktop.services.ports.exchange import Exchange, OpenedSlip, VolumeContents, VolumeSink
from desktop.services.ports.papers import (
    NO_TEXTS,
    BundleSummary,
    FormSpec,
    OnRecord,
    PaperFacts,
    Papers,
    Pdf,
    Template,
    TrialFacts,
)
from desktop.services.ports.reader import Reader
from desktop.services.ports.sheets import (
    BatchLetterFacts,
    EnquiryGuidanceFacts,
    HandoverCase,
    HandoverClock,
    HandoverFacts,
    HandoverTask,
    MaskedSlipFacts,
    OrderLine,
    OrderSheetFacts,
    PeopleSheetFacts,
    StatisticsSheetFacts,
)
from desktop.services.ports.store import Applied, RefusedEntry, Store, Transaction
from desktop.services.ports.vault import BlobWriter, Vault

__all__ = [
    "NO_TEXTS",
    "Applied",
    "BatchLetterFacts",
    "BlobWriter",
    "BundleSummary",
    "EnquiryGuidanceFacts",
    "Exchange",
    "FormSpec",
    "HandoverCase",
    "HandoverClock",
    "HandoverFacts",
    "HandoverTask",
    "MaskedSlipFacts",
    "OnRecord",
    "OpenedSlip",
    "OrderLine",
    "OrderSheetFacts",
    "PaperFacts",
    "Papers",
    "Pdf",
    "PeopleSheetFacts",
    "Reader",
    "RefusedEntry",
    "StatisticsSheetFacts",
    "Store",
    "Template",
    "Transaction",
    "TrialFacts",
    "Vault",
    "VolumeContents",
    "VolumeSink",
]
