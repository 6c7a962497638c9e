"""What is copied is marked for histories, and gone after a minute and at the end, unless something else came meanwhile.

In a server of X of its own: without a screen Qt does not know whose the clipboard is.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs a server of X"),
    pytest.mark.timeout(300),
]
_PLAYED = """
import json
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.ui.shared.kit.secret_clipboard import KEPT_MS, SecretClipboard

app = QApplication([])
board = app.clipboard()
watch = SecretClipboard(app)
told = {"kept_ms": KEPT_MS}

board.setText("6222020000001234")
app.processEvents()
held = board.mimeData()
told["marks"] = sorted(held.formats())
told["hint"] = bytes(held.data("x-kde-passwordManagerHint").data()).decode()
told["text"] = board.text()
told["runs"] = watch._copied_at.isActive()
watch._copied_at.timeout.emit()
app.processEvents()
told["after"] = board.text()

line = QLineEdit("typed")
line.show()
line.selectAll()
board.setText("typed", QClipboard.Mode.Selection)
line.copy()
app.processEvents()
told["field"] = bytes(board.mimeData().data("x-kde-passwordManagerHint").data()).decode()
told["selection"] = board.text(QClipboard.Mode.Selection)
watch.forget()
app.processEvents()
told["selection_after"] = board.text(QClipboard.Mode.Selection)
told["field_after"] = line.text()

image = QImage(3, 3, QImage.Format.Format_RGB32)
image.fill(0x102030)
board.setImage(image)
app.processEvents()
told["image"] = board.image().pixelColor(1, 1).name()
told["image_hint"] = bytes(board.mimeData().data("x-kde-passwordManagerHint").data()).decode()

board.setText("first")
app.processEvents()
board.setText("second")
app.processEvents()
told["second"] = board.text()
app.aboutToQuit.emit()
app.processEvents()
told["at_the_end"] = board.text()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def clipboard() -> Iterator[dict[str, Any]]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            display = said.readline().strip()
        environment = {**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run(
            [sys.executable, "-c", _PLAYED],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if "could not connect" in done.stderr or "no Qt platform plugin" in done.stderr:
            pytest.skip("Qt finds no library for X here")
        assert done.returncode == 0, done.stderr
        yield json.loads(done.stdout)
    finally:
        server.terminate()
        server.wait()


def test_clipboard_histories_are_asked_to_leave_it_out(clipboard: dict[str, Any]) -> None:
    assert clipboard["text"] == "6222020000001234"
    assert clipboard["hint"] == "secret"
    assert any(
        "ExcludeClipboardContentFromMonitorProcessing" in name for name in clipboard["marks"]
    )
    assert clipboard["field"] == "secret", "also what a field copies by itself"


def test_after_a_minute_it_is_gone(clipboard: dict[str, Any]) -> None:
    assert clipboard["kept_ms"] == 60_000
    assert clipboard["runs"]
    assert clipboard["after"] == ""
    assert clipboard["selection"] == "typed"
    assert clipboard["selection_after"] == ""
    assert clipboard["field_after"] == "typed"


def test_a_picture_stays_a_picture(clipboard: dict[str, Any]) -> None:
    assert (clipboard["image"], clipboard["image_hint"]) == ("#102030", "secret")


def test_the_last_copy_counts_and_goes_at_the_end(clipboard: dict[str, Any]) -> None:
    assert clipboard["second"] == "second"
    assert clipboard["at_the_end"] == ""
