"""The desk's side: asks the process that decodes workbooks, web pages, PDFs and pictures of codes.

A workbook of a thousand octets can ask for half a terabyte, a PDF that draws itself exhausts the stack, a page of
half-open marks takes hours; none of it can be caught. So no decoder of such a format runs in the desk itself.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.runtime.processes.helper_process import HelperProcess

NAME: Final = "decode"
CELL: Final = "\x1f"
ROW: Final = "\x1e"
"""Separators of ISO 646, which no text of a cell has."""
FINE: Final = b"+"
REFUSED: Final = b"!"
WORKBOOK, WEB_PAGE, SHEET, CHUNK = b"W", b"H", b"S", b"N"
PDF, PAGE, CODES, PLAIN = b"P", b"G", b"C", b"V"
LENGTH: Final = 4
"""Octets that tell how long the password before a PDF is."""
_SECONDS: Final = 90.0
"""For one answer; the largest workbook a slow PC opens takes a fifth of it."""


class Decoder:
    """One document at a time. Its process starts at the first question and ends with the object.

    Every method raises ``UserInputError`` as the reader in the process did, ``reading.failed`` (the process ended: the
    file is damaged or made to harm) or ``reading.too_long``; ``WorldError("reading.missing")`` when it cannot start.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._helper = HelperProcess(NAME, seconds)
        self.close = weakref.finalize(self, self._helper.close)
        """Ends the process; also called when the object goes."""

    def workbook(self, data: bytes) -> list[str]:
        """Open a workbook; the names of its sheets."""
        names: list[str] = self._json(WORKBOOK + data)
        return names

    def page_of_tables(self, data: bytes) -> None:
        """Open a web page; its rows are those of sheet 0."""
        self._ask(WEB_PAGE + data)

    def rows(self, sheet: int) -> Iterator[list[str]]:
        """The rows of a sheet of what is open as texts, from the first. A new call makes an older one stale."""
        question = CHUNK + self._ask(SHEET + str(sheet).encode())
        with ThreadPoolExecutor(1, "decode") as ahead:  # the next rows come while these are read
            coming = ahead.submit(self._ask, question)
            while chunk := coming.result():
                coming = ahead.submit(self._ask, question)
                for row in chunk.decode("utf-8", "replace").split(ROW)[:-1]:
                    yield row.split(CELL)

    def pdf(self, data: bytes, password: str = "") -> int:
        """Open a PDF; how many pages it has."""
        secret = password.encode()
        return int(self._json(PDF + len(secret).to_bytes(LENGTH) + secret + data))

    def page(self, index: int) -> list[list[Any]]:
        """The signs of a page of the open PDF: text, left, right, middle, height, whether a space stands before."""
        signs: list[list[Any]] = self._json(PAGE + str(index).encode())
        return signs

    def codes(self, picture: bytes) -> list[dict[str, Any]]:
        """The codes of a picture or PDF, as ``codes_in`` gives them."""
        found: list[dict[str, Any]] = self._json(CODES + picture)
        return found

    def plain(self, picture: bytes) -> bytes:
        """A picture of a seldom kind as PNG, as ``plain_png`` gives it."""
        return self._ask(PLAIN + picture)

    def _json(self, question: bytes) -> Any:
        return json.loads(self._ask(question))

    def _ask(self, question: bytes) -> bytes:
        try:
            answer = self._helper.ask(question)
        except WorldError as error:
            raise _as_input_error(error) from error
        if answer.startswith(REFUSED):
            refusal = json.loads(answer[1:])
            raise UserInputError(refusal["code"], **refusal["params"])
        return answer[1:]


def _as_input_error(error: WorldError) -> UserInputError | WorldError:
    """The end of the process is the file's doing, and told as such."""
    match error.code:
        case "helper.missing":
            return WorldError("reading.missing")
        case "helper.too_long":
            return UserInputError("reading.too_long", **error.params)
        case _:
            return UserInputError("reading.failed")
