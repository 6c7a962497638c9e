"""The whole path through the real windows, and its bundle opened by public tools that know nothing of us.

The last step of the demonstration renders every page of station and centre in both languages, light and dark, at
1366×768 and fails on clipped or overlapping text, so this is the gallery test as well: in the looks in which all
windows are tried (``tests/ui/pages/looks.py``), in a sweep in all of them.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.demo.gallery import PAGES
from desktop.demo.run import STEPS
from desktop.demo.stage import CENTRE_OFFICER
from desktop.runtime.keys.key_file import KeyFile
from desktop.runtime.keys.passwords import PasswordPolicy
from desktop.runtime.system_clock import SystemClock
from desktop.sealing.keys import DeviceKeys
from tests.support.strict import all_of
from tests.ui.pages.looks import LOOKS

pytestmark = pytest.mark.timeout(400)  # a minute alone on two cores; others may be at work there
FEWER_LOOKS = """
import sys
from desktop.__main__ import main
from desktop.demo import gallery
from tests.ui.pages.looks import LOOKS
gallery.LOOKS = LOOKS
sys.exit(main())
"""
PLAIN = {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen", "FANZHA_STRICT_TEXTS": "1"}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """One demonstration for all tests of this file."""
    out = tmp_path_factory.mktemp("demo") / "out"
    words = ["--json", "demo", "--headless", "--out", str(out)]
    command = [sys.executable, "-c", FEWER_LOOKS, *words]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **PLAIN}
    )
    assert done.stdout, done.stderr
    return out, json.loads(done.stdout)


def test_every_step_ends_well(played):
    _, told = played
    assert [step for step in told["steps"] if not step["ok"]] == []
    assert told["ok"] is True
    assert len(told["steps"]) == len(STEPS)


def test_the_stop_took_at_most_twelve_keys_beyond_the_facts(played):
    _, told = played
    assert 0 < told["keystrokes"] <= 12


def test_every_screen_was_kept(played):
    out, told = played
    assert all_of(Path(name).stat().st_size > 0 for name in told["files"])
    looks = {path.stem for path in (out / "screens" / "looks").glob("*.png")}
    for place, pages in PAGES.items():
        for page in pages.split():
            for language, scheme in LOOKS:
                assert f"{place}-{page}-{language}-{scheme.value}" in looks


def test_no_window_outgrew_the_smallest_screen(played):
    out, _ = played
    sizes = {path.name: png_size(path) for path in (out / "screens").rglob("*.png")}
    assert {name: size for name, size in sizes.items() if size != (1366, 768)} == {}


def png_size(path):
    """Width and height from the header (PNG specification, 11.2.2)."""
    return struct.unpack(">II", path.read_bytes()[16:24])


def test_public_tools_open_and_check_the_bundle(played, tmp_path):
    out, _ = played
    profile = out / "profiles" / "centre"
    key_file = KeyFile(profile / "keys.json", SystemClock(), PasswordPolicy.from_rules())
    number, _, password = CENTRE_OFFICER
    keys = DeviceKeys.from_bytes(key_file.unlock(number, password).secrets["device"])
    identity = tmp_path / "identity.txt"
    identity.write_text(keys.age.text + "\n", "utf-8")
    volumes = sorted((out / "stick").glob("*.fzb"))
    assert len(volumes) == 2
    for volume in volumes:
        folder = tmp_path / volume.stem
        folder.mkdir()
        opened = tmp_path / "volume.tar"
        run("age", "-d", "-i", identity, "-o", opened, volume)
        run("tar", "-x", "-f", opened, "-C", folder)
        (bag,) = folder.iterdir()
        run(sys.executable, "-m", "bagit", "--validate", bag)
        check_signature(bag, tmp_path)


def check_signature(bag: Path, folder: Path) -> None:
    """``ssh-keygen -Y verify`` against the key the manifest names."""
    sender = json.loads((bag / "data" / "manifest.json").read_text("utf-8"))["sender"]
    key = sender["signing_key"]
    allowed = folder / "allowed_signers"
    allowed.write_text(f'station namespaces="fanzha-bundle" {key}\n', "utf-8")
    tags = bag / "tagmanifest-sha256.txt"
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        str(allowed),
        "-I",
        "station",
        "-n",
        "fanzha-bundle",
    ]
    command += ["-s", f"{tags}.sig"]
    done = subprocess.run(command, input=tags.read_bytes(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def run(*command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
