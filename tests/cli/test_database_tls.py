"""The way to a database server that speaks TLS: what is let through, and each thing that is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.app.profile.database_place import try_place
from desktop.domain.errors import WorldError
from desktop.domain.installation.profile import ServerChoice, server_choice
from tests.cli.terminal import Terminal
from tests.nothing_leaves.calls import spoken_to
from tests.nothing_leaves.watch import watch
from tests.support.clocks import HandClock
from tests.support.forkery import why_not_traced
from tests.support.installations import PASSWORD as ADMINISTRATORS
from tests.support.installations import machine
from tests.support.tls_servers import DATABASE, NAME, PASSWORD, USER, TlsServer, an_authority, tls

__all__ = ["tls"]  # a fixture
_INIT = ("centre", "init", "--officer", "620001")
_SHOWN = {"expired": (-90, -2), "early": (2, 90)}
TROUBLES = {
    "unknown": "database.tls_unknown",
    "name": "database.tls_name",
    "expired": "database.tls_expired",
    "early": "database.tls_early",
    "no_tls": "database.tls_none",
    "no_root": "database.tls_root",
    "root_gone": "database.tls_root",
    "root_broken": "database.tls_root_unreadable",
}
"""What is wrong → what is said of it."""


@pytest.fixture(autouse=True)
def settings(
    clock: HandClock, tls: TlsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clock
    monkeypatch.setenv("FANZHA_DB_PASSWORD", PASSWORD)
    monkeypatch.setenv("HOME", str(tmp_path))  # libpq looks there for a root certificate
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    tls.show()
    tls.empty()


def meet(trouble: str, tls: TlsServer, folder: Path) -> str:
    """Have it go wrong; returns the address to try."""
    broken = folder / "broken.crt"
    broken.write_bytes(b"MIIB no armour around it")
    other = an_authority("Another CA").write(folder / "other.crt")
    roots = {"unknown": other, "root_gone": folder / "gone.crt", "root_broken": broken}
    if trouble in _SHOWN or trouble == "no_tls":
        tls.show(_SHOWN.get(trouble, (-10, 100)), tls=trouble != "no_tls")
    if trouble == "no_root":
        return tls.address()
    host = "other.example" if trouble == "name" else NAME
    return tls.address(host, sslrootcert=roots.get(trouble, tls.root))


def test_a_verified_server_is_worked_with(tls: TlsServer, tmp_path: Path) -> None:
    url = tls.address(sslrootcert=tls.root)
    try_place(ServerChoice(url))
    assert tls.tables() == ""
    centre = Terminal(tmp_path / "centre")
    assert centre.json(*_INIT, "--db", url)["recovery_code"]
    assert centre.json("verify")["ok"]
    assert "entry" in tls.tables().splitlines()


@pytest.mark.skipif(bool(why_not_traced()), reason=why_not_traced() or "traced")
@pytest.mark.timeout(300)
def test_a_centre_speaks_to_its_server_alone(tls: TlsServer, tmp_path: Path) -> None:
    place = tmp_path.resolve()
    centre = Terminal(place / "centre")
    centre.json(*_INIT, "--db", tls.address(sslrootcert=tls.root))
    words = ("--profile", str(centre.profile), "--officer", "620001", "--json", "verify")
    found = watch(
        place, sys.executable, "-m", "desktop", *words, FANZHA_PASSWORD=ADMINISTRATORS,
        PGSSLROOTCERT="", FANZHA_DB_PASSWORD="",
    )  # fmt: skip
    assert '"ok": true' in found.output
    assert spoken_to(found.found, local=True) == {f"127.0.0.1:{tls.port}"}
    assert found.outside() == set()


def test_a_root_certificate_is_found_from_wherever_one_stands_later(
    tls: TlsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = Terminal(tmp_path / "centre")
    monkeypatch.chdir(tls.folder)
    centre.json(*_INIT, "--db", tls.address(sslrootcert="root.crt"))
    monkeypatch.chdir(tmp_path)
    assert centre.json("verify")["ok"]


def test_the_file_moves_to_a_verified_server(tls: TlsServer, tmp_path: Path) -> None:
    centre = Terminal(tmp_path / "centre")
    centre.json(*_INIT)
    url = tls.address(sslrootcert=tls.root)
    assert centre.json("centre", "database", "--db", url) == {"ok": True, "filled": True}
    assert centre.json("verify")["ok"]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_nothing_is_made_and_nothing_lost_where_the_server_does_not_prove_itself(
    tls: TlsServer, tmp_path: Path, trouble: str
) -> None:
    moving, new = Terminal(tmp_path / "moving"), Terminal(tmp_path / "new")
    moving.json(*_INIT)
    url = meet(trouble, tls, tmp_path)
    new.refused(TROUBLES[trouble], *_INIT, "--db", url)
    assert not (new.profile / "keys.json").exists()
    moving.refused(TROUBLES[trouble], "centre", "database", "--db", url)
    assert moving.json("verify")["ok"], "it works with its file as before"
    assert (moving.profile / "desk.db").exists()
    with pytest.raises(WorldError) as caught:
        try_place(ServerChoice(url))
    assert caught.value.code == TROUBLES[trouble]
    assert tls.tables() == ""


def test_a_certificate_that_ran_out_stops_the_centre_until_it_is_renewed(
    tls: TlsServer, tmp_path: Path
) -> None:
    centre = Terminal(tmp_path / "centre")
    centre.json(*_INIT, "--db", tls.address(sslrootcert=tls.root))
    tls.show((-90, -2))
    centre.refused("database.tls_expired", "verify")
    tls.show()
    assert centre.json("verify")["ok"]


def test_an_encrypted_line_that_breaks_off_is_no_matter_of_certificates(
    tls: TlsServer, tmp_path: Path
) -> None:
    centre = Terminal(tmp_path / "centre")
    centre.json(*_INIT, "--db", tls.address(sslrootcert=tls.root))
    opened = Installation(centre.profile, machine())
    session = opened.sign_in("620001", ADMINISTRATORS)

    def look_while_it_falls() -> None:
        with session.store.read() as reader:
            reader.board()
            tls.stop()
            reader.board()

    with pytest.raises(WorldError) as caught:
        look_while_it_falls()
    assert caught.value.code == "database.server_gone"
    opened.close()


def test_a_server_that_demands_tls_says_so_and_one_that_lets_nobody_in_is_no_matter_of_tls(
    tls: TlsServer, tmp_path: Path
) -> None:
    new = Terminal(tmp_path / "new")
    plain = tls.address("localhost", sslmode="disable")
    new.refused("database.tls_demanded", *_INIT, "--db", plain)
    elsewhere = tls.address(sslrootcert=tls.root).replace(f"/{DATABASE}?", "/closed?")
    new.refused("database.server_refused", *_INIT, "--db", elsewhere)
    assert not (new.profile / "keys.json").exists()


def test_the_assistant_verifies_by_the_certificate_it_was_given(
    tls: TlsServer, tmp_path: Path
) -> None:
    def choice(host: str, root: Path | str) -> ServerChoice:
        return server_choice(host, tls.port, DATABASE, USER, PASSWORD, str(root))

    try_place(choice("127.0.0.1", tls.root))
    for host, root, code in (
        ("127.0.0.1", an_authority().write(tmp_path / "a b&c.crt"), "database.tls_unknown"),
        ("localhost", tls.root, "database.tls_name"),
    ):
        with pytest.raises(WorldError) as caught:
            try_place(choice(host, root))
        assert caught.value.code == code
    made = Installation(tmp_path / "trial", machine())
    assert not made.paths.root.exists() or not list(made.paths.root.iterdir())
    assert tls.tables() == ""
