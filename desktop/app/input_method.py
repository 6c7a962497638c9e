"""Chinese input on Linux: which of Qt's input methods the window asks for.

A session with Fcitx says ``QT_IM_MODULE=fcitx``. Its plugin fits one exact version of Qt and cannot come with ours;
without a plugin Qt takes Latin letters only. Fcitx answers as IBus too, whose plugin Qt brings. That plugin gives up
where no ``ibus-daemon`` is installed, unless it is told to ask the portal, as which Fcitx answers as well.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, MutableMapping
from typing import Final

_LIST: Final = "QT_IM_MODULES"
"""Several, tried in their order (since Qt 6.7)."""
_ONE: Final = "QT_IM_MODULE"
_OF_X: Final = "XMODIFIERS"
_IBUS: Final = "ibus"
_DAEMON: Final = "ibus-daemon"
_PORTAL: Final = "IBUS_USE_PORTAL"
_MEANT: Final = frozenset({"none", "compose", "simple", "qtvirtualkeyboard"})
"""Whoever asks for these wants no other."""


def ask_for_input_method(
    environment: MutableMapping[str, str], find: Callable[[str], str | None] = shutil.which
) -> None:
    """Put IBus behind whatever the session asks for; to be called before Qt begins. ``find``: where a program is."""
    asked = _asked(environment)
    if not asked or not _MEANT.isdisjoint(asked):
        return
    if _IBUS not in asked:
        environment[_LIST] = ";".join((*asked, _IBUS))
    if find(_DAEMON) is None:
        environment.setdefault(_PORTAL, "1")


def _asked(environment: MutableMapping[str, str]) -> list[str]:
    """What the session names, for Qt or else for every program."""
    several = [name for name in environment.get(_LIST, "").split(";") if name]
    if several:
        return several
    one = environment.get(_ONE) or environment.get(_OF_X, "").partition("@im=")[2]
    return [one] if one else []
