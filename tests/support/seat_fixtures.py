"""A desk and its centre, as fixtures that several folders of tests share through their ``conftest.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.profile import InstallationRole
from desktop.services.desk import Desk
from desktop.services.exchange.trust import own_card
from tests.support.ceremony import approve, trust_peer
from tests.support.desks import Seat, take_seat


@pytest.fixture
def seat(quick_folder: Path) -> Iterator[Seat]:
    made = take_seat(quick_folder / "desk", "A")
    yield made
    made.desk.store.close()


@pytest.fixture
def desk(seat: Seat) -> Desk:
    return seat.desk


@pytest.fixture
def centre_seat(quick_folder: Path) -> Iterator[Seat]:
    made = take_seat(
        quick_folder / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
        role=InstallationRole.CENTRE,
    )  # fmt: skip
    yield made
    made.desk.store.close()


@pytest.fixture
def centre(centre_seat: Seat, desk: Desk) -> Desk:
    """The centre; it and the desk trust each other."""
    trust_peer(desk, approve(centre_seat.desk, own_card(desk)))
    return centre_seat.desk


@pytest.fixture
def free_centre(monkeypatch: pytest.MonkeyPatch) -> None:
    """A centre as before it was kept out of its stations' cases: what such a one wrote is still about."""
    monkeypatch.setattr("desktop.services.desk._INTO_CASES", frozenset())
