"""What is written is what is read, and what the writer promises about the file holds."""

from __future__ import annotations

import hashlib
import tracemalloc
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.bundles.volumes.layout import is_volume_name, sender_in_name, volume_name
from desktop.bundles.volumes.manifest_json import encode_manifest
from desktop.bundles.volumes.reader import NOTHING, read_volume
from desktop.bundles.volumes.writer import write_volume
from desktop.domain.errors import Cancelled, TrustError
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest
from desktop.sealing.age_reader import AgeReader
from desktop.services.ports import VolumeContents
from tests.bundles import volumes
from tests.support.kept_names import kept_names


@pytest.mark.parametrize("blobs", [(), (b"",), volumes.BLOBS, (bytes(3 << 20), b"x" * 511)])
def test_volume_one(tmp_path: Path, blobs: tuple[bytes, ...]) -> None:
    path, written = volumes.write(tmp_path, blobs)
    sink = volumes.Sink()
    found = volumes.read(path, sink)
    assert found == volumes.manifest(blobs)
    assert tuple(sink.lines) == volumes.LINES
    assert list(sink.committed.values()) == list(blobs)
    assert sink.aborted == []
    data = path.read_bytes()
    assert (written.name, written.size) == (path.name, len(data))
    assert written.sha256 == hashlib.sha256(data).hexdigest()
    assert written.manifest_hash == hashlib.sha256(encode_manifest(found)).hexdigest()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_volume_that_is_written_would_survive_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_names(monkeypatch) as kept:
        volumes.write(tmp_path)
        assert kept.lost_below(tmp_path) == []


def test_later_volumes_carry_evidence_only(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path, volume=2, volumes=3)
    sink = volumes.Sink()
    assert volumes.read(path, sink).volume == 2
    assert sink.lines == []
    assert len(sink.committed) == len(volumes.BLOBS)


def test_the_sender_can_read_its_own_volume_and_others_cannot(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)
    volumes.read(path, keys=volumes.DESK)
    with pytest.raises(TrustError, match=r"bundle\.not_for_us"):
        volumes.read(path, keys=volumes.STRANGER)


