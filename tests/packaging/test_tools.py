"""The packaging tools: the lock is whole and names no index, scripts parse, the trial tells good from bad."""

import re
import shlex
import subprocess
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT
from tests.support.strict import all_of


def load(name: str) -> ModuleType:
    """``packaging/<name>.py`` by its path: the folder is no package, and a library has its name."""
    spec = spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


smoke, dead_code = load("smoke"), load("dead_code")
LOCK = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
SCRIPTS = ("packaging/dev", "packaging/lock", "packaging/build", "packaging/root", ".ci/run")


def pins() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", LOCK, flags=re.MULTILINE))


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_holds_every_declared_package_and_no_other_pin_of_qt() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {plain(re.split(r"[<>=~! ;\[]", line)[0]) for line in declared}
    assert names <= {plain(name) for name in pins()}
    assert f"PySide6-Essentials=={pins()['pyside6-essentials']}" in declared


def test_every_pin_has_hashes_and_no_address_is_named() -> None:
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins())
    assert all_of("--hash=sha256:" in block for block in blocks)
    assert re.search(r"https?:|--index|--extra-index|--find-links|file://", LOCK) is None


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_parse_and_can_be_run(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert path.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    done = subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS[:3])
def test_a_script_called_wrongly_explains_itself(script: str) -> None:
    done = subprocess.run([ROOT / script, "--odd"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"{script}" in done.stderr


PROGRAM = """\
import json, pathlib, sys
if "selftest" in sys.argv:
    print(json.dumps({{"checks": [{{"name": "fonts", "ok": {ok}}}]}}))
elif "demo" in sys.argv:
    out = pathlib.Path(sys.argv[-1])
    out.mkdir()
    (out / "board.png").touch()
    print(json.dumps({{"ok": {ok}, "steps": [{{"name": "report", "ok": True}}], "files": []}}))
    print({noise!r}, file=sys.stderr)
"""


def program(folder: Path, *, ok: bool, noise: str) -> Path:
    code = folder / "program.py"
    code.write_text(PROGRAM.format(ok=ok, noise=noise), "utf-8")
    path = folder / "fanzha"
    path.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, str(code)])} "$@"\n', "utf-8")
    path.chmod(0o755)
    return path


def test_a_sound_program_passes_the_trial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = "Fontconfig warning: no such file"
    assert smoke.main([str(program(tmp_path, ok=True, noise=known))]) == 0
    assert "1 pictures" in capsys.readouterr().out


def test_an_unsound_or_noisy_program_fails_the_trial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert smoke.main([str(program(tmp_path, ok=False, noise="cannot find libxcb"))]) == 1
    problems = capsys.readouterr().err
    assert "selftest: fonts" in problems
    assert "demo: not ok" in problems
    assert "cannot find libxcb" in problems


@pytest.mark.packaging
def test_the_frozen_program_passes_the_trial() -> None:
    built = ROOT / "dist" / "fanzha" / "fanzha"
    if not built.exists():
        pytest.skip("packaging/build has not been run")
    assert smoke.main([str(built)]) == 0


def test_dead_code_is_found_and_data_is_none(tmp_path: Path) -> None:
    source = """
from dataclasses import dataclass
from enum import StrEnum

class Kind(StrEnum):
    NEVER_NAMED = "never"

@dataclass(frozen=True)
class Record:
    never_read: int = 0

    def never_called(self) -> None: ...

class Plain:
    NEVER_ASKED = 1

def used() -> tuple[type, ...]:
    return Kind, Record, Plain

LEFT = used()

def mouseEvent() -> None: ...
"""
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "some.py").write_text(source, "utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.vulture]\nignore_names = ["*Event"]\n', "utf-8")
    assert dead_code.unused(tmp_path) == [
        "desktop/some.py:12 never_called", "desktop/some.py:15 NEVER_ASKED", "desktop/some.py:20 LEFT",
    ]  # fmt: skip


def test_a_name_is_not_used_because_another_module_uses_one_like_it(tmp_path: Path) -> None:
    sources = {
        "first": "LIMIT = 1\nMOST = LIMIT\nalarm = Table('alarm')\n",
        "second": "LIMIT = 2\n\ndef show(): ...\n\ndef hide(): ...\n",
        "third": "def show(): ...\n",
        "opened": "def show(): ...\n",
        "caller": "from desktop import second\nfrom desktop.third import show\nsecond.hide(show, 'desktop.opened')\n",
    }  # fmt: skip
    (tmp_path / "desktop").mkdir()
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "script.py").write_text("from desktop.first import MOST\n", "utf-8")
    for name, source in sources.items():
        (tmp_path / "desktop" / f"{name}.py").write_text(source, "utf-8")
    assert list(dead_code.unreached(tmp_path)) == [
        "desktop/second.py:1 LIMIT", "desktop/second.py:3 show",
    ]  # fmt: skip
