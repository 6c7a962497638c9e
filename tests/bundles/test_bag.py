"""The strict bag reader on the Library of Congress suite, and on harm of our own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.bundles.signed_files.bag import BagSummary, check_bag
from desktop.domain.errors import TrustError, WorldError

SUITE = Path(__file__).parent / "vectors" / "bagit"
ALL = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3")

STRICTER = {
    "v0.97/valid/holey-bag": "bag.profile",  # a bag that is to be fetched is not a hand-over
}
"""Valid bags that our profile refuses, with the reason."""

BAGS = sorted(str(path.parent.relative_to(SUITE)) for path in SUITE.glob("*/*/*/data"))
VALID = [name for name in BAGS if name.split("/")[1] == "valid"]
WARNED = [name for name in BAGS if name.split("/")[1] == "warning"]
INVALID = [name for name in BAGS if name not in VALID and name not in WARNED]


@pytest.mark.parametrize("name", VALID)
def test_valid_bags(name: str) -> None:
    if name in STRICTER:
        with pytest.raises(TrustError, match=STRICTER[name]):
            check_bag(SUITE / name, algorithms=ALL)
    else:
        assert check_bag(SUITE / name, algorithms=ALL).files > 0


@pytest.mark.parametrize("name", INVALID)
def test_invalid_bags_on_whatever_system(name: str) -> None:
    with pytest.raises(TrustError, match=r"^bag\."):
        check_bag(SUITE / name, algorithms=ALL)


@pytest.mark.parametrize("name", WARNED)
def test_bags_to_be_warned_of(name: str) -> None:
    """Harmless spellings are read; names that collide or that are missing are refused."""
    harmless = {"made-with-md5sum-tools", "relative-path"}
    if Path(name).name in harmless:
        assert check_bag(SUITE / name, algorithms=ALL).files == 1
    else:
        with pytest.raises(TrustError, match=r"bag\.(path|incomplete)"):
            check_bag(SUITE / name, algorithms=ALL)


def test_the_whole_suite_is_here() -> None:
    assert (len(VALID), len(WARNED), len(INVALID)) == (13, 6, 27)


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    shutil.copytree(SUITE / "v1.0/valid/basicBag", tmp_path / "bag")
    return tmp_path / "bag"


def test_the_summary(bag: Path) -> None:
    assert check_bag(bag) == BagSummary(1, 6, ("sha512",))


def test_weak_digests_do_not_count_for_new_bags() -> None:
    with pytest.raises(TrustError, match=r"bag\.profile"):
        check_bag(SUITE / "v0.97/valid/basic-bag")


def test_every_file_altered_or_removed_is_noticed(bag: Path) -> None:
    for path in sorted(bag.rglob("*")):
        if path.is_file() and not path.name.startswith("tagmanifest"):
            data = path.read_bytes()
            for harm in (data + b"x", data[:-1], bytes([data[0] ^ 1]) + data[1:]):
                path.write_bytes(harm)
                with pytest.raises(TrustError, match=r"^(bag\.damaged|bag\.profile)$"):
                    check_bag(bag)
            path.unlink()
            with pytest.raises(
                TrustError, match=r"^(bag\.incomplete|bag\.not_a_bag|bag\.profile)$"
            ):
                check_bag(bag)
            path.write_bytes(data)
    check_bag(bag)


def test_links_extra_files_and_unknown_manifests(bag: Path) -> None:
    link = bag / "data" / "link"
    link.symlink_to("/etc/passwd")
    with pytest.raises(TrustError, match=r"bag\.path"):
        check_bag(bag)
    link.unlink()
    (bag / "data" / "extra").write_bytes(b"")
    with pytest.raises(TrustError, match=r"bag\.incomplete"):
        check_bag(bag)
    (bag / "data" / "extra").unlink()
    (bag / "manifest-whirlpool.txt").write_bytes(b"")
    with pytest.raises(TrustError, match=r"bag\.profile"):
        check_bag(bag)
    (bag / "manifest-whirlpool.txt").unlink()
    for path in bag.glob("tagmanifest-*"):
        path.unlink()
    with pytest.raises(TrustError, match=r"bag\.profile"):
        check_bag(bag)


def test_no_folder_and_no_bag(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"^medium\.gone$"):
        check_bag(tmp_path / "gone")
    with pytest.raises(TrustError, match=r"bag\.not_a_bag"):
        check_bag(tmp_path)


def test_an_altered_file_of_the_right_size_is_damage(bag: Path) -> None:
    path = next(path for path in sorted((bag / "data").rglob("*")) if path.is_file())
    data = path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    with pytest.raises(TrustError, match=r"^bag\.damaged$"):
        check_bag(bag)


def test_a_list_that_names_what_another_one_is_for_is_refused(bag: Path) -> None:
    lists = sorted(bag.glob("*manifest-*.txt"))
    assert {path.name[:3] for path in lists} == {"man", "tag"}
    for path in lists:
        before = path.read_text("utf-8")
        other = "bagit.txt" if path.name.startswith("manifest") else "data/hello.txt"
        path.write_text(f"{before}{before.split()[0]}  {other}\n", "utf-8")
        with pytest.raises(TrustError, match=r"^bag\.path$"):
            check_bag(bag)
        path.write_text(before, "utf-8")


def test_a_tag_file_that_nobody_would_write_is_not_read_into_memory(bag: Path) -> None:
    with (bag / "bagit.txt").open("r+b") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(TrustError, match=r"^bag\."):
        check_bag(bag)
