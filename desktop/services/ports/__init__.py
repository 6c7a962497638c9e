"""What services need from the world. Adapters implement these; tests bring fakes."""

from __future__ import annotations

from desktop.services.ports.cards import Cards
from desktop.services.ports.desk_sheets import BundleSummary, DeskSheets, SheetFacts
from desktop.services.ports.own_forms import OwnForms, TrialFacts
from desktop.services.ports.papers import (
    NO_TEXTS,
    FormSpec,
    OnRecord,
    PaperFacts,
    Papers,
    Pdf,
    Template,
)
from desktop.services.ports.reader import Reader
from desktop.services.ports.sheets import (
    BatchLetterFacts,
    CentreChangeFacts,
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
from desktop.services.ports.signed_files import SignedFiles
from desktop.services.ports.slips import OpenedSlip, Slips
from desktop.services.ports.store import Applied, RefusedEntry, Store, Transaction
from desktop.services.ports.vault import BlobWriter, Vault
from desktop.services.ports.volumes import VolumeContents, Volumes, VolumeSink

__all__ = [
    "NO_TEXTS",
    "Applied",
    "BatchLetterFacts",
    "BlobWriter",
    "BundleSummary",
    "Cards",
    "CentreChangeFacts",
    "DeskSheets",
    "EnquiryGuidanceFacts",
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
    "OwnForms",
    "PaperFacts",
    "Papers",
    "Pdf",
    "PeopleSheetFacts",
    "Reader",
    "RefusedEntry",
    "SheetFacts",
    "SignedFiles",
    "Slips",
    "StatisticsSheetFacts",
    "Store",
    "Template",
    "Transaction",
    "TrialFacts",
    "Vault",
    "VolumeContents",
    "VolumeSink",
    "Volumes",
]
