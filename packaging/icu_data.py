"""Makes the data of Qt's Unicode library smaller: of 31 MiB for all languages what Qt asks for in Chinese and English.

Usage: ``icu_data.py LIBRARY``, in the build root; ``libicudata.so`` is replaced by one with the same symbol and name.

Qt's core is linked to it for three things: the order of words (``coll``), names of time zones, and converters of
foreign encodings. Breaking text into words and lines, units, transliteration and numbers in words are never asked for:
Qt has its own or none. A language that is not there is answered by the root's data, as ICU does for every language that
nobody wrote. The converters stay whole.
"""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from elftools.elf.elffile import ELFFile

_KEPT_LANGUAGES: Final = re.compile(r"(zh|en)(_.*)?|root|pool|res_index|ucadata|supplementalData")
_LEFT_OUT: Final = frozenset({"brkitr", "translit", "rbnf", "unit"})
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(_[A-Za-z0-9_]+)?")
_ALIGNED: Final = 16


def data_of(library: Path) -> tuple[str, bytes]:
    """Name and octets of the symbol that holds everything."""
    with library.open("rb") as stream:
        elf = ELFFile(stream)
        table: Any = elf.get_section_by_name(".dynsym")
        (symbol,) = (item for item in table.iter_symbols() if item.name.endswith("_dat"))
        section = elf.get_section(symbol["st_shndx"])
        start = symbol["st_value"] - section["sh_addr"]
        return symbol.name, section.data()[start : start + symbol["st_size"]]


def items_of(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The header as it is, and name → octets of every item of a package of ICU ("CmnD", little-endian)."""
    (head,) = struct.unpack_from("<H", data)
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD" or data[8] != 0:
        raise ValueError("no package of ICU data that this computer reads")
    (count,) = struct.unpack_from("<I", data, head)
    places = [struct.unpack_from("<II", data, head + 4 + 8 * number) for number in range(count)]
    ends = [start for _, start in places[1:]] + [len(data) - head]
    found: dict[str, bytes] = {}
    for (name, start), end in zip(places, ends, strict=True):
        stop = data.index(b"\0", head + name)
        found[data[head + name : stop].decode("ascii")] = data[head + start : head + end]
    return data[:head], found


def is_kept(name: str) -> bool:
    """Whether an item (``icudt73l/coll/zh.res``) is of use."""
    folder, _, file = name.partition("/")[2].rpartition("/")
    if folder in _LEFT_OUT or file == "unames.icu":
        return False
    stem, _, kind = file.rpartition(".")
    if kind != "res" or not _LANGUAGE.fullmatch(stem):
        return True
    return bool(_KEPT_LANGUAGES.fullmatch(stem))


def packed(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """The package of ``items``, laid out as ICU's own tool does: names, then data, in the order of the names."""
    names = sorted(items, key=lambda name: name.encode("ascii"))
    table = 4 + 8 * len(names)
    place, text = table, b""
    starts: list[int] = []
    for name in names:
        starts.append(place + len(text))
        text += name.encode("ascii") + b"\0"
    text += b"\xaa" * (-(table + len(text)) % _ALIGNED)
    place += len(text)
    rows, body = b"", bytearray()
    for name, start in zip(names, starts, strict=True):
        rows += struct.pack("<II", start, place + len(body))
        body += items[name] + b"\xaa" * (-len(items[name]) % _ALIGNED)
    return header + struct.pack("<I", len(names)) + rows + text + bytes(body)


def link(symbol: str, data: bytes, library: Path) -> None:
    """A library of nothing but ``symbol``, in the place of ``library`` and under its name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").write_bytes(data)
        (folder / "data.s").write_text(
            f".section .rodata\n.balign {_ALIGNED}\n.globl {symbol}\n.type {symbol}, %object\n"
            f'{symbol}:\n.incbin "data"\n.size {symbol}, . - {symbol}\n'
            '.section .note.GNU-stack,"",%progbits\n'
        )
        subprocess.run(
            [
                *("gcc", "-shared", "-nostdlib", "-Wl,--build-id=none"),
                *(f"-Wl,-soname,{library.name}", "-o", "made", "data.s"),
            ],
            cwd=folder,
            check=True,
        )
        library.write_bytes((folder / "made").read_bytes())


def main(arguments: list[str]) -> int:
    """0; raises what the disk does and what a foreign file is."""
    (library,) = map(Path, arguments)
    symbol, data = data_of(library)
    header, items = items_of(data)
    kept = {name: octets for name, octets in items.items() if is_kept(name)}
    link(symbol, packed(header, kept), library)
    print(f"{library.name}: {len(kept)} of {len(items)} items, {library.stat().st_size} octets")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
