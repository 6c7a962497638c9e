"""Turns a form template and its data into a PDF, with one compiler kept alive between forms."""

from __future__ import annotations

import hashlib
import json
import os
import re
import struct
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.documents.pages.pictures import pdf_page_count
from desktop.documents.printing.printable import FormValue, Printable
from desktop.runtime.processes.no_network import without_sockets
from desktop.services.ports import Pdf

if TYPE_CHECKING:
    import typst

_DIRECTORY: Final = struct.Struct(">4sLLL")
_ENCODING: Final = struct.Struct(">HHL")
_GROUP: Final = struct.Struct(">LLL")
_UNICODE_FULL: Final = 12
_MAX_GROUPS: Final = 100_000


RARE_FONT: Final = "FanzhaRareHan.otf"
"""Draws the ideographs of GB 18030-2022 that the others lack; the typesetter takes to it by itself."""


def covered_characters(font: Path) -> frozenset[int]:
    """Code points with a glyph in ``font``, a TrueType or OpenType file of ours.

    Reads the table of format 12, which every font with more than 65,536 code points has; ``ValueError`` without.
    """
    with font.open("rb") as file:
        head = file.read(12)
        (tables,) = struct.unpack(">H", head[4:6])
        directory = file.read(tables * _DIRECTORY.size)
        for tag, _checksum, offset, length in _DIRECTORY.iter_unpack(directory):
            if tag == b"cmap":
                file.seek(offset)
                return _characters(file.read(length))
    raise ValueError("a font without a cmap table")


def drawable_characters(fonts_dir: Path) -> frozenset[int]:
    """What every one of the ordinary fonts has, so that it looks alike in each, and what the font of rare ones has."""
    ordinary = map(covered_characters, sorted(fonts_dir.glob("*.ttf")))
    return frozenset.intersection(*ordinary) | covered_characters(fonts_dir / RARE_FONT)


def _characters(cmap: bytes) -> frozenset[int]:
    (count,) = struct.unpack(">H", cmap[2:4])
    for _platform, _encoding, offset in _ENCODING.iter_unpack(cmap[4 : 4 + count * _ENCODING.size]):
        (form,) = struct.unpack(">H", cmap[offset : offset + 2])
        if form == _UNICODE_FULL:
            (groups,) = struct.unpack(">L", cmap[offset + 12 : offset + 16])
            if groups > _MAX_GROUPS:
                break
            body = cmap[offset + 16 : offset + 16 + groups * _GROUP.size]
            return frozenset(
                code
                for first, last, _glyph in _GROUP.iter_unpack(body)
                for code in range(first, last + 1)
            )
    raise ValueError("a font without a full Unicode cmap")


_NO_PACKAGES: Final = "no-packages"
_NOWHERE: Final = "http://127.0.0.1:9"
"""A way out that ends on this computer: nothing here is asked over HTTP, and port 9 (discard) is nobody's."""
PICTURES: Final = "pictures"
"""The one place of the data that holds drawings, which are no words to be made printable."""


_READ: Final = re.compile(r"\bdata\.(?:at\(\s*\"([a-z_]+)\"|([a-z_]+))")
"""A name of the data in the words of a template."""


class FormCompiler:
    """Compiles ``<forms_dir>/<template>.typ``. The same input gives the same bytes.

    Only our own fonts are used, so that every machine breaks lines alike. The compiler starts at the first form: it
    reads 54 MB of fonts. It works in a thread of its own without network: it would fetch a package that a template of
    the unit names, and where a template asks for one it fails in words.
    """

    def __init__(self, forms_dir: Path, fonts_dir: Path) -> None:
        self.forms_dir = forms_dir
        self._fonts_dir = fonts_dir
        self._apart = ThreadPoolExecutor(1, "typesetting", _keep_process)
        self._compiler: typst.Compiler | None = None
        self._printable: Printable | None = None

    def compile(
        self,
        template: str,
        data: Mapping[str, FormValue],
        at: datetime,
        source: bytes | None = None,
    ) -> Pdf:
        """The finished form; ``at`` becomes the document's date. ``source``: a template of the unit instead of ours.

        Raises ``ValueError`` in the typesetter's words when that one can not be used.
        """
        return self._apart.submit(self._compiled, template, data, at, source).result()

    def _compiled(
        self,
        template: str,
        data: Mapping[str, FormValue],
        at: datetime,
        source: bytes | None,
    ) -> Pdf:
        import typst  # noqa: PLC0415 - seven megabytes, for whoever prints

        compiler, printable = self._start()
        shown = {
            name: value if name == PICTURES else printable.value(value)
            for name, value in data.items()
        }
        values = json.dumps(shown, ensure_ascii=False)
        try:
            pdf = compiler.compile(
                input=source or (self.forms_dir / f"{template}.typ").read_bytes(),
                format="pdf",
                sys_inputs={"data": values},
                timestamp=at.astimezone(UTC).replace(microsecond=0),
            )
        except typst.TypstError as error:
            if source is None:
                raise
            raise ValueError(error.message) from error
        if not isinstance(pdf, bytes):
            raise TypeError("a PDF is one piece")
        return Pdf(pdf, pdf_page_count(pdf))

    def version(self, template: str, words: Mapping[str, Any], source: bytes | None = None) -> str:
        """The first 16 hex digits of SHA-256 over the template, what it is built on and its words."""
        digest = hashlib.sha256(b"".join(self._sources(template, source)))
        digest.update(json.dumps(words, ensure_ascii=False, sort_keys=True).encode())
        return digest.hexdigest()[:16]

    def names(self, template: str, source: bytes | None = None) -> frozenset[str]:
        """What a template reads of ``data``, and what it is built on reads."""
        words = (text.decode() for text in self._sources(template, source))
        return frozenset(first or second for text in words for first, second in _READ.findall(text))

    def _sources(self, template: str, source: bytes | None) -> tuple[bytes, ...]:
        """A template, or ``source`` in its place, and what all of them are built on."""
        built_on = ((self.forms_dir / name).read_bytes() for name in ("paper.typ", "official.typ"))
        return (source or (self.forms_dir / f"{template}.typ").read_bytes(), *built_on)

    def _start(self) -> tuple[typst.Compiler, Printable]:
        if self._compiler is None or self._printable is None:
            import typst  # noqa: PLC0415 - as above

            fonts = typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[str(self._fonts_dir)],
            )
            nowhere = str(self.forms_dir / _NO_PACKAGES)
            self._compiler = typst.Compiler(
                root=str(self.forms_dir),
                font_paths=fonts,
                package_path=nowhere,
                package_cache_path=nowhere,
            )
            self._printable = Printable(drawable_characters(self._fonts_dir))
        return self._compiler, self._printable


def _keep_process() -> None:
    """For good, as long as the thread lives; the threads that the compiler starts are its children."""
    if not without_sockets():
        os.environ["ALL_PROXY"] = _NOWHERE  # the one way to keep it where the system has no other
