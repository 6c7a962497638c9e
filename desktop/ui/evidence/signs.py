"""The icon of each sort of evidence."""

from __future__ import annotations

from desktop.ui.evidence.kinds import Kind

SIGNS: dict[Kind, str] = {
    Kind.PICTURE: "image",
    Kind.AUDIO: "audio",
    Kind.VIDEO: "video",
    Kind.TABLE: "table",
    Kind.BOOK: "table",
    Kind.TEXT: "text",
    Kind.PDF: "pdf",
    Kind.APP: "app",
    Kind.ARCHIVE: "archive",
    Kind.OTHER: "file",
}
