"""Which input method the window asks for; that Qt then takes what is there is seen on a real display."""

from __future__ import annotations

import pytest

from desktop.app.input_method import ask_for_input_method


def _there(program: str) -> str:
    return f"/usr/bin/{program}"


def _missing(_program: str) -> None:
    return None


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
    ask_for_input_method(session, _there)
    assert session["QT_IM_MODULES"] == tried
    assert "IBUS_USE_PORTAL" not in session


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
    ask_for_input_method(session, _there)
    assert session == before


@pytest.mark.parametrize("asked", ["fcitx", "ibus"])
def test_without_the_daemon_of_ibus_its_portal_is_asked(asked: str) -> None:
    session = {"QT_IM_MODULE": asked}
    ask_for_input_method(session, _missing)
    assert session["IBUS_USE_PORTAL"] == "1"


def test_without_the_daemon_who_wants_no_input_method_gets_none() -> None:
    session = {"QT_IM_MODULE": "compose"}
    ask_for_input_method(session, _missing)
    assert session == {"QT_IM_MODULE": "compose"}
