"""A second PC joins a centre by commands alone, answers, takes new keys, and is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, with_second
from tests.cli.test_database import address
from tests.support.clocks import HandClock
from tests.support.databases import Databases, some_databases


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Databases]:
    with some_databases("postgresql", tmp_path) as found:
        yield found


def test_a_second_pc_joins_and_is_taken_away(
    clock: HandClock, server: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clock
    first, seat = Terminal(tmp_path / "first"), Terminal(tmp_path / "seat")
    url = address(server, "first", monkeypatch)
    first.json("centre", "init", "--officer", "620001", "--db", url)
    card, approval = tmp_path / "seat.card", tmp_path / "seat.approval"
    new = ("--officer", "620009", "centre")
    made = seat.json(*new, "seat-card", "--to", card)
    two, own = with_second(first, tmp_path), ("--officer", "620001")
    added = first.json(*own, "centre", "add-device", card, "--approval", approval, *two)
    (row,) = added["devices"]
    assert (row["fingerprint"], row["seat"]) == (made["fingerprint"], True)
    assert seat.json(*new, "join", approval)["unit_name"]
    assert not seat.json(*own, "centre", "database", "--db", url, *two)["filled"], "a new password"
    assert seat.json(*own, "centre", "vault", "--to", tmp_path)["copied"] == 0
    seat.refused("seat.first_pc", *own, "centre", "rotate")
    made = seat.json(*own, "centre", "seat-card", "--to", card)
    instead = ("--instead-of", row["fingerprint"])
    first.refused("seat.approval_where", *own, "centre", "add-device", card, *instead, *two)
    changed = first.json(*own, "centre", "add-device", card, "--approval", approval, *instead, *two)
    (row,) = changed["devices"]
    assert (row["fingerprint"], row["seat"]) == (made["fingerprint"], True)
    seat.refused("seat.removed", *own, "centre", "inbox")
    assert seat.json(*own, "centre", "join", approval)["unit_name"]
    seat.json(*own, "centre", "inbox")
    seat.refused("seat.no_next_keys", *own, "centre", "join", approval)
    first.refused("seat.not_joined", *own, "centre", "seat-card", "--to", card)
    first.json(*own, "centre", "remove-device", row["fingerprint"], *two)
    seat.refused("seat.removed", *own, "centre", "inbox")
