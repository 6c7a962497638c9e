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
    from desktop.cli.main import main as run  # noqa: PLC0415 - encodings first, so that its imports may warn

    return run()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
