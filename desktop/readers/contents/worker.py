"""The helper's side: reads what a file holds, in a process of its own, and keeps nothing."""

from __future__ import annotations

import json
from typing import Final

from desktop.readers.contents.look import look
from desktop.readers.contents.mail_parts import take_out
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.wire import packed
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve
from desktop.services.ports.reading.contents import Attachment

_MEMORY: Final = 2 << 30
"""Octets of address space: a file of 256 MiB, its unpacked parts and the libraries."""


def main() -> int:
    """Answer until the desk goes away."""
    confine(_MEMORY)
    serve(answer, *desk_pipes())
    return 0


def answer(question: bytes) -> bytes:
    """A question is a line of JSON, then the content: ``name`` and ``whole`` ask what it holds, ``take`` for an
    attachment, which comes after a line of JSON of its own."""
    head, _, data = question.partition(b"\n")
    asked = json.loads(head)
    try:
        if "take" in asked:
            return _taken(take_out(data, asked["take"]))
        return packed(look(asked["name"], data, whole=asked["whole"]))
    except ContentsRefused as refused:
        return _refusal(refused.code, refused.params)
    except MemoryError:
        return _refusal("too_heavy", {})
    except (KeyboardInterrupt, SystemExit):
        raise
    # Readers of strange files raise what they like; a panic of Rust is no Exception.
    except BaseException as error:  # noqa: BLE001
        return _refusal("damaged", {"kind": type(error).__name__})


def _taken(found: Attachment) -> bytes:
    head = {"name": found.name, "media": found.media_type}
    return json.dumps(head).encode() + b"\n" + found.data


def _refusal(code: str, params: dict[str, str | int]) -> bytes:
    return json.dumps({"refused": code, "params": params}).encode()
