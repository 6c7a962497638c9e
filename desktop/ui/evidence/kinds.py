"""What sort of thing an evidence item is, judged by its name: enough to pick an icon and a way to show it.

The judgement only chooses where to start. What is really inside is found out when the content is read, with
limits, because a name is whatever its sender wrote.
"""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath


class Kind(Enum):
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


GROUNDS: dict[Kind, str] = {
    Kind.PICTURE: "thumb_image",
    Kind.AUDIO: "thumb_audio",
    Kind.VIDEO: "thumb_audio",
    Kind.TABLE: "thumb_table",
    Kind.BOOK: "thumb_table",
    Kind.TEXT: "thumb_receipt",
    Kind.PDF: "thumb_document",
    Kind.APP: "thumb_app",
    Kind.ARCHIVE: "thumb_code",
    Kind.OTHER: "thumb_document",
}
"""Colour token behind the sign of each sort."""

_SUFFIXES: dict[Kind, str] = {
    Kind.PICTURE: "png jpg jpeg jfif gif bmp webp tif tiff heic heif",
    Kind.AUDIO: "m4a mp3 wav amr aac ogg opus flac silk wma",
    Kind.VIDEO: "mp4 mov avi mkv 3gp webm wmv m4v flv",
    Kind.TABLE: "csv tsv",
    Kind.BOOK: "xlsx xls et ods",
    Kind.TEXT: "txt log md docx docm mht mhtml json xml html htm eml vcf srt ini",
    Kind.PDF: "pdf",
    Kind.APP: "apk ipa hap exe msi dmg aab mobileconfig",
    Kind.ARCHIVE: "zip rar 7z tar gz bz2 xz zst",
}
_BY_SUFFIX = {
    f".{suffix}": kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()
}
_BY_MEDIA = {"image": Kind.PICTURE, "audio": Kind.AUDIO, "video": Kind.VIDEO, "text": Kind.TEXT}


def kind_of(name: str, media_type: str) -> Kind:
    """The sort of the item called ``name``; ``media_type`` decides where the suffix says nothing."""
    found = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if found is not None:
        return found
    if media_type == "application/pdf":
        return Kind.PDF
    return _BY_MEDIA.get(media_type.partition("/")[0], Kind.OTHER)
