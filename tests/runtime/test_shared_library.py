"""What the loader says of a library is told by its name, and nothing else of its words is."""

from __future__ import annotations

import pytest

from desktop.runtime.processes.shared_library import library_in, missing_library, package_of
from desktop.runtime.texts.log import describe

GONE = "libEGL.so.1: cannot open shared object file: No such file or directory"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GONE, "libEGL.so.1"),
        ("/lib/libc.so.6: version `GLIBC_2.34' not found (required by /x/王小明.so)", "GLIBC_2.34"),
        ("王小明/libfoo.so: cannot open shared object file", "libfoo.so"),
        ("13919364417.so: cannot open shared object file", ""),
        ("No module named 'x'", ""),
    ],
)
def test_a_library_is_found_in_the_words_of_the_loader(text: str, name: str) -> None:
    assert library_in(ImportError(text)) == library_in(OSError(text)) == name
    assert library_in(ValueError(text)) == ""


def test_the_log_names_the_library_and_no_path() -> None:
    error = RuntimeError("王小明")
    error.__cause__ = ImportError(f"王小明/{GONE}")
    assert missing_library(error) == "libEGL.so.1"
    assert describe(error) == "RuntimeError\nImportError libEGL.so.1"


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"), ("libxcb-cursor.so.0", "libxcb-cursor0"), ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"), ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libX11-xcb.so.1", "libx11-xcb1"), ("libpulse.so.0", "libpulse0"), ("GLIBC_2.34", ""),
    ],
)  # fmt: skip
def test_debian_s_name_of_a_library(library: str, package: str) -> None:
    assert package_of(library) == package
