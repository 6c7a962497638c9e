"""What may be asked of a system: versions, libraries, search paths; and that the check sees it when too much is."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import PySide6
import pytest

from tests.packaging.scripts import load_script
from tests.support.strict import all_of

floor = load_script("floor")
POLICY = floor.Policy.load()


def shapely_folder() -> Path:
    found = find_spec("shapely")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        ("GLIBC_2.2.5", ""),
        ("GLIBC_2.28", ""),
        ("GLIBC_2.30", "no reason"),
        ("GLIBC_2.34", "newer than 2.31"),
        ("GLIBC_PRIVATE", "does not know"),
        ("GLIBCXX_3.4.25", ""),
        ("GLIBCXX_3.4.29", "newer"),
        ("CXXABI_1.3.13", "newer"),
        ("GCC_3.0", ""),
        ("GCC_12.0.0", "newer"),
        ("ZLIB_1.2.9", ""),
        ("XZ_5.4", "too new"),
        ("OPENSSL_3.0.0", "does not know"),
    ],
)
def test_versions(version: str, fault: str) -> None:
    said = POLICY.fault_of("any.so", version)
    assert fault in said
    assert bool(said) == bool(fault)


def test_a_reason_excuses_its_file_alone_and_never_above_the_newest() -> None:
    policy = floor.Policy.load()
    policy.above = [
        {"file": "a/*.so", "version": "GLIBC_2.30", "reason": "…"},
        {"file": "b", "version": "GLIBC_2.34"},
    ]
    assert policy.fault_of("a/x.so", "GLIBC_2.30") == ""
    assert policy.fault_of("c/x.so", "GLIBC_2.30")
    assert policy.fault_of("b", "GLIBC_2.34")
    assert ["b GLIBC_2.34" in sentence for sentence in policy.stale()] == [True]


@pytest.mark.parametrize(
    ("file", "path", "stays"),
    [
        ("_internal/a.so", "$ORIGIN", True),
        ("_internal/PIL/a.so", "$ORIGIN/../pillow.libs", True),
        ("_internal/a.so", "$ORIGIN/../../../tmp", False),
        ("_internal/a.so", "$ORIGINAL/x", False),
        ("_internal/a.so", "/usr/local/lib64", False),
        ("_internal/a.so", "", False),
    ],
)
def test_search_paths(file: str, path: str, *, stays: bool) -> None:
    wants = floor.Wants(file, (), (), (path,), "")
    assert (floor.faults_of(wants, frozenset(), POLICY) == []) is stays


def test_real_libraries_are_read(tmp_path: Path) -> None:
    inside = tmp_path / "_internal" / "printsupport"
    inside.mkdir(parents=True)
    plugin = "libcupsprintersupport.so"
    qt = Path(PySide6.__file__).parent / "Qt"
    shutil.copy(qt / "plugins" / "printsupport" / plugin, inside)
    geos = next(shapely_folder().glob("_geos*.so"))
    shutil.copy(geos, inside)
    faults = floor.check(tmp_path, POLICY)
    assert any(
        "libQt6PrintSupport.so.6" in fault for fault in faults[f"_internal/printsupport/{plugin}"]
    )
    assert not any("libcups" in fault for fault in faults[f"_internal/printsupport/{plugin}"])
    assert any(
        "/usr/local/lib64" in fault for fault in faults[f"_internal/printsupport/{geos.name}"]
    )


def test_what_belongs_to_the_system_may_not_be_brought() -> None:
    wants = floor.Wants("_internal/libstdc++.so.6", (), (), (), "")
    assert "the system's" in floor.faults_of(wants, frozenset(), POLICY)[0]


def test_faults_of_wheels_count_and_those_of_others_only_if_asked(tmp_path: Path) -> None:
    geos = next(shapely_folder().glob("_geos*.so"))
    shutil.copy(geos, tmp_path / "a.so")
    assert floor.main([str(tmp_path)]) == 0
    assert floor.main([str(tmp_path), "--all"]) == 1
    (tmp_path / "contents.json").write_text(
        '{"parts": [{"name": "shapely", "kind": "wheel"}], "files": {"a.so": {"part": "shapely"}}}'
    )
    assert floor.main([str(tmp_path)]) == 1


def test_an_empty_folder_is_no_build(tmp_path: Path) -> None:
    assert floor.main([str(tmp_path)]) == 1


def test_every_library_of_the_system_has_a_reason_and_its_package_is_depended_on() -> None:
    assert all_of(POLICY.system)
    depends = ", ".join(POLICY.depends())
    for package in (
        "libcups2t64 | libcups2",
        "libegl1",
        "libstdc++6 (>= 8)",
        "libgcc-s1 | libgcc1",
    ):
        assert package in depends
