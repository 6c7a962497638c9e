"""Why a file is not shown."""

from __future__ import annotations


class ContentsRefused(Exception):  # noqa: N818 - says what happened; it is shown, not logged
    """``code`` is ``evidence.unshown.<code>`` in the catalogue, ``params`` fill it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
