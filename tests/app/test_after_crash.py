"""What a crash left is swept by the first officer who gets in, however many wrong passwords came before."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.runtime.files.atomic_file import _PART
from desktop.vault.layout import VaultLayout
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk


def test_a_wrong_password_after_a_crash_does_not_save_the_leftovers(quick_folder: Path) -> None:
    installation = make_desk(quick_folder / "desk")
    leftover = installation.paths.root / f".settings.json{_PART}"
    leftover.write_bytes(b"half")
    installation.paths.lock.write_bytes(b'{"pid": 1}')  # what a killed process leaves
    with pytest.raises(UserInputError, match=r"^password\.wrong$"):
        installation.sign_in(OFFICER, "wrong")
    assert leftover.exists()
    installation.sign_in(OFFICER, PASSWORD)
    assert not leftover.exists()
    installation.close()
    assert installation.paths.lock.read_bytes() == b""


@pytest.mark.parametrize("name", ["\udcff", "王\n建国", " "])
def test_a_name_nobody_could_print_makes_no_profile(quick_folder: Path, name: str) -> None:
    installation = Installation(quick_folder / "new", machine())
    for unit, officer, code in (
        (name, "王建国", "unit.name"),
        ("张掖路派出所", name, "officer.name"),
    ):
        first = FirstRun(
            InstallationRole.DESK, "620102540000", unit, "A", OFFICER, officer, PASSWORD
        )
        with pytest.raises(UserInputError) as caught:
            installation.create(first)
        assert caught.value.code == code
    assert not installation.exists()


def test_a_sick_disk_that_keeps_leftovers_keeps_nobody_out(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut a folder of the vault may not be readable any more, and somebody stands at the counter."""
    installation = make_desk(quick_folder / "desk")
    installation.paths.lock.write_bytes(b'{"pid": 1}')
    leftover = installation.paths.vault / "tmp" / f"x{_PART}"
    leftover.parent.mkdir(parents=True, exist_ok=True)
    leftover.write_bytes(b"half")
    with monkeypatch.context() as sick:
        sick.setattr(VaultLayout, "leftovers", _fails)
        installation.sign_in(OFFICER, PASSWORD)
        assert [one.code for one in installation.warnings] == ["disk.failed"]
        installation.close()
    installation.sign_in(OFFICER, PASSWORD)
    assert installation.warnings == ()
    assert not leftover.exists(), "tried again"
    installation.close()


def _fails(_layout: VaultLayout) -> tuple[Path, ...]:
    raise WorldError("disk.failed")
