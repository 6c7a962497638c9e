"""``packaging/dev`` on a machine of stubs: a Python, a pip and a dpkg that do nothing but answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a shell script for Linux")

_PYTHON = """\
#!/bin/bash
case "$*" in
  --version) echo "Python 3.11.2" ;;
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo "$3" > "$3/bin/activate" ;;
esac
"""
_NOBODY = 65534


class Machine:
    """A checkout and what is found on the PATH."""

    def __init__(self, folder: Path, *, installed: bool = True, python: bool = True) -> None:
        self.tree = folder / "tree"
        (self.tree / "packaging").mkdir(parents=True)
        for name in ("packaging/dev", "packaging/requirements.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, self.tree / name)
        self.home = folder / "home"
        self.home.mkdir()
        self.home.chmod(0o777)
        self._programs = folder / "programs"
        self._programs.mkdir()
        self.add("dpkg-query", "echo install ok installed" if installed else "exit 1")
        self.add("apt-cache", "exit 0")
        if python:
            self.add("python3", _PYTHON)

    @property
    def venv(self) -> Path:
        return self.tree / ".venv"

    def add(self, name: str, text: str) -> None:
        """A program on the PATH."""
        path = self._programs / name
        path.write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(0o755)

    def setup(self) -> subprocess.CompletedProcess[str]:
        """``packaging/dev setup``, never as root: root could install packages here."""
        command: list[str | Path] = [self.tree / "packaging" / "dev", "setup"]
        if os.getuid() == 0:
            command = ["setpriv", f"--reuid={_NOBODY}", "--clear-groups", *command]
        environment = {"PATH": f"{self._programs}:/usr/bin:/bin", "HOME": str(self.home)}
        for name in ("python3", "python3.11", "python3.12", "python3.13"):
            if not (self._programs / name).exists():
                self.add(name, "exit 1")
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that an ordinary user reaches, unlike the private folder of the tests."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(os.path.realpath(made))
        folder.chmod(0o755)
        yield folder


def test_everything_missing_is_named_at_once(folder: Path) -> None:
    machine = Machine(folder, installed=False, python=False)
    done = machine.setup()
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if "sudo apt-get install" in line]
    assert {"libegl1", "libxcb-cursor0", "python3", "python3-venv"} <= set(line.split())


def test_a_folder_that_cannot_be_written_is_set_up_elsewhere(folder: Path) -> None:
    machine = Machine(folder)
    machine.tree.chmod(0o555)
    done = machine.setup()
    assert (done.returncode, machine.venv.exists()) == (0, False), done.stderr
    (stamp,) = machine.home.rglob("stamp-run")
    assert f"{stamp.parent}/bin/activate" in map(str, machine.home.rglob("activate"))
    assert machine.setup().stderr == "", "the second time there is nothing to do"


def test_nothing_that_lies_in_the_way_is_emptied(folder: Path) -> None:
    """A ``.venv`` of somebody else, or one that came along with a folder that was moved."""
    machine = Machine(folder)
    machine.tree.chmod(0o777)
    for number in range(2):
        (machine.venv / "bin").mkdir(parents=True)
        (machine.venv / f"mine-{number}").touch()
        done = machine.setup()
        assert done.returncode == 0, done.stderr
        assert (machine.venv / "bin" / "python").exists()
        assert f"kept as {machine.venv}.before" in done.stderr
        (machine.venv / "bin" / "activate").write_text("/elsewhere", "utf-8")
        machine.venv.rename(folder / f"moved-{number}")
    kept = {file.name for file in machine.tree.glob(".venv.before*/mine-*")}
    assert kept == {"mine-0", "mine-1"}


def test_a_set_up_that_works_is_left_alone(folder: Path) -> None:
    machine = Machine(folder)
    machine.tree.chmod(0o777)
    assert machine.setup().returncode == 0
    (machine.venv / "mine").touch()
    (machine.venv / "stamp-packages").unlink()
    assert machine.setup().returncode == 0
    assert (machine.venv / "mine").exists()
