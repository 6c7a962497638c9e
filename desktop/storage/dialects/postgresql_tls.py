"""Why a server's certificate was not believed.

libpq says no more than that verifying failed. A second handshake, which ends before anything is told to the
server, gives the reason (OpenSSL's ``X509_V_ERR_…``).
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
    told = {option.keyword: (option.val or b"").decode() for option in connection.info}
    host = told.get(b"hostaddr") or told.get(b"host", "")
    port, root = told.get(b"port", ""), told.get(b"sslrootcert", "")
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
