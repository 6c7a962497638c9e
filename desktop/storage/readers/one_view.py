"""What every query of a reader works on."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.storage.readers.sync_marks import SyncMarks


class OneView:
    """One moment of the database over one connection, as the device of ``profile`` sees it."""

    def __init__(self, connection: Connection, profile: Profile) -> None:
        self._connection = connection
        self._profile = profile
        self._own = profile.device
        self._marks = SyncMarks(
            connection, self._own, is_centre=profile.role is InstallationRole.CENTRE
        )
