"""The codes of urgent slips in photos, scans and faxes."""

from __future__ import annotations

from desktop.domain.errors import TrustError
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.domain.installation.officer import Permission
from desktop.readers.heif.photo_reader import PhotoReader
from desktop.services.session import Session


def scan(session: Session, picture: bytes) -> tuple[bytes, ...]:
    """What the codes in a photo, a scan or a fax say.

    Raises:
        TrustError: ``slip.not_found``. UserInputError: ``picture.unknown``, ``picture.too_large``, ``picture.heif``.
    """
    session.require(Permission.DISPATCH)
    found = session.slips.scan(_readable(picture))
    if not found:
        raise TrustError("slip.not_found")
    return found


def _readable(picture: bytes) -> bytes:
    """The photograph of an iPhone as a PNG; any other picture as it is."""
    if not is_heif(picture[:16]):
        return picture
    reader = PhotoReader()
    try:
        return reader.png(picture)
    finally:
        reader.close()
