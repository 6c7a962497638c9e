"""A second PC joins a centre by commands alone, answers, and is taken away."""

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
    first.json(*own, "centre", "remove-device", row["fingerprint"], *two)
    seat.refused("seat.removed", *own, "centre", "inbox")
