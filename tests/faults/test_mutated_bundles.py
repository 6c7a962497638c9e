"""Mutated bundles through the whole way in: each is refused, nothing crashes or is written outside quarantine.

``FANZHA_MUTATIONS`` says how many; some hundreds by default, ten thousand for a long look.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from desktop.bundles.volumes.layout import size_note
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.errors import TrustError
from desktop.domain.installation.profile import device_of
from desktop.domain.progress import SILENT
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_writer import AgeWriter
from desktop.services.health import check_health
from tests.faults.scene import Scene, make_scene
from tests.support.sessions import Seat

T = TypeVar("T")
COUNT = int(os.environ.get("FANZHA_MUTATIONS", "300"))


@pytest.fixture(scope="module")
def scene(quick_disk: Path) -> Scene:
    return make_scene(quick_disk / "mutated")


@pytest.fixture(scope="module")
def centre(scene: Scene) -> Iterator[Seat]:
    made = scene.copy("mutated-centre", "centre")
    yield made
    made.session.store.close()


class Dice:
    """The same throws every time."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0

    def bytes(self, size: int) -> bytes:
        out = b""
        while len(out) < size:
            self._count += 1
            out += hashlib.sha256(f"{self._seed} {self._count}".encode()).digest()
        return out[:size]

    def below(self, limit: int) -> int:
        return int.from_bytes(self.bytes(8), "big") % limit

    def one_of(self, *items: T) -> T:
        return items[self.below(len(items))]


def flip(data: bytearray, dice: Dice) -> None:
    for _ in range(dice.one_of(1, 1, 2, 30)):
        data[dice.below(len(data))] ^= 1 << dice.below(8)


def cut(data: bytearray, dice: Dice) -> None:
    del data[dice.below(len(data)) :]


def drop(data: bytearray, dice: Dice) -> None:
    at = dice.below(len(data))
    del data[at : at + dice.one_of(1, 16, 512, 5000)]


def insert(data: bytearray, dice: Dice) -> None:
    at = dice.below(len(data))
    data[at:at] = dice.bytes(dice.one_of(1, 16, 512))


def repeat(data: bytearray, dice: Dice) -> None:
    at, size = dice.below(len(data)), dice.one_of(16, 512, 1024)
    data[at:at] = data[at : at + size]


def blank(data: bytearray, dice: Dice) -> None:
    at = dice.below(len(data))
    end = min(at + dice.one_of(1, 100, 512), len(data))
    data[at:end] = bytes(end - at)


def number(data: bytearray, dice: Dice) -> None:
    """A digit becomes another: sizes, counts and checksums of archives are digits."""
    places = [at for at in (dice.below(len(data)) for _ in range(400)) if 48 <= data[at] < 58]
    for at in places[: dice.one_of(1, 3)]:
        data[at] = 48 + dice.below(10)


MUTATIONS: tuple[Callable[[bytearray, Dice], None], ...] = (
    flip, cut, drop, insert, repeat, blank, number,
)  # fmt: skip


def mutate(whole: bytes, dice: Dice) -> bytes:
    data = bytearray(whole)
    for _ in range(dice.one_of(1, 1, 1, 2)):
        if data:
            dice.one_of(*MUTATIONS)(data, dice)
    return bytes(data)


def content(seat: Seat) -> tuple[object, ...]:
    """Everything a bundle may bring; what is noted about refused ones stays out."""
    own = seat.session.profile.device
    with seat.session.store.read() as reader:
        heads = {name: last for name, last in reader.heads().items() if device_of(name) != own}
        return reader.board(), reader.peers(), heads, reader.held(), reader.known_blobs()


def files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if "desk.db" not in path.name}


@pytest.mark.parametrize("inside", [False, True], ids=["on the medium", "sealed again"])
def test_mutated_bundles(scene: Scene, centre: Seat, quick_folder: Path, inside: bool) -> None:
    """Inside: by somebody who holds the centre's key, as the worst of couriers would."""
    dice = Dice(int(inside))
    quarantine = Quarantine(quick_folder / "quarantine")
    identity = centre.keys.age
    originals = [path.read_bytes() for path in scene.volumes]
    if inside:
        originals = [AgeReader(io.BytesIO(data), (identity,)).read() for data in originals]
    before, there = content(centre), files(centre.root)
    refused = 0
    for _ in range(COUNT // 2):
        whole = dice.one_of(*originals)
        changed = mutate(whole, dice)
        if changed == whole:
            continue
        path = quick_folder / "x.fzb"
        path.write_bytes(seal(changed, centre) if inside else changed)
        done = ingest(centre.session, quarantine, [path], SILENT)
        assert len(done.problems) == 1, "taken, although it was changed"
        assert isinstance(done.problems[0].error, TrustError)
        assert done.applied == 0
        refused += 1
        for row in quarantine.rows():
            quarantine.drop(row.name)
    assert refused > COUNT // 3
    assert content(centre) == before
    new = {name for name in files(centre.root) - there if not name.startswith("vault")}
    assert not new, "written outside quarantine"
    assert check_health(centre.session, SILENT) == ()


def seal(stream: bytes, to: Seat) -> bytes:
    sink = io.BytesIO()
    with AgeWriter(sink, (to.keys.age.recipient,), (size_note(len(stream)),)) as writer:
        writer.write(stream)
    return sink.getvalue()
