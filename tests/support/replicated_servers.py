"""Two PostgreSQL servers of our own, one standing by for the other: every commit is on both before it is acknowledged.

Where ``FANZHA_TEST_POSTGRES`` names a server there are its programs too. PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import os
import pwd
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.databases import server_of_tests

_STANDBY: Final = "standby"


@dataclass(frozen=True)
class ReplicatedServers:
    """``folder``: holds ``one`` and ``two``, each a cluster with its socket beside."""

    folder: Path
    programs: Path

    def address(self, *names: str) -> str:
        """The address that names these servers, in this order."""
        hosts = ",".join(str(self.folder / name) for name in names)
        return f"postgresql+psycopg://fanzha@/fanzha?host={hosts}"

    def start(self, name: str) -> None:
        """Start one, and wait until it answers."""
        options = (
            f"-c listen_addresses= -c unix_socket_directories={self.folder / name} -c max_connections=60"
            " -c track_commit_timestamp=on"
        )
        log = self.folder / f"{name}.log"
        self._run(
            "pg_ctl", f"--pgdata={self._data(name)}", f"--log={log}", "--wait", f"--options={options}", "start",
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """As a power cut: no process of it ends by itself."""
        pid = int((self._data(name) / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGSTOP)  # it starts no more of them
        found = subprocess.run(
            ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
        )
        processes = [os.pidfd_open(one) for one in (pid, *map(int, found.stdout.split()))]
        for process in processes:
            signal.pidfd_send_signal(process, signal.SIGKILL)
        for process in processes:
            select.select([process], [], [])
            os.close(process)
        # Its parent may be slow to hear of it; after a power cut no process has the number that these name.
        for lock in (self._data(name) / "postmaster.pid", *(self.folder / name).glob(".s.PGSQL.*")):
            lock.unlink()

    def promote(self, name: str) -> None:
        """Make the one that stands by the primary, which waits for no other any more."""
        self._tell(name, "ALTER SYSTEM RESET synchronous_standby_names")
        self._tell(name, "SELECT pg_reload_conf()")
        self._run("pg_ctl", f"--pgdata={self._data(name)}", "--wait", "promote")

    def make(self) -> None:
        """Both, the second of them standing by synchronously."""
        self._run("initdb", f"--pgdata={self._data('one')}", "--username=fanzha", "--auth=trust", "--encoding=UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.start("one")
        self._tell("one", "CREATE DATABASE fanzha", database="postgres")
        self._tell("one", "ALTER SYSTEM SET synchronous_standby_names = '*'")
        self._tell("one", "SELECT pg_reload_conf()")
        self._run(
            "pg_basebackup", f"--host={self.folder / 'one'}", "--username=fanzha", f"--pgdata={self._data('two')}",
            "--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--create-slot", f"--slot={_STANDBY}",
        )  # fmt: skip
        self.start("two")

    def stop(self) -> None:
        """Whatever still runs."""
        for name in ("one", "two"):
            if (self._data(name) / "postmaster.pid").exists():
                self.kill(name)

    def _data(self, name: str) -> Path:
        return self.folder / name / "data"

    def _tell(self, name: str, statement: str, database: str = "fanzha") -> None:
        self._run("psql", f"--host={self.folder / name}", "--username=fanzha", f"--dbname={database}", "--quiet",
                  f"--command={statement}")  # fmt: skip

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(
            command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


@contextmanager
def replicated_servers() -> Iterator[ReplicatedServers]:
    """Skips the test where there is no PostgreSQL."""
    server_of_tests()
    with made_servers() as servers:
        yield servers


@contextmanager
def made_servers() -> Iterator[ReplicatedServers]:
    """The two in a folder of their own, which goes with them."""
    programs = max(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
    )
    folder = Path(
        tempfile.mkdtemp(prefix="fanzha-servers-")
    )  # the name of a socket may not be long
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    for name in ("one", "two"):
        (folder / name).mkdir()
        if os.geteuid() == 0:
            os.chown(folder / name, owner.pw_uid, owner.pw_gid)
    servers = ReplicatedServers(folder, programs)
    try:
        servers.make()
        yield servers
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)
