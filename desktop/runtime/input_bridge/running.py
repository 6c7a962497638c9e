"""Which input methods a session runs, asked once before the window opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jeepney import MessageType, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from desktop.runtime.input_bridge.bus_names import BUS, PORTAL
from desktop.runtime.input_bridge.places import fcitx_bus, fcitx_name, ibus_runs, session_bus

_SECONDS: Final = 1.0
"""How long the session bus may take. A window that opens late is worse than one without Chinese input."""
_FCITX_5: Final = "org.fcitx.Fcitx5"


@dataclass(frozen=True, slots=True)
class Running:
    """``portal``: somebody answers as IBus's portal. ``bus``: there is a session bus on which one could."""

    bus: bool = False
    portal: bool = False
    fcitx5: bool = False
    fcitx4: bool = False
    ibus: bool = False

    @property
    def any(self) -> bool:
        """Whether there is an input method at all."""
        return self.portal or self.fcitx5 or self.fcitx4 or self.ibus


def who_runs(environment: Mapping[str, str]) -> Running:
    """Ask the session bus; a session without one runs nothing that Qt can reach, IBus with its own bus excepted."""
    ibus = ibus_runs(environment)
    try:
        connection = open_dbus_connection(session_bus(environment), auth_timeout=_SECONDS)
    except _NO_BUS:
        return Running(ibus=ibus)
    with connection:
        fcitx5 = _has(connection, _FCITX_5)
        return Running(
            bus=True,
            portal=_has(connection, PORTAL),
            fcitx5=fcitx5,
            fcitx4=bool(fcitx_bus(environment))
            or (not fcitx5 and _has(connection, fcitx_name(environment))),
            ibus=ibus,
        )


_NO_BUS: Final = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    RuntimeError,
    TimeoutError,
    AuthenticationError,
)


def _has(connection: DBusConnection, name: str) -> bool:
    question = new_method_call(BUS, "NameHasOwner", "s", (name,))
    try:
        answer = connection.send_and_get_reply(question, timeout=_SECONDS)
    except _NO_BUS:
        return False
    return answer.header.message_type is MessageType.method_return and bool(answer.body[0])
