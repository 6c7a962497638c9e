"""Qt remembers no folder a file dialog was in, and caches lie in the profile."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Qt keeps it in a file there")
_PLAYED = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.app.qt.quiet_qt import keep_nothing_outside

if {quiet}:
    keep_nothing_outside(Path({cache!r}), os.environ)
app = QApplication([])
dialog = QFileDialog()
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.setFileMode(QFileDialog.FileMode.Directory)
dialog.setDirectory({phone!r})
dialog.show()
dialog.accept()
del dialog
print(os.environ.get("XDG_CACHE_HOME", ""))
"""


def played(folder: Path, *, quiet: bool) -> str:
    """The file in which Qt keeps what all programs share, after a dialog was in a folder."""
    (folder / "profile").mkdir(exist_ok=True)
    (folder / "张三的手机").mkdir(exist_ok=True)
    code = _PLAYED.format(
        quiet=quiet, cache=str(folder / "profile" / "cache"), phone=str(folder / "张三的手机")
    )
    own = {**os.environ, "XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=own, check=True, capture_output=True)
    kept = folder / "QtProject.conf"
    return kept.read_text("utf-8") if kept.exists() else ""


def remembers(text: str) -> bool:
    """Whether the folder's name is in it, as Qt writes letters that are not ASCII."""
    return "history" in text or "lastVisited" in text


def test_no_folder_is_remembered(tmp_path: Path) -> None:
    assert played(tmp_path, quiet=True) == ""
    assert stat.S_IMODE((tmp_path / "profile" / "cache").stat().st_mode) == 0o700


def test_what_was_remembered_before_is_forgotten_and_the_rest_stays(tmp_path: Path) -> None:
    assert remembers(played(tmp_path, quiet=False)), "Qt would, were it not told"
    kept = tmp_path / "QtProject.conf"
    kept.write_text(kept.read_text("utf-8") + "\n[Other]\nof=another program\n", "utf-8")
    after = played(tmp_path, quiet=True)
    assert not remembers(after)
    assert "of=another program" in after


def test_no_cache_makes_a_profile(tmp_path: Path) -> None:
    """At the first start there is none yet."""
    code = (
        "import os; from pathlib import Path; from desktop.app.qt.quiet_qt import keep_nothing_outside\n"
        f"keep_nothing_outside(Path({str(tmp_path / 'profile' / 'cache')!r}), os.environ)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert not (tmp_path / "profile").exists()
