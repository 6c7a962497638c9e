"""Chinese input on Linux: which of Qt's input methods the window asks for, and the bridge to fcitx 4.

Qt's wheel brings plugins for IBus and for the dead keys of European keyboards. fcitx 5 answers as IBus's portal; for
fcitx 4 the bridge does. IBus itself is found by its own file, for which its daemon must be installed. What the
session's variables ask for comes first; without them, whatever runs is taken.
"""

from __future__ import annotations

import enum
import shutil
import sys
import threading
from collections.abc import Callable, Mapping, MutableMapping
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.input_bridge.running import Running, who_runs
from desktop.runtime.processes.talking_helper import TalkingHelper

_NAME: Final = "input"
_SECONDS: Final = 5.0
"""How long the window waits for it."""
_STARTS: Final = 4
"""After so many it is left: typing is by letters then."""


class InputBridge:
    """Begun at once. It ends by itself when this process does, however that ends."""

    def __init__(self) -> None:
        self._settled = threading.Event()
        self.ready = False
        """Whether it could be asked once."""
        self._closed = False
        self._starts = 0
        self._helper: TalkingHelper | None = None
        self._start()

    def wait(self) -> bool:
        """Until it can be asked, for a while; whether it can."""
        return self._settled.wait(_SECONDS) and self.ready

    def close(self) -> None:
        """End it."""
        self._closed = True
        if self._helper is not None:
            self._helper.close()

    def heard(self, _kind: bytes, _body: bytes) -> None:
        """It says one thing: that it is ready."""
        self.ready = True
        self._settled.set()

    def ended(self) -> None:
        """Begin it again: Qt finds the new one by its name."""
        if self._helper is not None:
            self._helper.close()
        self._start()

    def _start(self) -> None:
        if self._closed or self._starts == _STARTS:
            self._settled.set()
            return
        self._starts += 1
        try:
            self._helper = TalkingHelper(_NAME, self)
        except WorldError:
            self._settled.set()


_LIST: Final = "QT_IM_MODULES"
"""Several, tried in their order (since Qt 6.7)."""
_ONE: Final = "QT_IM_MODULE"
_OF_X: Final = "XMODIFIERS"
_IBUS: Final = "ibus"
_DAEMON: Final = "ibus-daemon"
_FCITX: Final = "fcitx"
_PORTAL: Final = "IBUS_USE_PORTAL"
_LOCALE: Final = ("LC_ALL", "LC_CTYPE", "LANG")
_MEANT: Final = frozenset({"none", "compose", "simple", "qtvirtualkeyboard"})
"""Whoever asks for these wants no other."""
Find = Callable[[str], str | None]
"""Where a program is."""


class Way(enum.Enum):
    """How the window comes to Chinese."""

    AS_ASKED = "as_asked"
    """The session chose, or its compositor does."""
    IBUS = "ibus"
    PORTAL = "portal"
    BRIDGE = "bridge"
    NOTHING = "nothing"
    """There is no input method, and none is expected."""


class ChineseInput:
    """Arranged before Qt begins; :meth:`close` when the window is gone."""

    def __init__(
        self,
        environment: MutableMapping[str, str],
        who: Callable[[Mapping[str, str]], Running] = who_runs,
        find: Find = shutil.which,
        bridge: Callable[[], InputBridge] = InputBridge,
    ) -> None:
        self._environment = environment
        self._who = who
        self.way = Way.AS_ASKED
        self._bridge: InputBridge | None = None
        if sys.platform != "linux":
            return
        self.way = choose_way(environment, who(environment), find)
        ask_for_way(environment, self.way)
        if self.way is Way.BRIDGE:
            self._bridge = bridge()
            self._bridge.wait()

    @property
    def reachable(self) -> bool:
        """Whether Chinese can be typed, by what runs now; who chose another way chose that too."""
        if self.way is Way.AS_ASKED:
            return True
        if self.way is Way.NOTHING or (self._bridge is not None and not self._bridge.ready):
            return False
        return self._who(self._environment).any

    def lacking(self, language: str) -> bool:
        """Whether a person is to be told that only letters can be typed; ``language``: of the window."""
        locale = next(filter(None, map(self._environment.get, _LOCALE)), "")
        return (language.startswith("zh") or locale.startswith("zh")) and not self.reachable

    def close(self) -> None:
        """End the bridge."""
        if self._bridge is not None:
            self._bridge.close()


def choose_way(environment: MutableMapping[str, str], running: Running, find: Find) -> Way:
    """The way that leads somewhere in this session."""
    asked = _asked(environment)
    if not _MEANT.isdisjoint(asked) or (not asked and _has_compositor(environment)):
        return Way.AS_ASKED
    if running.ibus and asked and asked[0] == _IBUS:
        return Way.IBUS
    if running.fcitx5 and running.portal:
        return Way.PORTAL
    if running.bus and (running.fcitx4 or running.fcitx5):
        return Way.BRIDGE
    if running.ibus:
        return Way.IBUS
    if running.portal:
        return Way.PORTAL
    return _expected(asked, running, find)


def _expected(asked: list[str], running: Running, find: Find) -> Way:
    """Nothing runs yet: at the start of a session the window may be first."""
    if any(name.startswith(_FCITX) for name in asked) or (not asked and find(_FCITX)):
        return Way.BRIDGE if running.bus else Way.PORTAL
    if asked:
        return Way.IBUS if find(_DAEMON) else Way.PORTAL
    return Way.NOTHING


def ask_for_way(environment: MutableMapping[str, str], way: Way) -> None:
    """Tell Qt; to be called before it begins."""
    if way in (Way.AS_ASKED, Way.NOTHING):
        return
    asked = _asked(environment)
    if _IBUS not in asked:
        environment[_LIST] = ";".join((*asked, _IBUS))
    if way is not Way.IBUS:
        environment.setdefault(_PORTAL, "1")


def _asked(environment: MutableMapping[str, str]) -> list[str]:
    """What the session names, for Qt or else for every program."""
    several = [name for name in environment.get(_LIST, "").split(";") if name]
    if several:
        return several
    one = environment.get(_ONE) or environment.get(_OF_X, "").partition("@im=")[2]
    return [one] if one else []


def _has_compositor(environment: MutableMapping[str, str]) -> bool:
    """Wayland: the compositor passes on what an input method writes."""
    return bool(environment.get("WAYLAND_DISPLAY")) and not environment.get(
        "QT_QPA_PLATFORM", ""
    ).startswith("xcb")
