"""What sort of thing an evidence item is, judged by its name: enough to pick an icon and a way to show it.

The judgement only chooses where to start. What is really inside is found out when the content is read, with
limits, because a name is whatever its sender wrote.
"""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath


class EvidenceSort(Enum):
    """Sorts of evidence. The value names the catalogue text ``evidence.kind.<value>``."""

    PICTURE = "picture"
    AUDIO = "audio"
    VIDEO = "video"
    TABLE = "table"
    BOOK = "book"
    TEXT = "text"
    PDF = "pdf"
    APP = "app"
    ARCHIVE = "archive"
    OTHER = "other"


GROUNDS: dict[EvidenceSort, str] = {
    EvidenceSort.PICTURE: "thumb_image",
    EvidenceSort.AUDIO: "thumb_audio",
    EvidenceSort.VIDEO: "thumb_audio",
    EvidenceSort.TABLE: "thumb_table",
    EvidenceSort.BOOK: "thumb_table",
    EvidenceSort.TEXT: "thumb_receipt",
    EvidenceSort.PDF: "thumb_document",
    EvidenceSort.APP: "thumb_app",
    EvidenceSort.ARCHIVE: "thumb_code",
    EvidenceSort.OTHER: "thumb_document",
}
"""Colour token behind the sign of each sort."""

_SUFFIXES: dict[EvidenceSort, str] = {
    EvidenceSort.PICTURE: "png jpg jpeg jfif gif bmp webp tif tiff heic heif",
    EvidenceSort.AUDIO: "m4a mp3 wav amr aac ogg opus flac silk wma",
    EvidenceSort.VIDEO: "mp4 mov avi mkv 3gp webm wmv m4v flv",
    EvidenceSort.TABLE: "csv tsv",
    EvidenceSort.BOOK: "xlsx xls et ods",
    EvidenceSort.TEXT: "txt log md docx docm mht mhtml json xml html htm eml vcf srt ini",
    EvidenceSort.PDF: "pdf",
    EvidenceSort.APP: "apk ipa hap exe msi dmg aab mobileconfig",
    EvidenceSort.ARCHIVE: "zip rar 7z tar gz bz2 xz zst",
}
_BY_SUFFIX = {
    f".{suffix}": kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()
}
_BY_MEDIA = {
    "image": EvidenceSort.PICTURE,
    "audio": EvidenceSort.AUDIO,
    "video": EvidenceSort.VIDEO,
    "text": EvidenceSort.TEXT,
}


def kind_of(name: str, media_type: str) -> EvidenceSort:
    """The sort of the item called ``name``; ``media_type`` decides where the suffix says nothing."""
    found = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if found is not None:
        return found
    if media_type == "application/pdf":
        return EvidenceSort.PDF
    return _BY_MEDIA.get(media_type.partition("/")[0], EvidenceSort.OTHER)
