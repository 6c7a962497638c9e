"""Whatever the session's locale is, windows and processes beside ours work in UTF-8 and say nothing about it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.runtime.texts import locale_choice
from desktop.runtime.texts.locale_choice import encoding_for, prepare_locale, read_arguments
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="locales of Linux")

_WINDOW = """
import os, sys
from desktop.runtime.texts.locale_choice import prepare_locale
prepare_locale(os.environ)
from PySide6.QtWidgets import QApplication
QApplication([])
print(sys.getfilesystemencoding())
"""


def session(**names: str) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    if not str(
        ROOT
    ).isascii():  # Python itself reads no .pth of a virtual environment there under such an LC_ALL
        kept["PYTHONUTF8"] = "1"
    return {**kept, "QT_QPA_PLATFORM": "offscreen", **names}


@pytest.mark.parametrize(
    "names",
    [{}, {"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "zh_CN.GB18030"}, {"LANG": "xx", "LC_CTYPE": "C.UTF-8"}],
)  # fmt: skip
def test_a_window_opens_quietly_in_any_locale(names: dict[str, str]) -> None:
    if "LC_ALL" in names and not str(ROOT).isascii():
        pytest.skip(
            "Python itself reads no .pth of a virtual environment in such a folder under this LC_ALL"
        )
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


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("session_has", "terminal"),
    [("UTF-8", "utf-8"), ("GB18030", "GB18030"), ("GBK", "GBK"), ("ANSI_X3.4-1968", "utf-8"),
     ("", "utf-8"), ("none-such", "utf-8")],
)  # fmt: skip
def test_a_terminal_is_spoken_to_in_its_own_chinese_and_nothing_else_is(
    monkeypatch: pytest.MonkeyPatch, session_has: str, terminal: str
) -> None:
    monkeypatch.setattr(locale_choice, "_session_encoding", lambda: session_has)
    assert encoding_for(Terminal()) == terminal
    assert encoding_for(io.StringIO()) == "utf-8"


def test_arguments_are_read_as_the_terminal_wrote_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(locale_choice, "_session_encoding", lambda: "GB18030")
    typed = os.fsdecode("张掖路派出所".encode("gb18030"))
    there = os.fsdecode(os.fsencode(tmp_path / "x") + "报案".encode("gb18030"))
    Path(there).touch()
    assert read_arguments(["--name", typed, there]) == ["--name", "张掖路派出所", there]
    assert read_arguments(["--name", "张掖路"]) == ["--name", "张掖路"]
