"""What a picture says of itself: camera, time, place, content credentials. Pixels are not looked at."""

from __future__ import annotations

from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.contents.content_credentials import credential_facts
from desktop.readers.contents.exif import exif_facts
from desktop.readers.contents.picture_segments import picture_segments


def read_picture_facts(data: bytes) -> DecodedContents:
    """Facts, perhaps none; never raises."""
    segments = picture_segments(data)
    exif, credentials = exif_facts(segments.exif), credential_facts(segments.jumbf)
    notes = (
        *(() if exif else ("no_exif",)),
        *(("exif_can_be_changed",) if exif else ()),
        *(("c2pa_not_verified",) if credentials else ()),
        *(("heif_decoded",) if is_heif(data[:16]) else ()),
    )
    return DecodedContents(ContentsKind.PICTURE, facts=(*exif, *credentials), notes=notes)
