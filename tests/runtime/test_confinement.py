"""What a process beside the desk can not do, asked from inside it."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import _HELPERS
from desktop.runtime.processes.confinement import LEAST, helper_environment, memory_bound
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.runtime.processes.no_network import without_sockets
from tests.runtime.confined_probe import FAMILIES, _opens

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="as Linux bounds processes")
GIB = 1 << 30
OWN_NETWORK = Path("/proc/self/ns/net")


def probed(name: str) -> dict[str, Any]:
    """What the helper ``name`` finds itself able to do."""
    code = (
        "import sys, desktop.__main__ as program\n"
        f"program._HELPERS[{name!r}] = 'tests.runtime.confined_probe'\n"
        f"sys.argv = ['fanzha', '--helper', {name!r}]\n"
        "sys.exit(program.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", sorted(_HELPERS))
def test_a_helper_reaches_nobody(name: str) -> None:
    found = probed(name)
    assert found["core"] == 0
    assert found["user"] == os.getuid()
    assert found["telemetry"] == "1"
    own = str(OWN_NETWORK.readlink())
    if name == "ingest":  # takes bundles in where the database is on a server
        assert found["network"] == own
        return
    assert found["sockets"] == (["AF_UNIX"] if name in ("player", "input") else [])
    if name == "input":  # a session bus without a file belongs to a network
        assert found["network"] == own
    assert not found["ring"]


def test_it_has_a_network_of_its_own_where_the_kernel_lets_it() -> None:
    allowed = subprocess.run(
        ["unshare", "--user", "--net", "true"], check=False, capture_output=True
    )
    if allowed.returncode:
        pytest.skip("this kernel lets nobody make one")
    assert probed("pdf")["network"] != str(OWN_NETWORK.readlink())


def test_a_thread_alone_loses_its_sockets() -> None:
    left: list[list[str]] = []

    def work() -> None:
        assert without_sockets()
        left.append([name for name in FAMILIES if _opens(name)])
        other = threading.Thread(target=lambda: left.append([n for n in FAMILIES if _opens(n)]))
        other.start()
        other.join()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert left == [[], []], "the thread, and one that it started"
    assert _opens("AF_INET"), "nobody else's"


def test_no_password_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "what-opens-everything"
    for name in ("FANZHA_PASSWORD", "FANZHA_SECOND_PASSWORD", "FANZHA_NEW_PASSWORD", "PGPASSWORD"):
        monkeypatch.setenv(name, secret)
    helper = HelperProcess("pdf", 60.0)
    try:
        helper.ask(b'{"key": "none", "page": 0, "width": 0}\n')
        running = helper._running()
        assert running is not None
        process = Path(f"/proc/{running.pid}")
        assert secret.encode() not in process.joinpath("environ").read_bytes()
        limits = {
            line[:26].strip(): line[26:].split()[0]
            for line in process.joinpath("limits").read_text("ascii").splitlines()
        }
        assert limits["Max core file size"] == "0"
        assert limits["Max file size"] == "0"
        assert limits["Max data size"] == str(memory_bound())
    finally:
        helper.close()
    assert "PATH" in helper_environment()


@pytest.mark.parametrize(
    ("installed", "bound"),
    [(GIB, LEAST), (2 * GIB, GIB // 2), (3 * GIB, 3 * GIB // 4), (64 * GIB, GIB)],
)
def test_the_bound_of_memory_follows_the_pc(installed: int, bound: int) -> None:
    assert memory_bound(installed=installed) == bound
    assert memory_bound(960 << 20, installed) == max(960 << 20, bound)


def test_whoever_reads_strangers_files_is_bounded() -> None:
    """The others seal what was given them, or are a signed-in desk of their own."""
    for name, module in _HELPERS.items():
        tree = ast.parse((ROOT / (module.replace(".", "/") + ".py")).read_text("utf-8"))
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert ("confine" in calls) is (name not in {"seal", "ingest"}), name
