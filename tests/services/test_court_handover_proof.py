"""The stand-alone verifier and public tools on what was handed over: every harm is found, nothing of ours is needed."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import bagit
import pytest

from desktop.domain.evidence.court_handover import CourtHandoverRequest
from desktop.domain.progress import SILENT
from desktop.runtime.files.resources import resource_path
from desktop.sealing.fingerprint import grouped
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import sign
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.court_handover import hand_over_to_court
from tests.support.sessions import a_form, take_seat

VERIFIER = resource_path("hand_over/verify.py")
TAGS = "tagmanifest-sha256.txt"


@pytest.fixture(scope="module")
def folder(quick_disk: Path) -> Path:
    seat = take_seat(quick_disk / "proof", "A")
    session = seat.session
    case = register_report(session, a_form(session)).case
    phone = quick_disk / "proof-phone"
    phone.mkdir()
    for name, data in {"聊天.png": b"chat" * 9, "b.txt": b"words"}.items():
        (phone / name).write_bytes(data)
    attach_files(session, case, [phone], SILENT)
    done = hand_over_to_court(
        session, case, quick_disk / "proof-court", SILENT, CourtHandoverRequest(md5=True)
    )
    seat.session.store.close()
    return done.folder


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def verify(
    folder: Path, *more: str, verifier: Path = VERIFIER, path: str | None = None
) -> tuple[int, dict[str, object]]:
    """Exit status and report of the verifier in a bare interpreter: no site-packages, nothing of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", verifier, folder, "--json", *more],
        capture_output=True, text=True, check=False, cwd=folder.parent,
        env={"PATH": os.environ["PATH"] if path is None else path},
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def test_the_verifier_in_the_folder_says_yes_and_by_what(folder: Path) -> None:
    status, report = verify(folder, verifier=folder / "verify.py")
    assert (status, report["ok"], report["items"]) == (0, True, 2)
    assert report["signature_checked_by"] == ["python", "ssh-keygen"]
    status, report = verify(folder, path="")
    assert (status, report["signature_checked_by"]) == (0, ["python"])


def test_it_speaks_to_people_in_both_languages_on_any_terminal(folder: Path) -> None:
    for encoding in ("utf-8", "gbk", "ascii"):
        done = subprocess.run(
            [sys.executable, "-S", VERIFIER, folder], capture_output=True, check=False,
            env={"PYTHONIOENCODING": encoding, "PATH": ""},
        )  # fmt: skip
        text = done.stdout.decode(encoding)
        assert done.returncode == 0, done.stderr
        assert "VERIFIED" in text
        assert "this script alone" in text
        assert encoding == "ascii" or "核验通过" in text


def test_one_flipped_bit_anywhere_in_any_file_is_found(folder: Path, copy: Path) -> None:
    files = [path for path in copy.rglob("*") if path.is_file()]
    assert len(files) == 15
    for path in files:
        whole = path.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            status, report = verify(copy, path="")
            assert (status, report["ok"]) == (1, False), (path.name, at)
        path.write_bytes(whole)
    assert verify(copy)[0] == 0


def test_a_removed_file_is_found(folder: Path, copy: Path) -> None:
    for path in [path for path in copy.rglob("*") if path.is_file()]:
        aside = path.rename(copy.parent / "aside")
        assert verify(copy, path="")[0] == 1, path.name
        aside.rename(path)


@pytest.mark.parametrize(
    "name", ["data/0003.jpg", "extra.txt", "data/deeper/x", "tagmanifest-md5.txt"]
)
def test_an_added_file_is_found(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_bytes(b"")
    status, report = verify(copy)
    assert status == 1
    assert "added" in str(report["problem"])


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_refused(copy: Path) -> None:
    original = copy / "data/0001.txt"
    original.rename(copy.parent / "outside")
    original.symlink_to(copy.parent / "outside")
    assert verify(copy)[0] == 1


def _sealed_anew(folder: Path, keys: DeviceKeys) -> None:
    """What a forger with tools can do: change a file, make every digest anew, sign with another key."""
    (folder / "list.csv").write_bytes(b"forged")
    (folder / "allowed_signers").write_text(f"{keys.device_id} {keys.signing_line}\n")
    names = [line.split("  ")[1] for line in (folder / TAGS).read_text().splitlines()]
    rows = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    ]
    tags = "".join(rows).encode()
    (folder / TAGS).write_bytes(tags)
    (folder / f"{TAGS}.sig").write_text(sign(tags, keys.signing, "fanzha-hand-over"))


def test_a_folder_sealed_by_another_is_reported_by_the_fingerprint(
    folder: Path, copy: Path
) -> None:
    mark = str(verify(folder)[1]["fingerprint"])
    assert verify(folder, "--fingerprint", mark.lower().replace("-", " "))[0] == 0
    forger = DeviceKeys.generate()
    _sealed_anew(copy, forger)
    status, report = verify(copy)
    assert (status, report["fingerprint"]) == (0, grouped(forger.device_id))
    status, report = verify(copy, "--fingerprint", mark)
    assert status == 1
    assert grouped(forger.device_id) in str(report["problem"])


def test_a_signature_for_another_purpose_or_of_another_key_is_refused(copy: Path) -> None:
    tags = (copy / TAGS).read_bytes()
    keys = DeviceKeys.generate()
    (copy / f"{TAGS}.sig").write_text(sign(tags, keys.signing, "fanzha-hand-over"))
    assert "not the one in allowed_signers" in str(verify(copy)[1]["problem"])
    (copy / f"{TAGS}.sig").write_text(sign(tags, keys.signing, "fanzha-bundle"))
    assert "another purpose" in str(verify(copy)[1]["problem"])


def test_public_tools_accept_it(folder: Path, copy: Path) -> None:
    assert bagit.Bag(str(folder)).is_valid(completeness_only=False)
    for name in ("manifest-sha256.txt", TAGS):
        run(["sha256sum", "--check", "--strict", "--quiet", name], folder)
    device = (folder / "allowed_signers").read_text().split()[0]
    readme = (folder / "README-zh.txt").read_text("utf-8-sig")
    command = next(line.strip() for line in readme.splitlines() if "ssh-keygen -Y" in line)
    assert device in command
    assert "Good" in run(["bash", "-c", command], folder)


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_runs_on_python_3_8() -> None:
    """Its grammar is that of 3.8, and it imports the standard library alone."""
    tree = ast.parse(VERIFIER.read_text("utf-8"), feature_version=(3, 8))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= sys.stdlib_module_names
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"removeprefix", "removesuffix", "is_relative_to", "bit_count"}
