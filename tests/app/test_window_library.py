"""A missing library of the system is told in words before Qt gives up."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.window_library import missing_library

X11 = {"DISPLAY": ":0"}


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "libqxcb.so").write_bytes(b"no library")
    return tmp_path


def lacking(_plugin: str) -> object:
    raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")


def test_what_is_missing_is_named(plugins: Path) -> None:
    assert missing_library(X11, plugins, lacking) == "libxcb-cursor.so.0"
    assert missing_library(X11, plugins) == "libqxcb.so", "a damaged plugin was loaded"
    assert missing_library(X11 | {"QT_QPA_PLATFORM": "xcb"}, plugins, lacking)


@pytest.mark.parametrize(
    "environment",
    [{}, X11 | {"QT_QPA_PLATFORM": "offscreen"}, X11 | {"WAYLAND_DISPLAY": "wayland-0"}],
)
def test_nobody_else_is_kept_from_starting(plugins: Path, environment: dict[str, str]) -> None:
    assert missing_library(environment, plugins, lacking) == ""
    assert missing_library(X11, plugins, lambda _plugin: None) == ""
    assert missing_library(X11, plugins / "elsewhere", lacking) == ""
