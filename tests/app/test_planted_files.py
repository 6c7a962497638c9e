"""What somebody puts where the program keeps its small files leads no writing elsewhere and keeps nobody out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.journal.kinds import FILE_CHANGE_FOUND
from tests.support.installations import OFFICER, PASSWORD, make_desk

PRECIOUS = "precious"
NAMES = (
    "instance.lock", "keys.json.lock", "restored", "settings.toml", "profile.toml", "desk.json", "program-version",
    "before-upgrade", "desk.db-wal", "desk.db-shm",
)  # fmt: skip


def _link(file: Path) -> None:
    file.symlink_to(file.parent.parent / "elsewhere")


KINDS: dict[str, Callable[[Path], object]] = {
    "link": _link,
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "garbage": lambda file: file.write_bytes(b"\xff\x00 nothing"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_small_file_of_the_program_is_planted(tmp_path: Path, name: str, kind: str) -> None:
    session = make_desk(tmp_path / "desk")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(PRECIOUS, "utf-8")
    file = session.paths.root / name
    file.unlink(missing_ok=True)
    KINDS[kind](file)
    if name != "program-version":
        session.paths.version.unlink()  # as if these data were of an earlier version
    session.sign_in(OFFICER, PASSWORD)
    session.close()
    assert elsewhere.read_text("utf-8") == PRECIOUS
    assert "backup.restored" not in [warning.code for warning in session.warnings]
    again = Installation(session.paths.root, session.machine)
    again.sign_in(OFFICER, PASSWORD)
    again.close()


@pytest.mark.parametrize("folder", ["forms", "scripts", "rules"])
def test_a_folder_of_the_unit_leads_elsewhere(tmp_path: Path, folder: str) -> None:
    session = make_desk(tmp_path / "desk")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "phrases.toml").write_text(PRECIOUS, "utf-8")
    (session.paths.root / folder).symlink_to(elsewhere)
    session.sign_in(OFFICER, PASSWORD)
    assert session.files.changes == ()
    session.close()


def test_thousands_of_files_are_named_as_one(tmp_path: Path) -> None:
    session = make_desk(tmp_path / "desk")
    folder = session.paths.root / "scripts"
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number:04}.toml").write_text("x = 1", "utf-8")
    found = session.sign_in(OFFICER, PASSWORD)
    assert len(session.files.changes) == 201
    assert session.files.changes[-1].reason == "too_many"
    assert len(str(session.files.warnings[0].params["files"])) < 300
    with found.store.read() as reader:
        last = reader.heads()[found.profile.device]
        entries = reader.entries(found.profile.device, 1, last)
        assert sum(entry.kind == FILE_CHANGE_FOUND for entry in entries) == 201
    session.close()
    shutil.rmtree(folder)
    session.sign_in(OFFICER, PASSWORD)
    assert session.files.changes == ()
    session.close()
