"""A file is wholly there or not at all, whatever fails, and the disk's words are understood."""

import errno
import os
from pathlib import Path
from typing import Never

import pytest

from desktop.domain.errors import WorldError
from desktop.runtime.files import atomic_file
from desktop.runtime.files.atomic_file import (
    disk_errors,
    open_atomic,
    remove_leftovers,
    require_space,
    size_text,
    world_error,
    write_atomic,
    write_beside,
)
from desktop.runtime.texts.catalogue import Catalogue


def test_a_file_is_written_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk.full"), (errno.EIO, "disk.failed")]
)
def test_a_failure_at_any_step_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, code: str
) -> None:
    path = tmp_path / "a"
    write_atomic(path, b"former")

    def fail(*_args: object, **_named: object) -> Never:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        target = (
            "desktop.runtime.files.atomic_file.Path.replace" if step == "replace" else f"os.{step}"
        )
        patch.setattr(target, fail)
        with pytest.raises(WorldError) as caught:
            write_atomic(path, b"newer")
    assert caught.value.code == code
    assert path.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture(params=["links", "no links"])
def medium(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a file system with hard links, and on one without."""

    def no_links(*_args: object, **_named: object) -> Never:
        raise OSError(errno.EPERM, "no")

    if request.param == "no links":
        monkeypatch.setattr("os.link", no_links)
    return tmp_path


def test_a_file_of_another_content_is_not_replaced(medium: Path) -> None:
    path = medium / "批次 1.xlsx"
    written = [write_beside(path, data) for data in (b"one", b"two", b"one", b"two")]
    assert [file.name for file in written] == ["批次 1.xlsx", "批次 1-2.xlsx"] * 2
    assert [file.read_bytes() for file in written] == [b"one", b"two"] * 2
    assert sorted(medium.iterdir()) == sorted(set(written))
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("theirs", [b"theirs", b"ours"])
def test_a_file_that_another_computer_writes_meanwhile_is_not_replaced(
    medium: Path, monkeypatch: pytest.MonkeyPatch, theirs: bytes
) -> None:
    """Both found the name free; the other was the first to take it."""
    path, fsync = medium / "a.pdf", os.fsync

    def other(descriptor: int) -> None:
        path.write_bytes(theirs)
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", other)
    written = write_beside(path, b"ours")
    assert path.read_bytes() == theirs
    assert written.read_bytes() == b"ours"
    assert set(medium.iterdir()) == {path, written}


def test_of_two_that_take_a_name_at_once_one_gets_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other takes it at the last moment: after every look, before the name is given."""
    path, link = tmp_path / "a.pdf", os.link

    def other(source: Path, target: Path, **named: bool) -> None:
        path.write_bytes(b"theirs")
        link(source, target, **named)

    monkeypatch.setattr("os.link", other)
    written = write_beside(path, b"ours")
    assert path.read_bytes() == b"theirs"
    assert written == tmp_path / "a-2.pdf"
    assert set(tmp_path.iterdir()) == {path, written}


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.link", "os.unlink"])
def test_a_file_beside_others_is_there_wholly_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_args: object, **_named: object) -> Never:
        raise OSError(errno.EIO, "no")

    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        if step == "os.link":
            patch.setattr("os.replace", fail)
        with pytest.raises(WorldError, match=r"^disk\.failed$"):
            write_beside(tmp_path / "a.pdf", b"ours")
    found = [file for file in tmp_path.iterdir() if not file.name.startswith(".")]
    assert [file.read_bytes() for file in found] == [b"ours"] * len(found)
    assert write_beside(tmp_path / "a.pdf", b"ours") == tmp_path / "a.pdf"


def test_an_interrupted_block_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_atomic(tmp_path / "a") as stream:  # noqa: PT012 - the write belongs to it
        stream.write(b"half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_synced_after_the_rename(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    path = tmp_path / "a"
    real = os.fsync

    def note(descriptor: int) -> None:
        seen.append(path.exists())
        real(descriptor)

    monkeypatch.setattr("os.fsync", note)
    write_atomic(path, b"x")
    assert seen == [False, True]


def test_leftovers_of_a_power_cut_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".keys.json.0011.part").write_bytes(b"half")
    (tmp_path / "photo.part").write_bytes(b"mine")
    assert remove_leftovers(tmp_path) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["photo.part"]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_translated_disk_error_has_its_words(language: str) -> None:
    catalogue = Catalogue.load(language, strict=True)
    codes = {*atomic_file._BY_ERRNO.values(), *atomic_file._BY_WINERROR.values(), "disk.failed"}
    for code in codes:
        assert catalogue.error_text(WorldError(code, errno=5)).do


def test_errors_carry_no_path(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught, disk_errors():
        (tmp_path / "张三的聊天记录.png").read_bytes()
    assert caught.value.code == "file.missing"
    assert "张三" not in repr((caught.value, caught.value.params))


def test_windows_numbers_come_first() -> None:
    error = OSError(errno.EACCES, "no")
    error.winerror = 32  # type: ignore[attr-defined]  # Windows only
    assert world_error(error).code == "file.in_use"


def test_space_is_asked_for_with_numbers(tmp_path: Path) -> None:
    require_space(tmp_path, 1)
    with pytest.raises(WorldError) as caught:
        require_space(tmp_path, 1 << 60)
    assert caught.value.code == "disk.not_enough"
    assert caught.value.params["need"] == "1073741824.0 GB"


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KB"), (5 << 20, "5.0 MB"), (7 << 30, "7.0 GB")],
)
def test_sizes_for_people(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "disk.no_permission"), (errno.EPERM, "disk.no_permission"), (errno.EISDIR, "file.not_a_file"),
        (errno.ENAMETOOLONG, "file.name_too_long"), (errno.EROFS, "disk.read_only"), (errno.EBUSY, "file.in_use"),
    ],
)  # fmt: skip
def test_what_the_disk_complains_of_by_its_number(number: int, code: str) -> None:
    assert world_error(OSError(number, "no")).code == code
