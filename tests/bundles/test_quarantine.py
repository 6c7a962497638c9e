"""What is refused is kept once, whatever it is called; damaged reasons hide nothing else that lies there."""

from __future__ import annotations

import errno
import json
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.domain.errors import TrustError, WorldError
from tests.domain.orders.samples import NOON

REFUSED = TrustError("bundle.damaged", volume=2)


def volume(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def test_volumes_of_one_name_and_moment_lie_side_by_side(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "kept")
    assert quarantine.rows() == ()
    first = volume(tmp_path / "a", "v.fzb", b"one")
    second = volume(tmp_path / "b", "v.fzb", b"two")
    places = [quarantine.keep(path, REFUSED, NOON) for path in (first, second)]
    assert [place.read_bytes() for place in places] == [b"one", b"two"]
    again = quarantine.keep(
        volume(tmp_path / "c", "other.fzb", b"one"), REFUSED, NOON + timedelta(days=1)
    )
    assert again == places[0], "the same octets are kept once"
    rows = quarantine.rows()
    assert [(row.file, row.code, row.size) for row in rows] == [
        ("v.fzb", "bundle.damaged", 3), ("v.fzb", "bundle.damaged", 3),
    ]  # fmt: skip
    assert rows[0].at == NOON + timedelta(days=1), "as it was refused last"
    assert first.exists()
    quarantine.drop(rows[0].name)
    assert [row.name for row in quarantine.rows()] == [places[1].name]
    quarantine.drop("../a/v.fzb")
    assert first.exists(), "a name leads nowhere else"


def test_a_file_is_named_by_the_end_of_a_long_name_and_listed_by_the_whole(tmp_path: Path) -> None:
    name = "派" * 80 + ".fzb"
    quarantine = Quarantine(tmp_path / "kept")
    place = quarantine.keep(volume(tmp_path / "a", name, b"x"), REFUSED, NOON)
    assert place.name.endswith("派.fzb")
    assert len(place.name.encode()) < 200
    (row,) = quarantine.rows()
    assert row.file == name


@pytest.mark.parametrize(
    "reason",
    ["", "[]", "null", "{}", '{"at": 5, "code": "x"}', '{"at": null, "code": "x"}', '{"at": "now", "code": "x"}',
     "[" * 100_000, '{"at": "2026-11-24T04:00:00.000Z"}', "\udcff"],
)  # fmt: skip
def test_a_damaged_reason_hides_nothing_else(tmp_path: Path, reason: str) -> None:
    folder = tmp_path / "kept"
    quarantine = Quarantine(folder)
    sound = quarantine.keep(volume(tmp_path / "a", "v.fzb", b"one"), REFUSED, NOON)
    (folder / "lost.fzb").write_bytes(b"two")
    (folder / "lost.fzb.reason.json").write_bytes(reason.encode("utf-8", "surrogateescape"))
    assert [row.name for row in quarantine.rows()] == [sound.name]
    other = quarantine.keep(volume(tmp_path / "b", "w.fzb", b"three"), REFUSED, NOON)
    assert {row.name for row in quarantine.rows()} == {sound.name, other.name}


def test_earlier_programs_named_a_file_by_the_name_of_its_copy_alone(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    name = "2026-11-24T040000000Z-2-v.fzb"
    volume(folder, name, b"one")
    reason = {"code": "bundle.damaged", "at": "2026-11-24T04:00:00.000Z"}
    (folder / f"{name}.reason.json").write_text(json.dumps(reason), "utf-8")
    (row,) = Quarantine(folder).rows()
    assert row.file == "v.fzb"
    (folder / name).unlink()
    assert Quarantine(folder).rows() == (), "a reason whose volume is gone"


def test_a_disk_that_is_full_leaves_no_half_of_a_volume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    folder = tmp_path / "kept"
    brought = volume(tmp_path / "a", "v.fzb", b"one")
    with monkeypatch.context() as patch:
        patch.setattr("desktop.bundles.volumes.quarantine.shutil.copyfileobj", full)
        with pytest.raises(WorldError, match=r"^disk\.full"):
            Quarantine(folder).keep(brought, REFUSED, NOON)
    assert list(folder.iterdir()) == []
    assert Quarantine(folder).keep(brought, REFUSED, NOON).read_bytes() == b"one"


def test_a_link_is_no_volume(tmp_path: Path) -> None:
    target = volume(tmp_path / "a", "v.fzb", b"one")
    link = tmp_path / "link.fzb"
    link.symlink_to(target)
    quarantine = Quarantine(tmp_path / "kept")
    with pytest.raises(WorldError, match=r"^file\.link$"):
        quarantine.keep(link, REFUSED, NOON)
    assert quarantine.rows() == ()
