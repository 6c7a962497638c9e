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
    if (
        len(sys.argv) == 3 and sys.argv[1] == "--helper"
    ):  # this program as a process beside the desk
        return _help(sys.argv[2])
    from desktop.cli.main import main as run  # noqa: PLC0415 - encodings first, so that its imports may warn

    return run()


def _help(name: str) -> int:
    """Serve as the helper of that name; one loads nothing of the desk."""
    if name == "ocr":
        from desktop.readers.ocr.worker import main as serve  # noqa: PLC0415 - as above
    elif name == "seal":
        from desktop.vault.sealing_process import main as serve  # noqa: PLC0415 - as above
    else:
        return 2
    return serve()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
