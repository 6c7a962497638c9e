"""What services need from the world. Adapters implement these; tests bring fakes."""

from __future__ import annotations

from desktop.services.ports.database.board_rows import (
    BoardCounts,
    BoardList,
    BoardOnly,
    BoardOrder,
    BoardPlace,
    CardClocks,
    ReckonedCard,
)
from desktop.services.ports.database.clock_rows import (
    NOTHING_COUNTED,
    CountedSpans,
    OrderCounts,
    OrderPlace,
    ReckonedClock,
    ReckonedOrder,
)
from desktop.services.ports.database.reader import Reader
from desktop.services.ports.database.reckoned_rows import Arrears, Basis, ReckonedCases
from desktop.services.ports.database.store import (
    Applied,
    RefusedEntry,
    Store,
    Transaction,
    all_applied,
)
from desktop.services.ports.exchange.cards import Cards
from desktop.services.ports.exchange.signed_files import SignedFiles
from desktop.services.ports.exchange.slips import OpenedSlip, Slips
from desktop.services.ports.exchange.vault import BlobWriter, Vault
from desktop.services.ports.exchange.volumes import VolumeContents, Volumes, VolumeSink
from desktop.services.ports.printing.desk_sheets import BundleSummary, DeskSheets, SheetFacts
from desktop.services.ports.printing.own_forms import Originals, OwnForms, TrialFacts
from desktop.services.ports.printing.papers import (
    NO_TEXTS,
    FormSpec,
    OnRecord,
    PaperFacts,
    Papers,
    Pdf,
    Template,
)
from desktop.services.ports.printing.sheets import (
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
    RulesSheetFacts,
    StatisticsSheetFacts,
)

__all__ = [
    "NOTHING_COUNTED",
    "NO_TEXTS",
    "Applied",
    "Arrears",
    "Basis",
    "BatchLetterFacts",
    "BlobWriter",
    "BoardCounts",
    "BoardList",
    "BoardOnly",
    "BoardOrder",
    "BoardPlace",
    "BundleSummary",
    "CardClocks",
    "Cards",
    "CentreChangeFacts",
    "CountedSpans",
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
    "OrderCounts",
    "OrderLine",
    "OrderPlace",
    "OrderSheetFacts",
    "Originals",
    "OwnForms",
    "PaperFacts",
    "Papers",
    "Pdf",
    "PeopleSheetFacts",
    "Reader",
    "ReckonedCard",
    "ReckonedCases",
    "ReckonedClock",
    "ReckonedOrder",
    "RefusedEntry",
    "RulesSheetFacts",
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
    "all_applied",
]
