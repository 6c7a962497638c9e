"""Two desks of one station and their centre, with a folder they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.domain.progress import SILENT
from desktop.services.exchange.exchange_folder import FolderRound, SkippedVolumes, exchange_folder
from desktop.services.exchange.peers.trust import own_card
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.sessions import Seat, take_seat


class Station:
    """Desks A and B of one station, the centre, and the folder they share."""

    def __init__(self, seat: Seat, centre: Session, root: Path) -> None:
        self.root, self.folder = root, root / "shared"
        self.folder.mkdir()
        self.seat_b = take_seat(root / "b", "B")
        self.a, self.b, self.centre = (
            replace(session, quarantine=Quarantine(root / f"q{number}"))
            for number, session in enumerate((seat.session, self.seat_b.session, centre))
        )
        trust_peer(self.b, approve(self.centre, own_card(self.b)))
        trust_peer(self.a, own_card(self.b))
        trust_peer(self.b, own_card(self.a))
        self.seen = {session.profile.device: SkippedVolumes() for session in self.all}

    @property
    def all(self) -> tuple[Session, ...]:
        return self.a, self.b, self.centre

    def round(self, session: Session) -> FolderRound:
        done = exchange_folder(session, self.folder, SILENT, self.seen[session.profile.device])
        assert not done.problems
        return done

    def until_rest(self) -> int:
        """Rounds in turn until nobody has anything to do."""
        for count in range(1, 20):
            idle = [self.round(session).idle for session in self.all]
            if all(idle):
                return count
        raise AssertionError("they never come to rest")


@pytest.fixture
def station(seat: Seat, centre: Session, quick_folder: Path) -> Iterator[Station]:
    made = Station(seat, centre, quick_folder)
    yield made
    made.seat_b.session.store.close()
