"""The file that says what an installation is: read back as written, and refused where it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.profile.profile_file import profile_of, profile_text, read_profile, write_profile
from desktop.domain.errors import WorldError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.bound_files import PROFILE
from desktop.domain.installation.profile import InstallationRole, Profile

STATION = Profile(
    InstallationRole.DESK,
    "620102540000",
    "张掖路派出所",
    "A",
    DeviceId("7QK2M9XD41TCZP8A0000AB3DXYZ98765"),
)
TEXT = profile_text(STATION)


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    write_profile(tmp_path, STATION)
    assert read_profile(tmp_path) == STATION
    assert (tmp_path / PROFILE).read_text("utf-8") == TEXT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('role = "desk"', 'role = "prefecture"'), ('unit_code = "620102540000"', "unit_code = 620102540000"),
        ('device_letter = "A"', 'device_letter = "AB"'), ("version = ", 'version = "x" # '), ("unit_name", "name"),
        ("version", "[version"),
    ],
)  # fmt: skip
def test_what_it_can_not_say_is_damage(before: str, after: str) -> None:
    assert before in TEXT
    with pytest.raises(WorldError, match=r"^profile\.damaged$"):
        profile_of(TEXT.replace(before, after, 1))


def test_that_of_a_later_program_waits_for_it() -> None:
    with pytest.raises(WorldError, match=r"^profile\.newer$"):
        profile_of(TEXT.replace("version = ", "version = 9", 1))


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"^profile\.missing$"):
        read_profile(tmp_path)
