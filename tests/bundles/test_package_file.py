"""A package is opened and checked with public tools alone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from desktop.bundles.signed_files.package_file import (
    MOST_BYTES,
    NAMESPACE,
    read_package,
    write_package,
)
from desktop.domain.errors import TrustError
from desktop.domain.exchange.data_package import PackageHead
from desktop.sealing.keys import DeviceKeys


def test_tar_and_ssh_keygen_verify_a_pack(tmp_path: Path) -> None:
    keys = DeviceKeys.generate()
    head = PackageHead("rules", "2027-03-01", "2026-11-24T00:00:00.000Z", "市反诈中心", {})
    (tmp_path / "rules.fzp").write_bytes(write_package(head, {"national.toml": b"x = 1\n"}, keys))
    subprocess.run(["tar", "xf", "rules.fzp"], cwd=tmp_path, check=True)
    (tmp_path / "allowed").write_text(f"centre {keys.signing_line}\n")
    command = [
        "ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "centre", "-n", NAMESPACE,
        "-s", "pack.toml.sig",
    ]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, check=True, input=(tmp_path / "pack.toml").read_bytes())
    listed = (tmp_path / "pack.toml").read_text("utf-8").partition("[sha256]\n")[2]
    name, _, digest = listed.strip().partition(" = ")
    sums = f"{digest.strip(chr(34))}  {name.strip(chr(34))}\n"
    subprocess.run(["sha256sum", "-c"], cwd=tmp_path, check=True, input=sums.encode())


def test_any_cut_and_any_more_is_refused() -> None:
    keys = DeviceKeys.generate()
    head = PackageHead("rules", "2027-03-01", "2026-11-24T00:00:00.000Z", "市反诈中心", {})
    whole = write_package(head, {"national.toml": b"x = 1\n"}, keys)
    assert dict(read_package(whole).files) == {"national.toml": b"x = 1\n"}
    for data in (b"", whole[:300], whole[:700], whole[:-512], whole + b"\0", bytes(MOST_BYTES + 1)):
        with pytest.raises(TrustError, match=r"^pack\."):
            read_package(data)
