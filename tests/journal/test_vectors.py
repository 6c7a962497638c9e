"""The vectors of the journal: what each of them is refused for, or what it shows, on a database of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import TrustError
from desktop.domain.ids import DeviceId
from desktop.domain.progress import SILENT
from desktop.journal.entry import read_line
from desktop.services.session import Session
from tests.journal.make_vectors import CASE, FOLDER, A, B, files
from tests.support.anything_goes import trust_in
from tests.support.sessions import take_seat

EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture
def session(quick_folder: Path) -> Iterator[Session]:
    seat = take_seat(quick_folder / "desk", "C")
    with seat.session.store.write() as transaction:
        for device in (A, B):
            trusted = trust_in(
                seat.session.profile.device, DeviceId(device), seat.session.profile.unit_code
            )
            transaction.append(seat.session.officer.number, trusted)
    yield seat.session
    seat.session.store.close()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_verdict(name: str, session: Session) -> None:
    wanted, before = EXPECTED[name], session.store.digest()
    lines = (FOLDER / name).read_bytes().splitlines()
    if wanted["code"]:
        with pytest.raises(TrustError) as caught, session.store.write() as transaction:
            transaction.apply(map(read_line, lines))
        assert caught.value.code == wanted["code"]
        assert session.store.digest() == before, "nothing of it is used"
        return
    with session.store.write() as transaction:
        done = transaction.apply(map(read_line, lines))
    assert done.held == wanted["held"]
    assert {item.ref: item.error.code for item in done.refused} == wanted["refused"]
    with session.store.read() as reader:
        shown = reader.current(CASE)
        several = [name for name in shown if len(reader.unreplaced_values(CASE, name)) > 1]
    assert shown == wanted["shown"]
    assert several == wanted["disputed"]
    assert session.store.verify(SILENT) == ()


def test_the_files_are_what_their_maker_makes() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == files()
