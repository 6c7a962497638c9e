"""What is measured in front of the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.bench.desks.make_desk import make_desk
from desktop.bench.sizes.goals import Measured
from desktop.bench.sizes.window_figures import window_figures
from desktop.domain.progress import SILENT


def test_what_is_measured_leaves_nothing_beside_its_folder(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a copy of the same desk would be taken for older data the next time, and the warning would take the keys."""
    beside = tmp_path / "beside"
    beside.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(beside))
    monkeypatch.setenv("LOCALAPPDATA", str(beside))
    make_desk(tmp_path / "desk", 3, 1, SILENT)
    sent: list[Measured] = []
    window_figures(tmp_path / "desk", "drafts", sent.append)
    assert [one.name for one in sent] == ["draft_after_sign_in", "draft_later"]
    assert not list(beside.iterdir())
