"""What a crash left is swept by the first officer who gets in, however many wrong passwords came before."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import UserInputError
from tests.support.installations import OFFICER, PASSWORD, make_desk


def test_a_wrong_password_after_a_crash_does_not_save_the_leftovers(quick_folder: Path) -> None:
    installation = make_desk(quick_folder / "desk")
    installation.paths.lock.write_bytes(b'{"pid": 1}')  # what a killed process leaves
    installation.sign_in(OFFICER, PASSWORD)
    blob = b"x" * 100
    desk = installation._desk
    assert desk is not None
    stored = desk.vault.store_bytes(blob)
    installation.close()
    installation.paths.lock.write_bytes(b'{"pid": 1}')
    with pytest.raises(UserInputError):
        installation.sign_in(OFFICER, "wrong")
    swept = installation.sign_in(OFFICER, PASSWORD)
    assert not swept.vault.has(stored.sha256), "a blob that no record names"
    installation.close()
    assert installation.paths.lock.read_bytes() == b""
