"""Real file systems of 64 MiB, where this machine can mount them: too small, filled up, continued on the next stick."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.errors import WorldError
from desktop.domain.progress import SILENT
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import verify_bundle
from tests.faults.scene import Scene, make_scene
from tests.support.error_texts import assert_error
from tests.support.full_disk import fill, loop_disk
from tests.support.sessions import Seat
from tests.support.strict import all_of

_SIZE = 64 << 20


@pytest.fixture(scope="module")
def scene(quick_disk: Path) -> Scene:
    return make_scene(quick_disk / "sticks")


@pytest.fixture(params=["vfat", "exfat", "ext4"])
def stick(request: pytest.FixtureRequest, quick_folder: Path) -> Iterator[Path]:
    with loop_disk(quick_folder / "stick", _SIZE, request.param) as folder:
        if folder is None:
            pytest.skip(f"{request.param} can not be made or mounted here")
        yield folder


@pytest.fixture
def session(scene: Scene) -> Iterator[Seat]:
    made = scene.copy("sticks-desk", "desk")
    yield made
    made.session.store.close()


def test_what_fits_is_whole_and_the_next_stick_takes_the_rest(
    scene: Scene, session: Seat, stick: Path, quick_folder: Path
) -> None:
    films = [quick_folder / f"film{number}.mp4" for number in range(4)]
    for path in films:
        path.write_bytes(os.urandom(20 << 20))
    attach_files(session.session, scene.case, films, SILENT)
    first = export_bundle(session.session, stick, SILENT, volume_size=21 << 20)
    assert first.left > 0
    assert verify_bundle(session.session, [stick], SILENT).ok
    assert not list(stick.glob("*.part"))
    second = quick_folder / "second"
    second.mkdir()
    rest = export_bundle(session.session, second, SILENT, volume_size=21 << 20)
    assert (rest.left, rest.carried > 0) == (0, True)
    centre = scene.copy("sticks-centre", "centre")
    done = ingest(centre.session, Quarantine(quick_folder / "q"), [stick, second], SILENT)
    assert not done.problems
    with session.session.store.read() as reader:
        assert all_of(centre.session.vault.has(blob.sha256) for blob in reader.own_blobs())
    centre.session.store.close()


def test_a_stick_without_an_octet_left(scene: Scene, session: Seat, stick: Path) -> None:
    ballast = fill(stick)
    with pytest.raises(WorldError) as caught:
        export_bundle(session.session, stick, SILENT)
    assert_error(caught.value, "disk.not_enough")
    assert [path.name for path in stick.iterdir() if path.suffix in (".fzb", ".part")] == []
    ballast.unlink()
    export_bundle(session.session, stick, SILENT)
    assert verify_bundle(session.session, [stick], SILENT).ok
