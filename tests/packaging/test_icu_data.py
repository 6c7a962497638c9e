"""What is left of ICU's data is laid out as ICU reads it, and holds Chinese, English and every converter."""

from __future__ import annotations

import ctypes
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from tests.packaging.scripts import load_script
from tests.support.strict import all_of

icu = load_script("icu_data")
_ORDER = (
    "from PySide6.QtCore import QCollator, QLocale, QStringDecoder, QTimeZone\n"
    "collator = QCollator(QLocale('zh_CN'))\n"
    "print(sorted(['张三', '王五', '李四', '重庆', 'Zoe', 'apple'], key=collator.sortKey))\n"
    "print(QTimeZone(b'Asia/Shanghai').displayName(QTimeZone.StandardTime, QTimeZone.LongName, QLocale('zh_CN')))\n"
    "print(QStringDecoder('GB18030').isValid(), QLocale('zh_CN').toUpper('straße'))\n"
)


def a_package(items: dict[str, bytes]) -> tuple[bytes, bytes]:
    header = bytearray(32)
    struct.pack_into("<H", header, 0, len(header))
    header[2:4], header[12:16] = b"\xda\x27", b"CmnD"
    return bytes(header), icu.packed(bytes(header), items)


def test_what_is_packed_is_read_again() -> None:
    items = {"x/b.res": b"b" * 32, "x/a.cnv": b"a" * 5, "x/coll/zh.res": b"z" * 17}
    header, data = a_package(items)
    read_header, read = icu.items_of(data)
    assert read_header == header
    assert list(read) == sorted(items)
    assert all_of(read[name].startswith(octets) for name, octets in items.items())


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="ICU"):
        icu.items_of(b"\x20\x00" + b"\0" * 64)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("icudt73l/coll/zh.res", True),
        ("icudt73l/zone/zh_Hant_HK.res", True),
        ("icudt73l/en_GB.res", True),
        ("icudt73l/coll/ucadata.icu", True),
        ("icudt73l/curr/pool.res", True),
        ("icudt73l/zoneinfo64.res", True),
        ("icudt73l/gb18030.cnv", True),
        ("icudt73l/cnvalias.icu", True),
        ("icudt73l/ja.res", False),
        ("icudt73l/lang/sr_Latn.res", False),
        ("icudt73l/brkitr/cjdict.dict", False),
        ("icudt73l/unit/zh.res", False),
        ("icudt73l/unames.icu", False),
    ],
)
def test_chinese_english_and_what_belongs_to_no_language_stay(name: str, *, kept: bool) -> None:
    assert icu.is_kept(name) is kept


@pytest.mark.packaging
@pytest.mark.skipif(not shutil.which("gcc"), reason="there is no gcc")
def test_qt_answers_the_same_with_a_third_of_the_data(tmp_path: Path) -> None:
    libraries = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    found = sorted(libraries.glob("libicudata.so.*"))
    if not found:
        pytest.skip("this Qt brings no ICU")
    ours = tmp_path / found[0].name
    shutil.copy(found[0], ours)
    assert icu.main([str(ours)]) == 0
    assert ours.stat().st_size < found[0].stat().st_size // 3
    ctypes.CDLL(str(ours))
    said = [
        subprocess.run(
            [sys.executable, "-c", _ORDER],
            env={"LD_PRELOAD": preload, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"},
            capture_output=True, text=True, check=True,
        ).stdout
        for preload in ("", str(ours))
    ]  # fmt: skip
    assert said[0] == said[1] != ""
