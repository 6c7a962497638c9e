"""What a script or a person hands over on standard input, or in a file of JSON."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

from desktop.domain.errors import UserInputError
from desktop.readers.encodings import encoding_of


def standard_input() -> str:
    """All of it, read as a file of text is: by its mark, as UTF-8 if it allows that, else as GB 18030.

    Never in the encoding the computer is set to: a report in UTF-8 that is read as GBK is one of people nobody knows.

    Raises:
        UserInputError: ``standard_input.unreadable``.
    """
    if sys.stdin is None:  # started without one
        return ""
    try:
        data = sys.stdin.buffer.read()
        return data.decode(encoding_of(io.BytesIO(data)))
    except (OSError, UnicodeDecodeError) as error:
        raise UserInputError("standard_input.unreadable") from error


def read_json(name: str) -> Any:
    """A JSON document from a file or standard input; raises ``UserInputError("file.not_json")``."""
    try:
        text = standard_input() if name == "-" else Path(name).read_text("utf-8-sig")
        return json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise UserInputError("file.not_json") from error
