"""The side of a process beside the desk that seals small files: it knows whom to seal to, and can open nothing.

Asked for a list of files and the names their age files are to have in the vault's ``tmp``, it seals one after the
other and answers with what it sealed. At the first that is not small, cannot be read or cannot be written it stops:
whoever asked does that one itself and learns the reason there.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.processes.helper_process import desk_pipes, serve
from desktop.sealing.age_identity import AgeRecipient
from desktop.sealing.age_payload import sealed_size
from desktop.sealing.age_writer import seal_whole
from desktop.vault.background import BLOCK
from desktop.vault.content_digest import ContentDigest
from desktop.vault.disk import LocalDisk
from desktop.vault.source_file import SourceFile

NAME: Final = "seal"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
Sealed = tuple[str, int]
"""SHA-256 in lower-case hex and octets of a content."""


def question(
    recipient: AgeRecipient, files: Sequence[tuple[Path, Path]], *, lasting: bool
) -> bytes:
    """Originals and the names of their age files; ``lasting`` ones are on the medium before the answer."""
    pairs = [(os.fspath(path), os.fspath(target)) for path, target in files]
    return json.dumps({"to": recipient.raw.hex(), "lasting": lasting, "files": pairs}).encode()


def answered(answer: bytes) -> list[Sealed]:
    """What was sealed, in the order asked for and as far as it went. ``ValueError`` for what is no such answer."""
    sealed = json.loads(answer)
    if not isinstance(sealed, list) or not all(map(_is_sealed, sealed)):
        raise ValueError("not an answer")
    return [(sha256, size) for sha256, size in sealed]


def _is_sealed(item: object) -> bool:
    return (
        isinstance(item, list)
        and list(map(type, item)) == [str, int]
        and _DIGEST.fullmatch(item[0]) is not None
    )


def main() -> int:
    """Answer until the desk goes away."""
    serve(SmallSealer().answer, *desk_pipes())
    return 0


class SmallSealer:
    """Seals files of at most a MiB, with the same buffers for all."""

    def __init__(self) -> None:
        self._desk = os.getppid()
        self._disk = LocalDisk()
        self._plain = memoryview(bytearray(BLOCK))
        self._sealed = memoryview(bytearray(sealed_size(BLOCK, recipients=1)))

    def answer(self, asked: bytes) -> bytes:
        """See :func:`question` and :func:`answered`."""
        wish = json.loads(asked)
        recipient = AgeRecipient(bytes.fromhex(wish["to"]))
        done: list[Sealed] = []
        with contextlib.suppress(WorldError, OSError):
            for path, target in wish["files"]:
                # Once the desk was killed: its next start sweeps away what is unfinished, and only then.
                if os.getppid() != self._desk:
                    break
                found = self._seal(path, target, recipient, lasting=wish["lasting"])
                if found is None:
                    break
                done.append(found)
        return json.dumps(done).encode()

    def _seal(
        self, path: str, target: str, recipient: AgeRecipient, *, lasting: bool
    ) -> Sealed | None:
        digest = ContentDigest(with_sm3=False)
        with SourceFile(path) as source:
            if source.size > BLOCK:
                return None
            data = self._plain[: source.read_into(self._plain[: source.size])]
            digest.update(data)
            source.confirm(digest.size)
        size = seal_whole(data, (recipient,), self._sealed)
        output = self._disk.create(target)
        try:
            output.write(self._sealed[:size])
            if lasting:
                output.sync()
        finally:
            output.close()
        return digest.sha256, digest.size
