"""The process's side: opens what the desk hands it, with bounded memory and no file to write. Keeps one document."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from desktop.domain.errors import AppError
from desktop.readers.decoding import decoder
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve

_MEMORY: Final = 3 << 30
"""Octets of address space."""


def main() -> int:
    """Answer until the desk goes away."""
    confine(_MEMORY)
    serve(Documents().answer, *desk_pipes())
    return 0


class Documents:
    """The open document and what may be asked of it."""

    def __init__(self) -> None:
        self._open: Any = None
        self._verbs: Mapping[bytes, Callable[[bytes], bytes]] = {
            decoder.WORKBOOK: self._workbook,
            decoder.WEB_PAGE: self._web_page,
            decoder.SHEET: lambda payload: bytes(self._open.begin(int(payload))),
            decoder.CHUNK: lambda payload: bytes(self._open.chunk(int(payload))),
            decoder.PDF: self._pdf,
            decoder.PAGE: lambda payload: _json(self._open.signs(int(payload))),
            decoder.CODES: _codes,
            decoder.PLAIN: _plain,
        }

    def answer(self, question: bytes) -> bytes:
        """What was asked for, or why not."""
        try:
            return decoder.FINE + self._verbs[question[:1]](question[1:])
        except AppError as error:
            return _refused(error.code, error.params)
        except MemoryError:
            return _refused("statement.too_large", {})
        except BaseException as error:
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            return _refused(
                "statement.unreadable", {}
            )  # also a panic of Rust, which is no Exception

    def _workbook(self, data: bytes) -> bytes:
        from desktop.readers.decoding.workbook import workbook_rows  # noqa: PLC0415 - each loads its own library

        self._open = workbook_rows(data)
        return _json(self._open.names)

    def _web_page(self, data: bytes) -> bytes:
        from desktop.readers.decoding.html_rows import html_rows  # noqa: PLC0415 - as above

        self._open = html_rows(data)
        return _json(self._open.names)

    def _pdf(self, data: bytes) -> bytes:
        from desktop.readers.decoding.pdf_signs import PdfSigns  # noqa: PLC0415 - as above

        start = decoder.LENGTH + int.from_bytes(data[: decoder.LENGTH])
        self._open = PdfSigns(data[start:], data[decoder.LENGTH : start].decode())
        return _json(self._open.pages)


def _codes(picture: bytes) -> bytes:
    from desktop.readers.decoding.codes import codes_in  # noqa: PLC0415 - as above

    return _json(codes_in(picture))


def _plain(picture: bytes) -> bytes:
    from desktop.readers.decoding.plain_picture import plain_png  # noqa: PLC0415 - as above

    return plain_png(picture)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _refused(code: str, params: Mapping[str, str | int]) -> bytes:
    return decoder.REFUSED + json.dumps({"code": code, "params": dict(params)}).encode()
