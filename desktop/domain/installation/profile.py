"""Who this installation is: a desk of a station, or the city centre."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import CENTRE_ROLES, SMALL_STATION, Role

_BETWEEN_HOSTS: Final = re.compile(r"[\s,，、;；]+")
_MEANING: Final = frozenset("/?#@%[]\\,;=&\"'")
"""Signs that mean something within an address."""


NO_SEAT: Final = DeviceId("")
_SEAT: Final = ".."
"""Between the id of a centre and that of one of its PCs; the code of a unit stands behind one dot."""


class InstallationRole(StrEnum):
    """What the same program is used as."""

    DESK = "desk"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Profile:
    """Station or centre identity, fixed at first start. ``unit_code`` is 12 digits (GA 380)."""

    role: InstallationRole
    unit_code: str
    unit_name: str
    device_letter: str
    device: DeviceId
    on_server: bool = False
    """Whether the database is said to lie on a server; which one only the key file says."""
    renewed: str = ""
    """When a centre began the streams of its stations anew, as digits; "" for one that never did."""
    duty_phone: str = ""
    """The unit's telephone for those who report, as papers print it; "" where nobody said it."""
    seat: DeviceId = NO_SEAT
    """Which PC of a centre on a server this is, by its own pair of keys; "" for the first one, and for every other
    installation."""

    @property
    def own_stream(self) -> str:
        """The journal stream of what happens at this PC. Each PC of a centre has one of its own, under the centre's id;
        elsewhere it is the device's."""
        return f"{self.device}{_SEAT}{self.seat}" if self.seat else self.device

    @property
    def as_centre(self) -> str:
        """The code of the unit where it is a centre, else ""."""
        return self.unit_code if self.role is InstallationRole.CENTRE else ""

    def stream_for(self, unit_code: str) -> str:
        """The journal stream this device writes for ``unit_code``.

        A desk has one stream. A centre keeps one per audience, so that a station is sent what concerns it and
        nothing of its neighbours, and gaps can still be told from silence.
        """
        if self.role is InstallationRole.DESK or not unit_code or unit_code == self.unit_code:
            return self.device
        return ".".join(filter(None, (self.device, unit_code, self.renewed)))


@dataclass(frozen=True, slots=True)
class ServerChoice:
    """A database server for a centre. ``address`` holds no password; ``unsafe``: somebody said that it may do without
    verified encryption."""

    address: str
    password: str = field(default="", repr=False)
    unsafe: bool = False


def server_choice(
    host: str, port: int, database: str, user: str, password: str = "", root: str = ""
) -> ServerChoice:
    """A server as a person names it, part by part; beyond this machine its encryption is verified. ``host``: one, or
    several of which the others stand by, see :func:`hosts_of`; all answer at ``port``. ``database``: a plain name, see
    :func:`is_plain_name`. ``root``: the file with the certificate of whoever signed the server's."""
    hosts = hosts_of(host)
    address = f"postgresql+psycopg://{quote(user, safe='')}@"
    if len(hosts) == 1:
        named = f"[{host}]" if ":" in host else host
        address += f"{named}:{port}/{database}"
    else:
        ports = ",".join([str(port)] * len(hosts))
        address += (
            f"/{database}?host={quote(','.join(hosts), safe='')}&port={quote(ports, safe='')}"
        )
    if root:
        address += f"{'&' if '?' in address else '?'}sslrootcert={quote(root, safe='')}"
    return ServerChoice(address, password)


def hosts_of(text: str) -> tuple[str, ...]:
    """The servers that a person names, with commas or spaces between them."""
    return tuple(host for host in _BETWEEN_HOSTS.split(text) if host)


def is_plain_name(name: str) -> bool:
    """Whether a host or a database has a name that means itself within an address."""
    return bool(name) and not any(sign in _MEANING or sign.isspace() for sign in name)


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What the first start asks: the unit and its first officer. ``roles`` empty: those usual for the installation."""

    role: InstallationRole
    unit_code: str
    unit_name: str
    device_letter: str
    officer_number: str
    officer_name: str
    password: str
    roles: tuple[Role, ...] = ()
    duty_phone: str = ""
    server: ServerChoice | None = None
    """None: the database is a file beside the profile."""

    def first_roles(self) -> tuple[Role, ...]:
        """The roles of the first officer."""
        if self.roles:
            return self.roles
        return CENTRE_ROLES if self.role is InstallationRole.CENTRE else SMALL_STATION

    def __repr__(self) -> str:
        """Without names and password: requests may meet a log."""
        return f"FirstRun({self.role})"


def renewal_of(stream: str) -> tuple[str, str]:
    """The name that a centre's stream for one unit first had, and when it was begun anew under the one it has; both ""
    for any other stream."""
    device, _, rest = stream.partition(".")
    unit, _, renewed = rest.partition(".")
    return (f"{device}.{unit}", renewed) if unit else ("", "")


def seat_of(stream: str) -> DeviceId:
    """The PC of a centre whose own stream it is; "" for any other stream."""
    return DeviceId(stream.partition(_SEAT)[2])


def device_of(stream: str) -> DeviceId:
    """The device that writes ``stream``."""
    return DeviceId(stream.partition(".")[0])
