"""The helper's side: decodes pictures of strangers in a process of its own and keeps nothing."""

from __future__ import annotations

import os
from typing import Final

from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve
from desktop.ui.evidence.picture.safe_picture import PictureRefused, decode_picture
from desktop.ui.evidence.picture.wire import asked, packed, packed_refusal

_MEMORY: Final = 2 << 30
"""Octets of address space: a file, its pixels twice, and Qt's libraries."""


def main() -> int:
    """Answer until the desk goes away."""
    os.environ["QT_LOGGING_RULES"] = "*=false"
    confine(_MEMORY)
    serve(answer, *desk_pipes())
    return 0


def answer(message: bytes) -> bytes:
    """The pixels, or why there are none."""
    most, data = asked(message)
    try:
        return packed(decode_picture(bytes(data), max_shown=most))
    except PictureRefused as refused:
        return packed_refusal(refused)
    except MemoryError:
        return packed_refusal(PictureRefused("too_heavy"))
