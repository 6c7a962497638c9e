"""What services need from the world. Adapters implement these; tests bring fakes."""

from __future__ import annotations

from desktop.services.ports.exchange import Exchange, OpenedSlip, VolumeSink
from desktop.services.ports.papers import BundleSummary, FormInfo, Papers, Pdf
from desktop.services.ports.store import Applied, Reader, Store, Transaction
from desktop.services.ports.vault import BlobWriter, Vault

__all__ = [
    "Applied",
    "BlobWriter",
    "BundleSummary",
    "Exchange",
    "FormInfo",
    "OpenedSlip",
    "Papers",
    "Pdf",
    "Reader",
    "Store",
    "Transaction",
    "Vault",
    "VolumeSink",
]
