"""A database that an earlier program left open to others is its owner's again at the next start."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from desktop.storage.store import SqlStore
from tests.support.sessions import KEY, take_seat


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_what_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    seat.session.store.close()
    files = [tmp_path / "desk" / name for name in ("desk.db", "desk.json")]
    for file in files:
        file.chmod(0o644)
    SqlStore.open(files[0], KEY, seat.session.profile, seat.clock).close()
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
