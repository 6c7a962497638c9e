"""``python -m desktop`` and the installed command ``fanzha``."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the command line; without a command it opens the window."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.argv[1:] == ["--helper", "ocr"]:  # this program as a process beside the desk
        from desktop.readers.ocr.worker import main as serve  # noqa: PLC0415 - a helper loads nothing of the desk

        return serve()
    from desktop.cli.main import main as run  # noqa: PLC0415 - encodings first, so that its imports may warn

    return run()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
