"""Bundles of a desk that lies: its own signature over entries of any content, chained and digested as they must be.

Whatever it says is refused, or can be read for ever: no value of any field stops the board, a case or a rebuild.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.bundles.volumes.layout import size_note
from desktop.domain.errors import AppError
from desktop.domain.progress import SILENT
from desktop.journal.canonical import canonical
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_writer import AgeWriter
from desktop.services.exchange.take_in.receive_bundle import receive_volume
from desktop.services.health import check_health, rebuild_projections
from desktop.services.look_up import board, case_file, history, orders, search
from desktop.services.orders.shift.list_clocks import running_clocks
from desktop.services.session import Session
from tests.bundles.volumes import Members, members, tar
from tests.faults.scene import Scene, make_scene
from tests.faults.test_mutated_bundles import Dice
from tests.support.sessions import Seat

COUNT = int(os.environ.get("FANZHA_MUTATIONS", "300")) // 5
pytestmark = pytest.mark.timeout(900)
EVIL: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**53 - 1, -(2**53) + 1, "", " ", "x", "\u202e", "\x00", "9" * 40, "-1", "NaN", [], {},
    [None], ["x", 1], {"": ""}, {"at": "x"}, {"device": "x", "since": "0001-01-01T00:00:00.000Z"}, "new", "report",
    "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2026-02-30T00:00:00.000Z", "case/x", "a" * 5000,
)  # fmt: skip


@pytest.fixture(scope="module")
def scene(quick_disk: Path) -> Scene:
    return make_scene(quick_disk / "forged")


@pytest.fixture(scope="module")
def centre(scene: Scene) -> Iterator[Seat]:
    made = scene.copy("forged-centre", "centre")
    yield made
    made.session.store.close()


def contents(scene: Scene) -> Members:
    """The members of the honest volume of records."""
    stream = AgeReader(io.BytesIO(scene.volumes[0].read_bytes()), (scene.centre.keys.age,)).read()
    with tarfile.open(fileobj=io.BytesIO(stream)) as archive:
        return [
            (item.name.partition("/")[2], (archive.extractfile(item) or io.BytesIO()).read())
            for item in archive.getmembers()
        ]


def lie(lines: list[dict[str, Any]], dice: Dice) -> None:
    """Change a field of some entries to anything, or give it another kind or subject."""
    for _ in range(dice.one_of(1, 1, 2, 4)):
        entry = dice.one_of(*lines)
        way = dice.below(10)
        other = dice.one_of(*lines)
        if way < 6 and entry["fields"]:
            entry["fields"][dice.one_of(*sorted(entry["fields"]))] = dice.one_of(*EVIL)
        elif way == 6:
            entry["fields"] |= other["fields"]
        elif way == 7:
            entry["subject"] = dice.one_of(other["subject"], "case/", "", "order/x", "bundle/x")
        elif way == 8:
            entry["kind"] = dice.one_of(other["kind"], "", "bundle.received", "case.taken_on")
        else:
            entry["fields"]["charge"] = dice.one_of(*EVIL)


def chained(lines: list[dict[str, Any]]) -> bytes:
    """Each entry with the hash it must have, after the one before it."""
    out, prev = b"", lines[0]["prev"]
    for line in lines:
        body = {name: value for name, value in line.items() if name != "hash"} | {"prev": prev}
        prev = hashlib.sha256(canonical(body)).hexdigest()
        out += canonical(body | {"hash": prev}) + b"\n"
    return out


def forged(scene: Scene, honest: Members, dice: Dice, path: Path) -> Path:
    found = dict(honest)
    lines = [json.loads(line) for line in found["data/journal.jsonl"].splitlines()]
    lie(lines, dice)
    found["data/journal.jsonl"] = chained(lines)
    payload = [(name, data) for name, data in found.items() if name.startswith("data/")]
    what = _manifest(scene)
    whole = members(what, payload, keys=scene.session.keys)
    stream = tar(whole)
    with (
        path.open("wb") as file,
        AgeWriter(file, (scene.centre.keys.age.recipient,), (size_note(len(stream)),)) as writer,
    ):
        writer.write(stream)
    return path


def _manifest(scene: Scene) -> Any:
    """What the honest volume says of itself."""
    return scene.centre.session.volumes.read_volume(
        scene.volumes[0], _Nowhere(), lambda *_: None, SILENT
    )


class _Nowhere:
    def signed(self, parts: object) -> None: ...

    def journal_line(self, line: bytes) -> None: ...

    def blob(self, _ref: object) -> None:
        return None


def look_at_everything(session: Session) -> None:
    """All that an officer would open."""
    for card in board(session):
        case_file(session, card.id)
        history(session, card.id)
    orders(session)
    search(session, "李")
    running_clocks(session)
    rebuild_projections(session, SILENT)
    assert check_health(session, SILENT) == ()


def test_a_desk_that_lies_stops_nobody(scene: Scene, centre: Seat, quick_folder: Path) -> None:
    honest, dice = contents(scene), Dice(7)
    before = centre.session.store.digest()
    taken = objected = 0
    for _ in range(COUNT):
        path = forged(scene, honest, dice, quick_folder / "x.fzb")
        try:
            found = receive_volume(centre.session, path, SILENT, dry_run=True)
        except AppError:
            continue
        taken += 1
        objected += bool(found.applied.refused)
        if taken % 8 == 1:
            victim = scene.copy("forged-victim", "centre")
            receive_volume(victim.session, path, SILENT)
            look_at_everything(victim.session)
            victim.session.store.close()
    assert 0 < objected < taken
    assert centre.session.store.digest() == before
