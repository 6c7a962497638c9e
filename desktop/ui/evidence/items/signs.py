"""The icon of each sort of evidence."""

from __future__ import annotations

from desktop.ui.evidence.items.kinds import EvidenceSort

SIGNS: dict[EvidenceSort, str] = {
    EvidenceSort.PICTURE: "image",
    EvidenceSort.AUDIO: "audio",
    EvidenceSort.VIDEO: "video",
    EvidenceSort.TABLE: "table",
    EvidenceSort.BOOK: "table",
    EvidenceSort.TEXT: "text",
    EvidenceSort.PDF: "pdf",
    EvidenceSort.APP: "app",
    EvidenceSort.ARCHIVE: "archive",
    EvidenceSort.OTHER: "file",
}
