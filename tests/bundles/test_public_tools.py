"""The commands of ``docs/bundle-format.md``, as another party would type them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.exchange.volumes import VolumeManifest
from desktop.sealing.sshsig import public_line
from tests.bundles import volumes

DOCUMENT = Path(__file__).parents[2] / "docs" / "bundle-format.md"
BAGIT = shlex.join([sys.executable, "-W", "ignore", "-m", "bagit"])
"""bagit-python of this environment, wherever it lies."""


def commands() -> list[str]:
    """The shell lines of the section "Open and check with public tools"."""
    section = DOCUMENT.read_text("utf-8").partition("## Open and check with public tools")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block
    return [line for line in block[1].splitlines() if line and not line.startswith("#")]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A folder with the three things the commands start from."""
    path, _ = volumes.write(tmp_path)
    path.rename(tmp_path / "volume.fzb")
    (tmp_path / "key.txt").write_text(volumes.CENTRE.age.text + "\n", encoding="ascii")
    line = public_line(volumes.DESK.public_raw, "")
    (tmp_path / "allowed_signers").write_text(
        f"{volumes.DESK.device_id} {line}\n", encoding="ascii"
    )
    return tmp_path


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = script.replace("DEVICE", volumes.DESK.device_id)
    script = script.replace("bagit.py", BAGIT)
    return subprocess.run(
        ["bash", "-c", "set -euo pipefail\n" + script],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_documented_commands_open_and_check_a_volume(session: Path) -> None:
    done = run("\n".join(commands()), session)
    assert done.returncode == 0, done.stderr
    assert "Good" in done.stdout
    bag = session / "bundle-001"
    names = sorted(str(path.relative_to(bag)) for path in bag.rglob("*") if path.is_file())
    blobs = sorted(f"data/blobs/{blob.sha256}" for blob in volumes.manifest().blobs)
    assert names == sorted([
        "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt",
        "tagmanifest-sha256.txt.sig", "data/journal.jsonl", "data/manifest.json",
        "data/readme.pdf", *blobs,
    ])  # fmt: skip
    assert (bag / "data/readme.pdf").read_bytes() == volumes.PDF


@pytest.mark.parametrize(
    "harm",
    [
        "printf x >> bundle-001/data/journal.jsonl",
        "rm bundle-001/data/readme.pdf",
        "printf x > bundle-001/data/more",
        "printf '\\n' >> bundle-001/bag-info.txt",
        "sed -i s/a/b/ bundle-001/tagmanifest-sha256.txt",
    ],
)
def test_they_notice_every_change(session: Path, harm: str) -> None:
    lines = commands()
    opened = next(index for index, line in enumerate(lines) if "tar" in line) + 1
    done = run("\n".join([*lines[:opened], harm, *lines[opened:]]), session)
    assert done.returncode != 0


def test_a_truncated_volume_does_not_open(session: Path) -> None:
    assert run("truncate -s -1 volume.fzb\n" + "\n".join(commands()), session).returncode != 0


def test_we_read_what_public_tools_made(session: Path) -> None:
    """A volume of our form can be made with GNU tar and age alone; the size note is ours to add, not to ask for."""
    script = (
        "age -d -i key.txt volume.fzb | tar -xf -\n"
        "age -d -i key.txt volume.fzb | tar -tf - > names\n"
        "tar -cf - --format=ustar -b 1 --owner=0 --group=0 --numeric-owner --mode=0644 --mtime=@946684800 -T names"
        f" | age -r {volumes.CENTRE.age.recipient.text} > again.fzb\n"
    )
    done = run(script, session)
    assert done.returncode == 0, done.stderr
    found: VolumeManifest = volumes.read(session / "again.fzb")
    assert found == volumes.manifest()