@given(st.lists(st.binary(max_size=2000), unique=True, max_size=6), st.integers(1, 4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_blobs(tmp_path: Path, blobs: list[bytes], volume: int) -> None:
    path, _ = volumes.write(tmp_path, blobs, volume=volume, volumes=4)
    sink = volumes.Sink()
    volumes.read(path, sink)
    assert list(sink.committed.values()) == blobs


def test_what_is_here_already_is_checked_but_not_kept(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)
    read_volume(path, (volumes.CENTRE.age,), NOTHING, volumes.trust_desk)


def test_refusal_comes_before_any_payload(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)
    sink = volumes.Sink()

    def refuse(_manifest: VolumeManifest, _signer: bytes) -> None:
        raise TrustError("party.unknown")

    with pytest.raises(TrustError, match=r"party\.unknown"):
        read_volume(path, (volumes.CENTRE.age,), sink, refuse)
    assert (sink.lines, sink.committed) == ([], {})


def test_the_same_volume_is_the_same_stream(tmp_path: Path) -> None:
    streams = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        path, _ = volumes.write(folder)
        with path.open("rb") as file:
            streams.append(AgeReader(file, (volumes.CENTRE.age,)).readall())
    assert streams[0] == streams[1]


def test_names_are_ascii_and_recognised() -> None:
    for number in ("C12-A-0007", "兰州/..\\CON:7", "…", " a  b "):
        name = volume_name(replace(volumes.manifest(volume=2, volumes=11), number=number))
        assert name.isascii()
        assert is_volume_name(name)
        assert name.endswith("-02of11.fzb")
        told = sender_in_name(f"2026-11-24T023107000Z-{name}")
        assert told[0] == volumes.manifest().sender.unit_code
    assert not is_volume_name("holiday.fzb")
    assert sender_in_name("holiday.fzb") == ("", "")
    assert sender_in_name("x-fanzha-620102540000-B-000213-1of2.fzb") == ("620102540000", "B")
    assert sender_in_name("fanzha-620102540000-7-1of2.fzb") == ("620102540000", "")


class Watch:
    """Progress that records, and cancels at the given call."""

    def __init__(self, cancel_at: int = -1) -> None:
        self.reported: list[tuple[int, int]] = []
        self.checks = 0
        self.cancel_at = cancel_at

    def advance(self, done: int, total: int) -> None:
        self.reported.append((done, total))

    def check(self) -> None:
        self.checks += 1
        if self.checks == self.cancel_at:
            raise Cancelled


def write_watched(folder: Path, watch: Watch) -> Path:
    what = volumes.manifest()
    target = folder / volume_name(what)
    contents = VolumeContents(volumes.LINES, volumes.PDF, volumes.streams(volumes.BLOBS), [])
    write_volume(target, what, contents, volumes.DESK, watch)
    return target


def test_progress_moves_forward_through_both_halves(tmp_path: Path) -> None:
    watch = Watch()
    write_watched(tmp_path, watch)
    done = [step for step, _ in watch.reported]
    assert done == sorted(done)
    assert len({total for _, total in watch.reported}) == 1
    assert done[0] < watch.reported[0][1] // 2 <= done[-1] <= watch.reported[0][1]


def test_cancelling_anywhere_leaves_nothing(tmp_path: Path) -> None:
    full = Watch()
    write_watched(tmp_path, full).unlink()
    for step in range(1, full.checks + 1):
        with pytest.raises(Cancelled):
            write_watched(tmp_path, Watch(step))
        assert list(tmp_path.iterdir()) == []


def test_large_journals_wait_sealed_on_disk(tmp_path: Path) -> None:
    line = b'{"x":"' + b"y" * 500_000 + b'"}'
    count = 50
    what = replace(volumes.manifest(()), entries=count)
    target = tmp_path / volume_name(what)
    recipients = [volumes.CENTRE.age.recipient.text]
    lines = (line for _ in range(count))
    contents = VolumeContents(lines, volumes.PDF, (), recipients)
    write_volume(target, what, contents, volumes.DESK)
    sink = volumes.Sink()
    volumes.read(target, sink)
    assert sink.lines == [line] * count


def test_memory_stays_bounded(tmp_path: Path) -> None:
    size, block = 96 << 20, bytes(1 << 20)
    digest = hashlib.sha256()
    for _ in range(size // len(block)):
        digest.update(block)
    blob = BlobRef(digest.hexdigest(), size)
    what = replace(volumes.manifest(()), blobs=(blob,), volume=2, volumes=2)

    blobs = ((blob, repeat(block, size // len(block))),)
    target = tmp_path / volume_name(what)
    tracemalloc.start()
    try:
        write_volume(target, what, VolumeContents((), b"", blobs, []), volumes.DESK)
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "change",
    [
        {"entries": 2},
        {"volume": 2, "volumes": 2},
        {"sender": volumes.sender(volumes.STRANGER)},
        {"blobs": (volumes.reference(b"x"), volumes.reference(b"x"))},
        {"blobs": (*volumes.manifest().blobs, volumes.reference(b"x"))},
        {"blobs": volumes.manifest().blobs[:-1]},
    ],
)
def test_parts_that_do_not_fit_are_a_mistake_of_the_caller(
    tmp_path: Path, change: dict[str, object]
) -> None:
    what = replace(volumes.manifest(), **change)  # type: ignore[arg-type]
    contents = VolumeContents(volumes.LINES, volumes.PDF, volumes.streams(volumes.BLOBS), [])
    with pytest.raises(ValueError, match=r"blob|sender|entries|records"):
        write_volume(tmp_path / "x.age", what, contents, volumes.DESK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("found", [b"first blob!", b"first blot", b"first", b""])
def test_a_blob_that_changed_is_not_sent(tmp_path: Path, found: bytes) -> None:
    what = volumes.manifest((b"first blob",))
    pairs = [(reference, stream) for reference, (_, stream) in zip(
        what.blobs, volumes.streams((found,)), strict=True
    )]  # fmt: skip
    contents = VolumeContents(volumes.LINES, volumes.PDF, pairs, [])
    with pytest.raises(TrustError, match=r"bundle\.blob_changed"):
        write_volume(tmp_path / "x.age", what, contents, volumes.DESK)
    assert list(tmp_path.iterdir()) == []
