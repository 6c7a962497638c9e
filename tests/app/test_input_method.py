"""Which input method the window asks for; that Qt then takes what is there is seen on a real display."""

from __future__ import annotations

import pytest

from desktop.app.input_method import ask_for_input_method


@pytest.mark.parametrize(
    ("session", "tried"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx"}, "fcitx5;ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULES": "wayland;fcitx"}, "wayland;fcitx;ibus"),
        ({"QT_IM_MODULE": "xim"}, "xim;ibus"),
    ],
)
def test_what_qt_has_no_plugin_for_is_reached_as_ibus(session: dict[str, str], tried: str) -> None:
    ask_for_input_method(session)
    assert session["QT_IM_MODULES"] == tried


@pytest.mark.parametrize(
    "session",
    [
        {},
        {"QT_IM_MODULE": "ibus"},
        {"QT_IM_MODULES": "wayland;fcitx;ibus"},
        {"QT_IM_MODULE": "compose"},
        {"QT_IM_MODULE": "none", "XMODIFIERS": "@im=fcitx"},
    ],
)
def test_what_works_or_is_meant_stays_as_it_is(session: dict[str, str]) -> None:
    before = dict(session)
    ask_for_input_method(session)
    assert session == before
