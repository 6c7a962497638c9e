"""Names on a D-Bus bus that several parts of the bridge speak of."""

from __future__ import annotations

from typing import Final

from jeepney import DBusAddress

BUS: Final = DBusAddress(
    "/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus"
)
"""The bus itself."""
PORTAL: Final = "org.freedesktop.portal.IBus"
"""Who has this name is asked by Qt's plugin."""
