"""The medium fails at every call in turn: never a file of the final name, never a leftover, never a wrong word."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop.bundles.volumes.medium import (
    LOCAL,
    PartFile,
    medium_errors,
    part_path,
    sweep_leftovers,
)
from desktop.domain.errors import TrustError, WorldError
from tests.bundles import volumes

BLOBS = (*volumes.BLOBS, os.urandom(3 << 20))


class Faulty:
    """The local medium, failing at the given call."""

    def __init__(self, fail_at: int, number: int) -> None:
        self.left = fail_at
        self.number = number
        self.calls = 0

    def step(self) -> None:
        self.calls += 1
        if self.calls == self.left:
            raise OSError(self.number, os.strerror(self.number))

    def free(self, folder: Path) -> int:
        self.step()
        return LOCAL.free(folder)

    def create(self, path: Path) -> PartFile:
        self.step()
        return FaultyFile(self, LOCAL.create(path))

    def forget_cache(self, path: Path) -> None:
        self.step()
        LOCAL.forget_cache(path)

    def place(self, folder: Path) -> int:
        self.step()
        return LOCAL.place(folder)

    def publish(self, part: Path, final: Path) -> None:
        self.step()
        LOCAL.publish(part, final)

    def remove(self, path: Path) -> None:
        LOCAL.remove(path)


class FaultyFile:
    def __init__(self, medium: Faulty, file: PartFile) -> None:
        self.medium = medium
        self.file = file

    def write(self, data: memoryview, /) -> None:
        self.medium.step()
        self.file.write(data)

    def sync(self) -> None:
        self.medium.step()
        self.file.sync()

    def close(self) -> None:
        self.file.close()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk.full"), (errno.EIO, "medium.gone"), (errno.ENODEV, "medium.gone"),
        (errno.EROFS, "disk.read_only"), (errno.EFBIG, "disk.file_too_large"),
    ],
)  # fmt: skip
def test_every_call_fails_once(tmp_path: Path, number: int, code: str) -> None:
    counter = Faulty(-1, number)
    path, _ = volumes.write(tmp_path, BLOBS, medium=counter)
    path.unlink()
    assert counter.calls > 8
    for step in range(1, counter.calls + 1):
        with pytest.raises(WorldError) as caught:
            volumes.write(tmp_path, BLOBS, medium=Faulty(step, number))
        assert caught.value.code == code
        assert list(tmp_path.iterdir()) == []


def test_a_folder_on_a_medium_that_takes_no_writing_is_not_a_medium_that_is_gone(
    tmp_path: Path,
) -> None:
    def making(number: int) -> WorldError:
        with pytest.raises(WorldError) as caught, medium_errors(tmp_path / "never made"):
            raise OSError(number, "mkdir")
        return caught.value

    assert making(errno.EROFS).code == "disk.read_only"
    assert making(errno.EACCES).code == "medium.gone"  # where a stick was, nobody may make a folder


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (3, "medium.gone"),  # ERROR_PATH_NOT_FOUND
        (15, "medium.gone"),  # ERROR_INVALID_DRIVE
        (21, "medium.gone"),  # ERROR_NOT_READY
        (31, "medium.gone"),  # ERROR_GEN_FAILURE
        (55, "medium.gone"),  # ERROR_DEV_NOT_EXIST
        (433, "medium.gone"),  # ERROR_NO_SUCH_DEVICE
        (1006, "medium.gone"),  # ERROR_FILE_INVALID
        (1112, "medium.gone"),  # ERROR_NO_MEDIA_IN_DRIVE
        (1117, "medium.gone"),  # ERROR_IO_DEVICE
        (1167, "medium.gone"),  # ERROR_DEVICE_NOT_CONNECTED
        (19, "disk.read_only"),  # ERROR_WRITE_PROTECT
        (112, "disk.full"),  # ERROR_DISK_FULL
    ],
)
def test_what_windows_says_of_a_stick_pulled_out_is_that_it_is_gone(
    tmp_path: Path, number: int, code: str
) -> None:
    error = OSError(errno.EINVAL, "as Windows says it")
    error.winerror = number  # type: ignore[attr-defined]  # Windows only
    with pytest.raises(WorldError) as caught, medium_errors(tmp_path):
        raise error
    assert caught.value.code == code


def test_the_former_file_survives_a_failure(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)
    before = path.read_bytes()
    with pytest.raises(WorldError, match=r"^disk\.full$"):
        volumes.write(tmp_path, medium=Faulty(5, errno.ENOSPC))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_medium_that_stores_wrongly_is_found_before_the_file_has_its_name(tmp_path: Path) -> None:
    class Liar(Faulty):
        def forget_cache(self, path: Path) -> None:
            octets = bytearray(path.read_bytes())
            octets[-50_000] ^= 1
            path.write_bytes(octets)

    class Shortener(Faulty):
        def forget_cache(self, path: Path) -> None:
            os.truncate(path, path.stat().st_size - 4096)

    for medium, code in ((Liar(-1, 0), "bundle.damaged"), (Shortener(-1, 0), "bundle.truncated")):
        with pytest.raises(TrustError) as caught:
            volumes.write(tmp_path, BLOBS, medium=medium)
        assert caught.value.code == code
        assert list(tmp_path.iterdir()) == []


def test_too_little_space_is_reported_before_anything_is_written(tmp_path: Path) -> None:
    class Small(Faulty):
        def free(self, folder: Path) -> int:
            return 100_000

    medium = Small(-1, 0)
    with pytest.raises(WorldError) as caught:
        volumes.write(tmp_path, BLOBS, medium=medium)
    assert caught.value.code == "disk.not_enough"
    assert caught.value.params == {"need": "3.1 MB", "free": "97.7 KB"}
    assert medium.calls == 0


def test_a_full_disk_is_reported_with_figures(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught:
        volumes.write(tmp_path, BLOBS, medium=Faulty(4, errno.ENOSPC))
    assert caught.value.params["need"] == "3.1 MB"
    assert caught.value.params["free"]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"medium\.gone"):
        volumes.write(tmp_path / "stick")


def test_sweeping_takes_our_leftovers_and_nothing_else(tmp_path: Path) -> None:
    leftover = tmp_path / "fanzha-C12-A-000007-1of2.fzb.part"
    busy = tmp_path / "fanzha-C12-A-000008-1of1.fzb.part"
    kept = [tmp_path / name for name in ("holiday.part", "fanzha-x-1of1.fzb", "fanzha-x.fzb.part")]
    for path in (leftover, *kept):
        path.write_bytes(b"x")
    target = tmp_path / "elsewhere"
    target.write_bytes(b"x")
    link = tmp_path / "fanzha-C12-A-000009-1of1.fzb.part"
    link.symlink_to(target)
    writing = LOCAL.create(busy)
    try:
        assert sweep_leftovers(tmp_path) == 1
    finally:
        writing.close()
    assert not leftover.exists()
    assert all(path.exists() for path in (*kept, busy, link, target))
    assert sweep_leftovers(tmp_path) == 1
    with pytest.raises(WorldError, match=r"^medium\.gone$"):
        sweep_leftovers(tmp_path / "gone")


def test_a_leftover_of_the_same_name_is_replaced(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)
    path.unlink()
    part_path(path).write_bytes(bytes(10_000_000))
    volumes.write(tmp_path)
    volumes.read(path)


def test_two_writers_of_one_name_do_not_mix(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)
    path.unlink()
    first = LOCAL.create(part_path(path))
    try:
        with pytest.raises(WorldError, match=r"file\.in_use"):
            volumes.write(tmp_path)
        assert part_path(path).exists()
    finally:
        first.close()
