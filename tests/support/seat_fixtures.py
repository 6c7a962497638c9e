"""A desk and its centre, as fixtures that several folders of tests share through their ``conftest.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desktop.domain.installation.profile import InstallationRole
from desktop.services.exchange.peers.trust import own_card
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.sessions import Seat, take_seat


@pytest.fixture
def tmp_path(quick_disk: Path) -> Iterator[Path]:
    """In memory, for folders of tests that make many databases in it."""
    with TemporaryDirectory(dir=quick_disk, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def seat(quick_folder: Path) -> Iterator[Seat]:
    made = take_seat(quick_folder / "desk", "A")
    yield made
    made.session.store.close()


@pytest.fixture
def session(seat: Seat) -> Session:
    return seat.session


@pytest.fixture
def centre_seat(quick_folder: Path) -> Iterator[Seat]:
    made = take_seat(
        quick_folder / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
        role=InstallationRole.CENTRE,
    )  # fmt: skip
    yield made
    made.session.store.close()


@pytest.fixture
def centre(centre_seat: Seat, session: Session) -> Session:
    """The centre; it and the desk trust each other."""
    trust_peer(session, approve(centre_seat.session, own_card(session)))
    return centre_seat.session


@pytest.fixture
def free_centre(monkeypatch: pytest.MonkeyPatch) -> None:
    """A centre as before it was kept out of its stations' cases: what such a one wrote is still about."""
    monkeypatch.setattr("desktop.services.session._INTO_CASES", frozenset())
    monkeypatch.setattr("desktop.services.cases.changes.own_case.is_own", lambda *_: True)
