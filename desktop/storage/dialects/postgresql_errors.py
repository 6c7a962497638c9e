"""Which of our errors an error of PostgreSQL is.

Once connected the server gives a class of error (SQLSTATE, appendix A of its manual), whatever its language. While
connecting the driver gives only the server's sentence, so what can be told from its state is told from that.
"""

from __future__ import annotations

import socket
import ssl
import struct
from typing import Any, Final

_ASK_FOR_TLS: Final = struct.pack("!ii", 8, 80877103)
"""``SSLRequest``, PostgreSQL's manual, 55.7: answered with ``S`` or ``N`` before anything else is said."""
_WAIT_S: Final = 5
_BY_REASON: Final = {
    9: "database.tls_early",
    10: "database.tls_expired",
    # by nobody we know, by itself, or by one of the same name with another key
    **dict.fromkeys((2, 7, 18, 19, 20, 21), "database.tls_unknown"),
}
_UNSURE: Final = "database.server_tls"


def why_unverified(connection: Any) -> str:
    """The code for a connection of libpq that ended at the server's certificate."""
    options = {option.keyword: (option.val or b"").decode() for option in connection.info}
    host = options.get(b"hostaddr") or options.get(b"host", "")
    port, root = options.get(b"port", ""), options.get(b"sslrootcert", "")
    if "," in host or not (host and port.isdigit() and root) or root == "system":
        return _UNSURE
    try:
        _negotiate_tls(host, int(port), root)
    except ssl.SSLCertVerificationError as error:
        return _BY_REASON.get(error.verify_code, _UNSURE)
    except (OSError, ValueError):
        return _UNSURE
    return _UNSURE


def _negotiate_tls(host: str, port: int, root: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # a wrong name libpq tells by itself
    context.load_verify_locations(root)
    with socket.create_connection((host, port), timeout=_WAIT_S) as plain:
        plain.sendall(_ASK_FOR_TLS)
        if plain.recv(1) == b"S":
            with context.wrap_socket(plain):
                pass


_BY_STATE: Final = {
    "08": "database.server_gone",
    "57P": "database.server_gone",
    "28": "database.server_refused",
    "3D000": "database.server_missing",
    "42501": "database.server_rights",
    "25006": "database.server_read_only",
    "53100": "database.server_full",
    "53": "database.busy",
    "40": "database.busy",
    "55P03": "database.busy",
    "57014": "database.busy",
    "XX001": "database.server_damaged",
    "XX002": "database.server_damaged",
}
_BY_SERVERS_WORDS: Final = (
    (("no encryption", "无加密", "没有加密"), "database.tls_demanded"),
    (("pg_hba.conf",), "database.server_refused"),
    (("does not exist", "不存在"), "database.server_missing"),
    (("too many", "remaining connection slots", "太多"), "database.busy"),
)
_BY_TLS_WORDS: Final = (
    (("could not read root certificate",), "database.tls_root_unreadable"),
    (("root certificate file",), "database.tls_root"),
    (("does not match host name",), "database.tls_name"),
    (("does not support SSL",), "database.tls_none"),
    (("certificate", "SSL", "证书"), "database.server_tls"),
)
"""What libpq says of TLS before the server has said anything; it speaks English wherever it comes with us."""
_BROKE_OFF: Final = "SSL error:"
"""A handshake that did not come to its end, whatever the reason."""
_AT_FIRST: Final = "connection to server"
"""Begins what is said of each attempt to connect; of several, the driver keeps the words alone."""
_CONNECTION_ERRORS: Final = frozenset({"OperationalError", "InterfaceError", "ConnectionTimeout"})


def server_code(original: object) -> str:
    """The code for the driver's error; "" for an error of ours, or one of another driver."""
    if not type(original).__module__.startswith("psycopg"):
        return ""
    state = str(getattr(original, "sqlstate", None) or "")
    for length in (5, 3, 2):
        if state[:length] in _BY_STATE:
            return _BY_STATE[state[:length]]
    if state or not _is_of_connection(original):
        return ""
    return _while_connecting(original)


def _is_of_connection(original: object) -> bool:
    return any(kind.__name__ in _CONNECTION_ERRORS for kind in type(original).__mro__)


def _while_connecting(original: object) -> str:
    connection: Any = getattr(original, "pgconn", None)
    message = str(original)
    # A line that was open; that it was one of TLS is not to blame.
    if connection is None and _AT_FIRST not in message:
        return "database.server_gone"
    if connection is not None and _BROKE_OFF in message:
        return why_unverified(connection)
    asked = connection is not None and (connection.needs_password or connection.used_password)
    ways = _BY_SERVERS_WORDS if asked or "FATAL" in message else _BY_TLS_WORDS + _BY_SERVERS_WORDS
    for words, code in ways:
        if any(word in message for word in words):
            return code
    return "database.server_refused" if asked else "database.server_gone"
