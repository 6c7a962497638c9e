"""Other computers find a wheel of everything the lock names, and none that needs a newer glibc than is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.packaging.scripts import load_script

platforms = load_script("platforms")
LOCK = ROOT / "packaging" / "requirements.lock"


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_package_has_a_wheel_for_every_platform() -> None:
    """Asks the index; see ``platforms.meant_for`` for which."""
    assert {name: gone for name, gone in platforms.resolve(LOCK).items() if gone} == {}


@pytest.mark.parametrize(
    ("wheel", "above"),
    [
        ("cryptography-50.0.2-cp311-abi3-manylinux_2_34_x86_64.whl", True),
        ("cryptography-50.0.2-cp311-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", False),
        ("pi_heif-1.4.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", False),
        ("segno-1.6.6-py3-none-any.whl", False),
        ("x-1-cp311-cp311-win_amd64.whl", False),
    ],
)
def test_a_wheel_says_by_its_name_what_it_needs(wheel: str, *, above: bool) -> None:
    assert platforms.is_above(wheel) is above


def test_a_hash_is_taken_out_and_the_lock_stays_a_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text(
        "a==1 \\\n    --hash=sha256:11 \\\n    --hash=sha256:22\nb==2 \\\n    --hash=sha256:33\n    # via a\n"
    )
    platforms._forget(lock, "22")
    assert (
        lock.read_text()
        == "a==1 \\\n    --hash=sha256:11\nb==2 \\\n    --hash=sha256:33\n    # via a\n"
    )
    with pytest.raises(RuntimeError):
        platforms._forget(lock, "44")


def test_packages_without_a_wheel_are_not_in_the_program() -> None:
    left = platforms.with_wheels(LOCK)
    assert platforms.requirements(LOCK).keys() >= platforms.WITHOUT_WHEEL
    assert not platforms.WITHOUT_WHEEL & left.keys()
    declared = (
        (ROOT / "pyproject.toml").read_text("utf-8").partition("[project.optional-dependencies]")[0]
    )
    assert not [name for name in platforms.WITHOUT_WHEEL if f'"{name}' in declared]


def test_a_wheel_of_before_is_installed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "lock"
    lock.write_text("new-one==1 \\\n    --hash=sha256:11\nold==2 \\\n    --hash=sha256:22\n")

    class Installed:
        def __init__(self, name: str, tags: str) -> None:
            self.metadata = {"Name": name}
            self._tags = tags

        def read_text(self, _: str) -> str:
            return self._tags

    here = [
        Installed("New_One", "Tag: cp311-abi3-manylinux_2_34_x86_64\n"),
        Installed("old", "Tag: cp311-cp311-manylinux_2_17_x86_64\nTag: cp311-cp311-manylinux2014_x86_64\n"),
        Installed("foreign", "Tag: cp311-abi3-manylinux_2_39_x86_64\n"),
    ]  # fmt: skip
    monkeypatch.setattr(platforms, "distributions", lambda: here)
    assert platforms.above_here(lock) == "new-one==1 \\\n    --hash=sha256:11\n"
