"""Writes ``docs/audit.md`` from the table of the journal: ``python packaging/make_audited.py``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(
    0, str(Path(__file__).resolve().parents[1])
)  # the tree it stands in, whatever is installed

from desktop.journal.audited_page import page


def main() -> None:
    """Write the page."""
    target = Path(__file__).parents[1] / "docs" / "audit.md"
    target.write_text(page(), "utf-8")
    print(target)


if __name__ == "__main__":
    main()
