"""The directory of an archive: names and sizes. Nothing is unpacked."""

from __future__ import annotations

import zipfile
from typing import Final

from desktop.domain.evidence.contents import ContentsKind, ContentsTable, DecodedContents, Fact
from desktop.readers.contents.zip_bounds import open_zip, shown_name

_SHOWN: Final = 5000
_ENCRYPTED: Final = 1


def read_archive(data: bytes) -> DecodedContents:
    """Raises ``ContentsRefused``: ``damaged``, ``bomb``."""
    members = open_zip(data).infolist()
    locked = any(member.flag_bits & _ENCRYPTED for member in members)
    facts = (
        Fact("members", str(sum(1 for member in members if not member.is_dir()))),
        Fact("unpacked", str(sum(member.file_size for member in members))),
    )
    listing = ContentsTable(
        "",
        tuple(_row(member) for member in members[:_SHOWN]),
        4,
        cut=len(members) > _SHOWN,
        title="members",
        heads=("name", "size", "modified", "locked"),
    )
    notes = ("not_unpacked", *(("archive_locked",) if locked else ()))
    return DecodedContents(ContentsKind.ARCHIVE, facts=facts, sheets=(listing,), notes=notes)


def _row(member: zipfile.ZipInfo) -> tuple[str, ...]:
    year, month, day, hour, minute, _second = member.date_time
    return (
        shown_name(member),
        str(member.file_size),
        f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}",
        "✓" if member.flag_bits & _ENCRYPTED else "",
    )
