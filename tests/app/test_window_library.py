"""A missing library of the system is told in words before Qt gives up."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.qt.window_library import display_answers, unloadable_library

X11 = {"DISPLAY": ":0"}


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "libqxcb.so").write_bytes(b"no library")
    return tmp_path


def lacking(_plugin: str) -> object:
    raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")


def test_what_is_missing_is_named(plugins: Path) -> None:
    assert unloadable_library(X11, plugins, lacking) == "libxcb-cursor.so.0"
    assert unloadable_library(X11, plugins) == "libqxcb.so", "a damaged plugin was loaded"
    assert unloadable_library(X11 | {"QT_QPA_PLATFORM": "xcb"}, plugins, lacking)


@pytest.mark.parametrize(
    "environment",
    [{}, X11 | {"QT_QPA_PLATFORM": "offscreen"}, X11 | {"WAYLAND_DISPLAY": "wayland-0"}],
)
def test_nobody_else_is_kept_from_starting(plugins: Path, environment: dict[str, str]) -> None:
    assert unloadable_library(environment, plugins, lacking) == ""
    assert unloadable_library(X11, plugins, lambda _plugin: None) == ""
    assert unloadable_library(X11, plugins / "elsewhere", lacking) == ""


def test_a_display_that_does_not_answer_is_known_before_qt_ends_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", ":4242")
    assert not display_answers({"DISPLAY": ":4242"})
    assert display_answers({"DISPLAY": ":4242", "WAYLAND_DISPLAY": "wayland-0"})
    assert display_answers({"DISPLAY": ":4242", "QT_QPA_PLATFORM": "offscreen"})
    assert display_answers({})


def test_a_system_without_the_library_of_x11_is_not_judged() -> None:
    assert display_answers({"DISPLAY": ":4242"}, lacking)
