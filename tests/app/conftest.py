"""Windows are tested on the offscreen platform."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.support.seat_fixtures import centre, centre_seat, seat, session, tmp_path
from tests.support.waiting_helpers import waiting_helpers
from tests.ui.conftest import kit, theme

__all__ = [
    "centre",
    "centre_seat",
    "kit",
    "seat",
    "session",
    "theme",
    "tmp_path",
    "waiting_helpers",
]
