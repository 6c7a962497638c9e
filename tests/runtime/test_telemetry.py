"""What an engine kept for its maker goes; what others keep stays."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from desktop.runtime.processes.telemetry import remove_telemetry


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / "cache" / "Microsoft" / "DeveloperTools" / ".onnxruntime"
    folder.mkdir(parents=True)
    for name in ("onnxruntime.db", "onnxruntime.db-wal", "deviceid"):
        (folder / name).write_bytes(b"kept")
    (tmp_path / ".ses").write_text("1796019765228\n875b5dc8-d24e-2d12\n", "ascii")
    return tmp_path / "cache"


def test_all_of_it_goes(cache: Path) -> None:
    remove_telemetry()
    assert list(cache.iterdir()) == []
    assert not (cache.parent / ".ses").exists()
    remove_telemetry()


def test_what_is_of_others_stays(cache: Path) -> None:
    other = cache / "Microsoft" / "other"
    other.touch()
    (cache.parent / ".ses").write_bytes(bytes(5000))
    remove_telemetry()
    assert [path.name for path in cache.rglob("*")] == ["Microsoft", "other"]
    assert (cache.parent / ".ses").exists()
