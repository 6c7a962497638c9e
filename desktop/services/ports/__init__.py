"""What services need from the world. Adapters implement these; tests bring fakes."""

from __future__ import annotations

from desktop.services.ports.exchange import Exchange, OpenedSlip, VolumeSink
from desktop.services.ports.papers import BundleSummary, FormInfo, Papers, Pdf
from desktop.services.ports.sheets import (
    EnquiryGuidanceFacts,
    HandoverClock,
    HandoverFacts,
    HandoverTask,
    MaskedSlipFacts,
    OrderLine,
    OrderSheetFacts,
)
from desktop.services.ports.store import Applied, Reader, Store, Transaction
from desktop.services.ports.vault import BlobWriter, Vault

__all__ = [
    "Applied",
    "BlobWriter",
    "BundleSummary",
    "EnquiryGuidanceFacts",
    "Exchange",
    "FormInfo",
    "HandoverClock",
    "HandoverFacts",
    "HandoverTask",
    "MaskedSlipFacts",
    "OpenedSlip",
    "OrderLine",
    "OrderSheetFacts",
    "Papers",
    "Pdf",
    "Reader",
    "Store",
    "Transaction",
    "Vault",
    "VolumeSink",
]
