"""A centre's database on a server, by commands alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.app.profile.profile_file import read_profile
from desktop.storage.database.server_address import ServerAddress
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock
from tests.support.databases import Databases, some_databases


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Databases]:
    with some_databases("postgresql", tmp_path) as found:
        yield found


def address(server: Databases, name: str, patch: pytest.MonkeyPatch) -> str:
    place = server.place(name)
    assert isinstance(place, ServerAddress)
    patch.setenv("FANZHA_DB_PASSWORD", place.password)
    return place.text


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_what_is_wrong_with_an_address_is_said_before_anything_is_made(
    clock: HandClock, tmp_path: Path, lang: str
) -> None:
    assert clock
    centre = Terminal(tmp_path / "centre")
    for url, code in (
        ("desk.db", "database.address"),
        ("postgresql://fanzha:geheim@localhost/fanzha", "database.address_password"),
        ("postgresql://fanzha@db.city/fanzha?sslmode=require", "database.address_unsafe"),
    ):
        said = centre.say("centre", "init", "--officer", "620001", "--db", url, lang=lang)
        assert (said.status, said.out) == (1, ""), code
        assert "geheim" not in said.err
        assert ("地址" in said.err or "连接" in said.err) == (lang == "zh_CN"), code
    assert not (tmp_path / "centre" / "keys.json").exists()


def test_a_centre_begins_on_a_server_or_moves_there(
    clock: HandClock, server: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clock
    first = Terminal(tmp_path / "first")
    url = address(server, "first", monkeypatch)
    made = first.json("centre", "init", "--officer", "620001", "--db", url)
    assert made["recovery_code"]
    assert first.json("verify")["ok"]
    assert first.json("centre", "inbox") == {
        "stations": [],
        "quarantine": [],
        "slips_alone": [],
    }
    second = Terminal(tmp_path / "second")
    second.json("centre", "init", "--officer", "620001")
    second.refused("database.server_other", "centre", "database", "--db", url)
    other = address(server, "second", monkeypatch)
    assert second.json("centre", "database", "--db", other) == {"ok": True, "filled": True}
    assert second.json("verify")["ok"]
    assert second.json("centre", "database", "--db", other) == {"ok": True, "filled": False}


def test_several_processes_are_for_a_centre_on_a_server(
    clock: HandClock, server: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own password goes to them; what is no bundle is refused by each as by one."""
    assert clock
    stray = tmp_path / "fanzha-620102540000-A-000001-1of1.fzb"
    stray.write_bytes(b"no bundle")
    on_file, on_server = Terminal(tmp_path / "file"), Terminal(tmp_path / "server")
    on_file.json("centre", "init", "--officer", "620001")
    take = ("centre", "ingest", str(stray), "--processes")
    on_file.refused("centre.processes_need_server", *take, "2")
    url = address(server, "centre", monkeypatch)
    on_server.json("centre", "init", "--officer", "620001", "--db", url)
    on_server.refused("centre.processes", *take, "0")
    by_two, by_one = (on_server.say("--json", *take, number) for number in ("2", "1"))
    assert by_two.status == by_one.status == 1
    assert "bundle.not_a_bundle" in by_two.out
    assert by_two.out == by_one.out


def test_a_restored_centre_is_asked_to_begin_its_streams_anew(
    clock: HandClock, tmp_path: Path
) -> None:
    assert clock
    before, after = Terminal(tmp_path / "before"), Terminal(tmp_path / "after")
    before.json("centre", "init", "--officer", "620001")
    copies = tmp_path / "copies"
    copies.mkdir()
    before.json("backup", "--to", str(copies))
    (file,) = copies.glob("*.fzbackup")
    after.json("restore", str(file))
    assert "fanzha centre renew" in after.say("centre", "inbox").err
    assert after.json("centre", "renew") == {"ok": True}
    assert read_profile(tmp_path / "after").renewed == f"{clock.now():%Y%m%d%H%M%S}"
    assert after.json("verify")["ok"]
    assert after.json("centre", "renew") == {"ok": True}
    assert after.json("verify")["ok"]
