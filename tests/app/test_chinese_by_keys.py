"""Pinyin typed by keys into the real window on a real display, with the input methods that are installed.

``pytest -m slow tests/app/test_chinese_by_keys.py``. Needs Xvfb, dbus-daemon, openbox and xdotool, and of fcitx, fcitx5
and ibus-daemon those to be tried, each with its pinyin; the variable ``FANZHA_PICTURES`` names a folder for pictures.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.input_session import NEEDED, DeskInSession, InputSession
from tests.support.installations import PASSWORD, make_desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}"),
]
_PROGRAMS = {"fcitx": "fcitx", "fcitx5": "fcitx5", "ibus": "ibus-daemon"}
_WAYS = {"fcitx": "bridge", "fcitx5": "portal", "ibus": "ibus"}
_SESSIONS = {
    "unset": {},
    "named": {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx", "LC_ALL": "zh_CN.UTF-8"},
    "foreign": {"LC_ALL": "", "LANG": "tr_TR.ISO-8859-9", "XMODIFIERS": "@im=none-such"},
}


class Typist:
    """Somebody at the keyboard of one session."""

    def __init__(self, method: str, session: InputSession, desk: DeskInSession) -> None:
        self.method = method
        self.session = session
        self.desk = desk

    def fresh(self, path: str = "victim.name") -> None:
        """A new report, the keyboard in a field, nothing half written."""
        self.session.press("Escape")
        self.desk.do("fresh")
        self.desk.do("focus", path=path)
        self.desk.until(focus=path, text="", composing=False)

    def half(self, letters: str) -> None:
        """Type, and choose no character."""
        self.session.type(letters)
        self.desk.until(composing=True)

    def picture(self, name: str) -> None:
        """For whoever looks at them."""
        folder = os.environ.get("FANZHA_PICTURES", "")
        if folder:
            self.session.picture(Path(folder) / f"{self.method}-{name}.png")


@pytest.fixture(name="typist", scope="module", params=sorted(_PROGRAMS))
def somebody_who_types(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Typist]:
    method = request.param
    if not shutil.which(_PROGRAMS[method]):
        pytest.skip(f"{method} is not installed")
    home = tmp_path_factory.mktemp(method)
    make_desk(home / "profile").close()
    session = InputSession(home, {})
    try:
        session.begin(method)
        desk = DeskInSession(session, home / "profile")
        assert desk.state["way"] == _WAYS[method]
        desk.do("focus", path="victim.name")
        session.switch_on(method)
        yield Typist(method, session, desk)
        assert desk.close() == 0
    finally:
        session.close()


def test_a_name_and_a_story(typist: Typist) -> None:
    typist.fresh()
    typist.half("zhaoliu")
    typist.picture("name")
    typist.session.press("space")
    name = typist.desk.until(composing=False)["name"]
    assert len(name) == 2
    assert not name.isascii()
    typist.fresh("narrative")
    typist.half("beipian")
    typist.picture("story")
    typist.session.press("space")
    typist.half("qian")
    typist.session.press("space")
    story = typist.desk.until(composing=False)["narrative"]
    assert story[0] == "被"
    assert len(story) == 3


@pytest.mark.parametrize("key", ["F9", "ctrl+Return", "ctrl+s", "alt+2", "ctrl+n"])
def test_no_key_sends_letters_unasked(typist: Typist, key: str) -> None:
    typist.fresh()
    typist.half("zhaoliu")
    before = typist.desk.state["page"]
    typist.session.press(key)
    state = typist.desk.rest()
    typist.picture(f"cut-by-{key}")
    letters = any(sign.isascii() and sign.isalpha() for sign in state["name"])
    if letters:
        assert (state["page"], state["focus"]) == (before, "victim.name")


@pytest.mark.parametrize("key", ["F12", "ctrl+k", "F1"])
def test_no_key_takes_half_a_word(typist: Typist, key: str) -> None:
    typist.fresh()
    typist.half("zhaoliu")
    typist.session.press(key)
    state = typist.desk.rest()
    assert state["name"] or state["composing"]
    typist.picture(f"half-{key}")
    if key == "F12":
        typist.desk.until(locked=True, focus="lock_password")
        typist.session.type(PASSWORD)
        typist.session.press("Return")
        assert typist.desk.until(locked=False)["name"]
    typist.session.press("Escape")


def test_a_click_elsewhere_keeps_it(typist: Typist) -> None:
    typist.fresh()
    typist.half("zhaoliu")
    typist.session.click(660, 177)
    assert typist.desk.until(focus="victim.id_number")["name"]


def test_escape_and_backspace_belong_to_the_word(typist: Typist) -> None:
    typist.fresh()
    typist.half("zha")
    typist.session.press("Escape")
    typist.desk.until(composing=False, name="", page=0, front="intake")
    typist.half("zha")
    typist.session.press("BackSpace", "BackSpace", "BackSpace")
    typist.desk.until(composing=False, name="")
    typist.session.press("Tab")
    assert typist.desk.until(focus="victim.id_number")["name"] == ""


def test_enter_keeps_the_letters_and_the_place(typist: Typist) -> None:
    typist.fresh()
    typist.half("wang")
    typist.session.press("Return")
    typist.desk.until(composing=False, focus="victim.name", name="wang")
    typist.session.press("Return")
    typist.desk.until(focus="victim.id_number")


def test_a_password_is_typed_by_letters(typist: Typist) -> None:
    typist.fresh()
    typist.desk.do("lock")
    typist.desk.until(locked=True, focus="lock_password")
    typist.session.type(PASSWORD)
    typist.desk.until(text=PASSWORD)
    typist.session.press("Return")
    typist.desk.until(locked=False)


def test_switched_off_and_on(typist: Typist) -> None:
    if typist.method == "ibus":
        pytest.skip("without its panel it has no key to switch")
    typist.fresh()
    typist.session.press("ctrl+space")
    typist.session.type("Abc 12")
    typist.desk.until(name="Abc 12", composing=False)
    typist.session.press("ctrl+space")
    typist.half("li")
    typist.session.press("Escape")


def test_an_input_method_that_dies_and_comes_again(typist: Typist) -> None:
    typist.fresh()
    typist.half("zhao")
    typist.session.kill_method()
    typist.desk.rest()
    typist.session.type("x")
    name = typist.desk.until(composing=False)["name"]
    assert name.endswith("x"), "letters pass"
    assert len(name) > 1, "what was half written stays"
    typist.session.begin(typist.method)
    typist.fresh()
    typist.session.switch_on(typist.method)
    typist.half("zhaoliu")
    typist.session.press("space")
    assert not typist.desk.until(composing=False)["name"].isascii()


def test_two_windows(typist: Typist, tmp_path: Path) -> None:
    typist.fresh()
    typist.half("zhaoliu")
    make_desk(tmp_path / "profile").close()
    other = DeskInSession(typist.session, tmp_path / "profile")
    other.do("focus", path="victim.name")
    other.until(focus="victim.name")
    if typist.method != "ibus":
        typist.session.switch_on(typist.method)
    typist.session.type("wang")
    other.until(composing=True)
    typist.session.press("space")
    assert not other.until(composing=False)["name"].isascii()
    assert other.close() == 0
    typist.desk.until(front="intake")
    typist.fresh()
    typist.half("wang")
    typist.session.press("space")
    assert not typist.desk.until(composing=False)["name"].isascii()


@pytest.mark.parametrize("method", ["fcitx", "fcitx5"])
def test_an_input_method_that_comes_after_the_window(tmp_path: Path, method: str) -> None:
    if not shutil.which(method):
        pytest.skip(f"{method} is not installed")
    make_desk(tmp_path / "profile").close()
    session = InputSession(tmp_path, {"XMODIFIERS": "@im=fcitx"})
    try:
        desk = DeskInSession(session, tmp_path / "profile")
        desk.do("focus", path="victim.name")
        session.type("x")
        desk.until(name="x")
        session.begin(method)
        typist = Typist(method, session, desk)
        typist.fresh()
        session.switch_on(method)
        typist.half("zhaoliu")
        session.press("space")
        assert not desk.until(composing=False)["name"].isascii()
        assert desk.close() == 0
    finally:
        session.close()


@pytest.mark.skipif(not shutil.which("fcitx"), reason="fcitx 4 is not installed")
@pytest.mark.parametrize("variables", _SESSIONS.values(), ids=_SESSIONS)
def test_whatever_the_session_says(tmp_path: Path, variables: dict[str, str]) -> None:
    make_desk(tmp_path / "profile").close()
    session = InputSession(tmp_path, variables)
    try:
        session.begin("fcitx")
        desk = DeskInSession(session, tmp_path / "profile")
        desk.do("focus", path="victim.name")
        session.switch_on("fcitx")
        session.type("zhaoliu")
        desk.until(composing=True)
        session.press("space")
        assert not desk.until(composing=False)["name"].isascii()
        assert desk.close() == 0
    finally:
        session.close()
