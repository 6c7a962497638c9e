"""A centre that an earlier program left as a file moves to a database server and goes on there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.storage.database.server_address import ServerAddress
from tests.golden.conftest import Left
from tests.golden.telling import documents_of, own_cases
from tests.golden.test_places import assert_still_there
from tests.golden.test_underway import goes_round
from tests.support.databases import Databases, some_databases


@pytest.fixture
def server(quick_folder: Path) -> Iterator[Databases]:
    with some_databases("postgresql", quick_folder) as found:
        yield found


def test_a_centre_says_the_same_on_a_server(
    left: Left, server: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = server.place("centre")
    assert isinstance(place, ServerAddress)
    monkeypatch.setenv("FANZHA_DB_PASSWORD", place.password)
    centre, session = left.post("centre"), left.post("desk")
    assert centre.two("centre", "database", "--db", place.text)["filled"]
    before = left.documents("centre")
    assert_still_there(before, documents_of(centre, own_cases(centre)), "centre")
    assert centre.json("rebuild")["changed"] is False
    for name in ("desk", "other", "colleague"):
        stick = left.root / "bundles" / f"from-{name}"
        assert centre.json("centre", "ingest", stick)["problems"] == []
    session.json("bundle", "apply", left.root / "bundles" / "from-centre")
    goes_round(session, centre, left.root / "sticks")
    assert centre.json("verify")["ok"]
