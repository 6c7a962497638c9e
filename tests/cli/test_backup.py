"""Backups by commands alone: made, tried with the password and with the printed code, and not restored by trying."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock


def test_a_backup_is_tried_and_nothing_is_restored(clock: HandClock, tmp_path: Path) -> None:
    assert clock
    station, made = make_station(tmp_path / "station")
    code, other = tmp_path / "code", tmp_path / "other"
    code.write_text(made["recovery_code"] + "\n", "utf-8")
    other.write_text("not the code\n", "utf-8")
    backup = station.json("backup", "--to", tmp_path / "stick")["file"]
    by_password = station.json("restore", backup, "--try")
    by_code = station.json("restore", backup, "--try-code", code)
    assert (by_password["by_code"], by_code["by_code"]) == (False, True)
    assert by_password["entries"] == by_code["entries"] > 0
    station.refused("drill.wrong_secret", "restore", backup, "--try-code", other)
    assert station.say("restore", backup, "--try", "--try-code", code).status == 2
    nowhere = Terminal(tmp_path / "nowhere")
    assert nowhere.say("restore", backup, "--try").status == 1
    assert not (tmp_path / "nowhere" / "keys.json").exists()
