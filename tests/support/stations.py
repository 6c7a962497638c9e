"""Two desks of one station and their centre, with a folder they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.quarantine import Quarantine
from desktop.domain.progress import SILENT
from desktop.services.desk import Desk
from desktop.services.exchange.exchange_folder import FolderRound, SkippedVolumes, exchange_folder
from desktop.services.exchange.trust import own_card
from tests.support.ceremony import approve, trust_peer
from tests.support.desks import Seat, take_seat


class Station:
    """Desks A and B of one station, the centre, and the folder they share."""

    def __init__(self, seat: Seat, centre: Desk, root: Path) -> None:
        self.root, self.folder = root, root / "shared"
        self.folder.mkdir()
        self.seat_b = take_seat(root / "b", "B")
        self.a, self.b, self.centre = (
            replace(desk, quarantine=Quarantine(root / f"q{number}"))
            for number, desk in enumerate((seat.desk, self.seat_b.desk, centre))
        )
        trust_peer(self.b, approve(self.centre, own_card(self.b)))
        trust_peer(self.a, own_card(self.b))
        trust_peer(self.b, own_card(self.a))
        self.seen = {desk.profile.device: SkippedVolumes() for desk in self.all}

    @property
    def all(self) -> tuple[Desk, ...]:
        return self.a, self.b, self.centre

    def round(self, desk: Desk) -> FolderRound:
        done = exchange_folder(desk, self.folder, SILENT, self.seen[desk.profile.device])
        assert not done.problems
        return done

    def until_rest(self) -> int:
        """Rounds in turn until nobody has anything to do."""
        for count in range(1, 20):
            idle = [self.round(desk).idle for desk in self.all]
            if all(idle):
                return count
        raise AssertionError("they never come to rest")


@pytest.fixture
def station(seat: Seat, centre: Desk, quick_folder: Path) -> Iterator[Station]:
    made = Station(seat, centre, quick_folder)
    yield made
    made.seat_b.desk.store.close()
