"""Sealing small files in a process beside ours: sealing is half Python, and one interpreter runs one thread of it."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.vault.part import SealedPart, VaultTools
from desktop.vault.sealing_process import NAME, answered, question

_SECONDS: Final = 120.0
"""For a run of small files, also from a telephone on a slow cable."""
_MOST: Final = 3
"""More of them than this wait for the one who writes the records."""

_log = logging.getLogger(__name__)


def processes() -> int:
    """How many are worth starting on this machine; none where they would only take turns."""
    cores = os.cpu_count() or 1
    return min(cores, _MOST) if cores > 1 else 0


class SealingBeside:
    """One process. It is given the vault's public recipient and nothing that opens a file."""

    def __init__(self, bench: VaultTools, *, lasting: bool) -> None:
        self._bench = bench
        self._lasting = lasting
        self._helper: HelperProcess | None = HelperProcess(NAME, _SECONDS)

    def seal(self, paths: Sequence[Path]) -> list[SealedPart]:
        """The first of ``paths``, as many as it could seal; none once the process has failed."""
        if self._helper is None:
            return []
        layout = self._bench.layout
        layout.prepare()
        parts = [SealedPart(self._bench, layout.claim_temporary()) for _ in paths]
        sealed = self._ask(paths, parts)
        for part, (sha256, size) in zip(parts, sealed, strict=False):
            part.name(sha256, size, "")
        for part in parts[len(sealed) :]:
            part.discard()
        return parts[: len(sealed)]

    def close(self) -> None:
        """End the process."""
        if self._helper is not None:
            self._helper.close()

    def _ask(self, paths: Sequence[Path], parts: Sequence[SealedPart]) -> list[tuple[str, int]]:
        files = [(path, part.path) for path, part in zip(paths, parts, strict=True)]
        if self._helper is None:
            return []
        try:
            wish = question(self._bench.recipient, files, lasting=self._lasting)
            return answered(self._helper.ask(wish))
        except (WorldError, ValueError) as error:
            _log.warning("no sealing in a process beside: %s", type(error).__name__)
            self._helper.close()
            self._helper = None
            return []
