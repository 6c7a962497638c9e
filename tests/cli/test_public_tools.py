"""Another party opens and checks what ``bundle export`` wrote, with public tools and none of our program."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.sealing.keys import DeviceKeys
from tests.bundles.test_public_tools import BAGIT, commands
from tests.cli.conftest import Place
from tests.cli.terminal import Terminal
from tests.support.installations import OFFICER, PASSWORD

EVIDENCE = {"聊天记录.png": b"chat" * 50_000, "空.txt": b"", "转账凭证.jpg": b"receipt" * 11}


@dataclass(frozen=True, slots=True)
class Carried:
    """Volumes on a stick; the device that made them, as its card shows it."""

    place: Place
    volumes: list[Path]
    device: str
    case: str


@pytest.fixture(scope="module")
def carried(place: Place) -> Carried:
    station = place.station
    case = station.json("report", "add", place.report)["case"]
    station.json("order", "issue", case, "--kind", "stop")
    phone, stick = place.stick("phone"), place.stick("carried")
    for name, data in EVIDENCE.items():
        (phone / name).write_bytes(data)
    station.json("evidence", "add", case, phone)
    made = station.json("bundle", "export", "--to", stick, "--volume-size", 150_000)
    device = station.json("trust", "card", "--to", place.folder / "a.card")["fingerprint"]
    volumes = [Path(volume["file"]) for volume in made["volumes"]]
    return Carried(place, volumes, device.replace("-", ""), case)


def age_key(terminal: Terminal, number: str) -> str:
    """The ``AGE-SECRET-KEY-1…`` in the key file of an installation, as its escrow would bring it out."""
    unlocked = Installation(terminal.profile).key_file().unlock(number, PASSWORD)
    return DeviceKeys.from_bytes(unlocked.secrets["device"]).age.text


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", "set -euo pipefail\n" + script],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def open_volume(carried: Carried, number: int, folder: Path, key: str) -> Path:
    """Run the documented commands on one volume; the bag they leave."""
    (folder / "key.txt").write_text(key + "\n", "ascii")
    card = (carried.place.folder / "a.card").read_text("utf-8").splitlines()
    line = next(row.partition(": ")[2] for row in card if row.startswith("signing-key: "))
    (folder / "allowed_signers").write_text(f"{carried.device} {line}\n", "ascii")
    (folder / "volume.fzb").write_bytes(carried.volumes[number].read_bytes())
    script = "\n".join(commands()).replace("DEVICE", carried.device)
    done = shell(script.replace("bagit.py", BAGIT), folder)
    assert done.returncode == 0, done.stderr
    assert "Good" in done.stdout
    return next(folder.glob("bundle-*"))


def test_the_centre_and_the_sender_open_every_volume(
    carried: Carried, tmp_path_factory: pytest.TempPathFactory
) -> None:
    keys = [age_key(carried.place.centre, "620001"), age_key(carried.place.station, OFFICER)]
    blobs: dict[str, bytes] = {}
    parts: dict[str, bytes] = {}
    wholes: dict[str, list[str]] = {}
    for key in keys:
        for number in range(len(carried.volumes)):
            bag = open_volume(carried, number, tmp_path_factory.mktemp("bag"), key)
            manifest = json.loads((bag / "data/manifest.json").read_text("utf-8"))
            assert manifest["sender"]["device"] == carried.device
            for path in (bag / "data/blobs").glob("*"):
                blobs[path.name] = path.read_bytes()
            for path in (bag / "data/pieces").glob("*"):
                parts[path.name] = path.read_bytes()
            wholes |= {whole["sha256"]: whole["pieces"] for whole in manifest.get("split", ())}
    # Like `cat` of the parts in the order that the manifest names.
    blobs |= {name: b"".join(parts[part] for part in own) for name, own in wholes.items()}
    assert blobs == {hashlib.sha256(data).hexdigest(): data for data in EVIDENCE.values()}
    assert len(wholes) == 1, "the large one is cut, as no volume holds it"


def test_the_records_are_plain_lines_and_a_readme_for_people(
    carried: Carried, tmp_path: Path
) -> None:
    bag = open_volume(carried, 0, tmp_path, age_key(carried.place.centre, "620001"))
    lines = (bag / "data/journal.jsonl").read_bytes().splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["seq"] for entry in entries] == list(range(1, len(lines) + 1))
    for before, after in pairwise(entries):
        assert after["prev"] == before["hash"]
    kinds = [entry["kind"] for entry in entries if entry["subject"].endswith(carried.case)]
    assert "report.registered" in kinds
    text = subprocess.run(
        ["pdftotext", "data/readme.pdf", "-"], cwd=bag, capture_output=True, text=True, check=True
    ).stdout
    assert "张掖路派出所" in text
    assert "李秀兰" in text


def test_a_stranger_opens_nothing(carried: Carried, tmp_path: Path) -> None:
    key = shell("age-keygen 2>/dev/null | tail -n 1", tmp_path).stdout
    (tmp_path / "key.txt").write_text(key, "ascii")
    done = shell(f"age -d -i key.txt '{carried.volumes[0]}' > out", tmp_path)
    assert done.returncode != 0
    assert (tmp_path / "out").read_bytes() == b""


def test_the_vault_opens_with_the_key_and_age_alone(carried: Carried, tmp_path: Path) -> None:
    """No list of names is needed: what comes out tells which it is."""
    (tmp_path / "key.txt").write_text(age_key(carried.place.station, OFFICER), "ascii")
    vault = carried.place.station.profile / "vault"
    script = f"for f in '{vault}'/??/*.age; do age -d -i key.txt \"$f\" | sha256sum; done"
    done = shell(script, tmp_path)
    assert done.returncode == 0, done.stderr
    found = {line.split()[0] for line in done.stdout.splitlines()}
    assert found >= {hashlib.sha256(data).hexdigest() for data in EVIDENCE.values()}


def test_a_name_in_the_vault_is_what_the_manual_says(carried: Carried) -> None:
    """By the standard library alone (RFC 2104, RFC 5869)."""
    device = Installation(carried.place.station.profile).key_file().unlock(OFFICER, PASSWORD)
    secret = DeviceKeys.from_bytes(device.secrets["device"]).age.raw
    drawn = hmac.digest(bytes(32), secret, "sha256")
    name_key = hmac.digest(drawn, b"fanzha vault names\x01", "sha256")
    for data in EVIDENCE.values():
        digest = hashlib.sha256(data).digest()
        name = hmac.digest(name_key, digest, "sha256").hex()
        vault = carried.place.station.profile / "vault"
        assert (vault / name[:2] / f"k{name}.age").is_file()
        assert not list(vault.rglob(f"*{digest.hex()}*"))
