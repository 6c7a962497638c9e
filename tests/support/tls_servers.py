"""PostgreSQL servers of a test's own that speak TLS on loopback, and the certificates they show.

The server the other tests use is reached by a socket, where there is no TLS; these listen at a port.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.databases import server_of_tests

USER, PASSWORD, DATABASE = "fanzha", "Zhang-ye-lu-2026", "fanzha"
NAME = "db.lz.example"
"""What the servers' certificates are made out to; nothing looks it up."""
_PROGRAMS = Path("/usr/lib/postgresql")
_SURROUNDINGS = {"LC_ALL": "C.UTF-8", "PGOPTIONS": "-cclient_min_messages=warning"}
_RULES = """
local all postgres trust
hostssl fanzha all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True)
class Authority:
    """Somebody who signs certificates."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def write(self, path: Path) -> Path:
        """The certificate as a file that a person is handed."""
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return path


def an_authority(name: str = "Lanzhou City CA") -> Authority:
    """A new one."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _certificate(name, name, key.public_key(), days=(-30, 300))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return Authority(key, made.sign(key, hashes.SHA256()))


def _certificate(
    name: str, issuer: str, key: ec.EllipticCurvePublicKey, *, days: tuple[int, int]
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)  # noqa: TID251 - TLS asks the computer's clock, not ours
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )


def find_programs() -> Path:
    """The folder with the programs of the newest server that is installed."""
    found = sorted(_PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    assert found, f"{_PROGRAMS} has no server, though this machine runs the tests of PostgreSQL"
    return found[-1].parent


@dataclass
class TlsServer:
    """A server with one empty database that belongs to ``USER``. It is stopped until it shows a certificate."""

    folder: Path
    port: int
    authority: Authority = field(default_factory=an_authority)
    _runs: bool = False

    @property
    def root(self) -> Path:
        """The right root certificate."""
        return self.folder / "root.crt"

    def show(self, days: tuple[int, int] = (-10, 100), *, tls: bool = True) -> None:
        """Start anew with a certificate that holds from and until so many days from now."""
        self.stop()
        self._issue(days)
        on = {"listen_addresses": "127.0.0.1", "port": self.port, "fsync": "off"}
        on |= {"unix_socket_directories": self.folder, "ssl": "on" if tls else "off"}
        on |= {"ssl_cert_file": self.folder / "server.crt", "ssl_key_file": self.folder / "key"}
        options = " ".join(f"-c {name}={value}" for name, value in on.items())
        self._control("--wait", f"--log={self.folder / 'log'}", f"--options={options}", "start")
        self._runs = True

    def stop(self) -> None:
        """As a power cut would."""
        if self._runs:
            self._control("--mode=immediate", "stop")
            self._runs = False

    def make(self) -> None:
        """All it needs before it first runs."""
        data = self.folder / "data"
        self.run("initdb", f"--pgdata={data}", "--username=postgres", "--auth=trust", "--no-sync",
                 "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        (data / "pg_hba.conf").write_text(_RULES, encoding="utf-8")
        self.authority.write(self.root)
        self.show()
        self.ask(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
        self.empty()

    def empty(self) -> None:
        """The database anew, with nothing in it."""
        self.ask(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        self.ask(f"CREATE DATABASE {DATABASE} OWNER {USER}")

    def ask(self, statement: str, database: str = "postgres") -> str:
        """What the server's administrator is told."""
        return self.run("psql", f"--host={self.folder}", f"--port={self.port}", "--username=postgres",
                        "--no-psqlrc", "--quiet", "-At", f"--command={statement}", database)  # fmt: skip

    def tables(self) -> str:
        """What is in the database."""
        return self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", DATABASE)

    def address(self, host: str = NAME, **said: object) -> str:
        """The database, reached at 127.0.0.1 whatever ``host`` says."""
        query = "&".join(f"{name}={value}" for name, value in said.items())
        where = f"{USER}@{host}:{self.port}/{DATABASE}?hostaddr=127.0.0.1"
        return f"postgresql+psycopg://{where}&{query}"

    def _issue(self, days: tuple[int, int]) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(NAME, "Lanzhou City CA", key.public_key(), days=days)
        names = [x509.DNSName(NAME), x509.IPAddress(ip_address("127.0.0.1"))]
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        shown = made.sign(self.authority.key, hashes.SHA256())
        self._keep("key", secret)
        self._keep("server.crt", shown.public_bytes(serialization.Encoding.PEM))

    def _keep(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.write_bytes(content)
        path.chmod(0o600)
        if _is_root():
            shutil.chown(path, "postgres", "postgres")

    def _control(self, *words: str) -> None:
        # A server that was started keeps what it inherits open: its output must not be a pipe somebody reads.
        self.run("pg_ctl", f"--pgdata={self.folder / 'data'}", "--silent", *words, read=False)

    def run(self, program: str, *words: str, read: bool = True) -> str:
        """One of PostgreSQL's programs, as a user that it does not refuse to run as."""
        other: dict[str, object] = {}
        if _is_root():
            other = {"user": "postgres", "group": "postgres", "extra_groups": ()}
        done = subprocess.run(  # type: ignore[call-overload]
            [find_programs() / program, *words], cwd="/", check=True, text=True,
            stdout=subprocess.PIPE if read else subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            env=_SURROUNDINGS, **other,
        )  # fmt: skip
        return str(done.stdout or "").strip()


def _is_root() -> bool:
    return os.geteuid() == 0


@contextmanager
def a_tls_server() -> Iterator[TlsServer]:
    """One that is stopped and taken away at the end; where no tests of PostgreSQL run, skips."""
    server_of_tests()
    with tempfile.TemporaryDirectory(prefix="fanzha-tls-") as made, socket.socket() as free:
        folder = Path(made)
        folder.chmod(0o755)
        if _is_root():
            shutil.chown(folder, "postgres", "postgres")
        free.bind(("127.0.0.1", 0))
        server = TlsServer(folder, free.getsockname()[1])
        free.close()
        try:
            server.make()
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="module")
def tls() -> Iterator[TlsServer]:
    """One server for all tests of a module; each says first what it shows."""
    with a_tls_server() as server:
        yield server
