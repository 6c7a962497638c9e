"""``python -m desktop`` and the installed command ``fanzha``."""

from __future__ import annotations

import multiprocessing
import os
import sys
from importlib import import_module
from pathlib import Path

from desktop.runtime.processes.confinement import begin_helper, no_core_dump
from desktop.runtime.processes.telemetry import switch_off_telemetry
from desktop.runtime.texts.locale_choice import encoding_for, read_arguments, restart_with_utf8

_HELPERS = {
    "ocr": "desktop.readers.ocr.worker",
    "pictures": "desktop.ui.evidence.picture.worker",
    "pdf": "desktop.documents.pages.pdf_worker",
    "player": "desktop.ui.evidence.player.worker",
    "contents": "desktop.readers.contents.worker",
    "decode": "desktop.readers.decoding.worker",
    "heif": "desktop.readers.heif.worker",
    "scan": "desktop.bundles.codes.scan_worker",
    "seal": "desktop.vault.sealing_process",
    "ingest": "desktop.app.processes.ingest_process",
    "rows": "desktop.storage.upkeep.row_process",
    "input": "desktop.runtime.input_bridge.worker",
}
"""By the name a helper is asked for."""
_AT_THE_SERVER = frozenset({"ingest"})
"""Takes bundles in at a centre whose database is on a server."""
_SOUNDING = frozenset({"player"})
_IN_THE_SESSION = frozenset({"input"})
"""Stands between Qt and the input method, both on the session bus."""


def main() -> int:
    """Run the command line; without a command it opens the window."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # shut by whoever started us: the work is done all the same
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=encoding_for(stream), errors="backslashreplace")
    no_core_dump()
    switch_off_telemetry()
    if sys.argv[1:2] == ["--helper"]:  # this program as a process beside the desk
        return _serve(sys.argv[2])
    restart_with_utf8()
    sys.argv[1:] = read_arguments(sys.argv[1:])
    from desktop.cli.main import main as run  # noqa: PLC0415 - encodings first, so that its imports may warn

    return run()


def _serve(helper: str) -> int:
    """A helper loads what it is for and nothing else of the desk."""
    if helper not in _HELPERS:
        return 2
    begin_helper(
        network=helper in _AT_THE_SERVER,
        sound=helper in _SOUNDING,
        session=helper in _IN_THE_SESSION,
    )
    return int(import_module(_HELPERS[helper]).main())


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
