"""The desk's side: pages of PDFs of strangers as pictures, drawn in the helper."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from desktop.documents.pages.pdf_worker import ACTIONS, COUNT, NAME
from desktop.domain.errors import UserInputError, WorldError
from desktop.runtime.processes.helper_process import HelperProcess

_SECONDS: Final = 20.0


class GuardedPdf:
    """Keeps one helper, started at the first document."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._helper = HelperProcess(NAME, seconds)

    def page_count(self, data: bytes) -> int:
        """Pages; ``WorldError`` pdf.damaged, pdf.locked, pdf.too_large, pdf.too_heavy, helper.missing."""
        return int(self._ask(data, COUNT, 0))

    def carries_actions(self, data: bytes) -> bool:
        """Whether it holds scripts and the like, which nothing here runs; errors as above."""
        return self._ask(data, ACTIONS, 0) == b"1"

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        """Page ``page`` (from 0) as PNG, ``width`` pixels wide; errors as above, ``UserInputError``."""
        return self._ask(data, page, width)

    def page_text(self, data: bytes, page: int) -> str:
        """The words of page ``page``, empty for a scanned one; errors as above."""
        return self._ask(data, page, 0).decode("utf-8", "replace")

    def close(self) -> None:
        """End the helper."""
        self._helper.close()

    def _ask(self, data: bytes, page: int, width: int) -> bytes:
        key = hashlib.sha256(data).hexdigest()
        head = json.dumps({"key": key, "page": page, "width": width}).encode() + b"\n"
        try:
            answer = self._helper.ask(head)
            if answer == b"?":
                answer = self._helper.ask_with(head, (data,), len(data))
        except WorldError as error:
            if error.code == "helper.missing":
                raise
            raise WorldError("pdf.too_heavy") from error
        if answer[:1] == b"=":
            return answer[1:]
        code = answer[1:].decode("ascii", "replace")
        if code == "pdf.no_such_page":
            raise UserInputError(code)
        raise WorldError(code if code in _CODES else "pdf.damaged")


_CODES: Final = frozenset({"pdf.damaged", "pdf.locked", "pdf.too_large", "pdf.too_heavy"})
