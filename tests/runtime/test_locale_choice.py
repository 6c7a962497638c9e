"""Whatever the session's locale is, windows and processes beside ours work in UTF-8 and say nothing about it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from desktop.runtime.locale_choice import prepare_locale
from tests.support.child import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="locales of Linux")

_WINDOW = """
import os, sys
from desktop.runtime.locale_choice import prepare_locale
prepare_locale(os.environ)
from PySide6.QtWidgets import QApplication
QApplication([])
print(sys.getfilesystemencoding())
"""


def session(**names: str) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", **names}


@pytest.mark.parametrize(
    "names",
    [{}, {"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "zh_CN.GB18030"}, {"LANG": "xx", "LC_CTYPE": "C.UTF-8"}],
)  # fmt: skip
def test_a_window_opens_quietly_in_any_locale(names: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW], cwd=ROOT, env=session(**names), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "utf-8\n"


def test_a_locale_of_utf8_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    environment: dict[str, str] = {}
    prepare_locale(environment)
    assert environment == {}
