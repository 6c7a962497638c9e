"""Writes ``docs/entry-kinds.md`` from the tables of the journal: ``python packaging/make_entry_kinds.py``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(
    0, str(Path(__file__).resolve().parents[1])
)  # the tree it stands in, whatever is installed

from desktop.journal.entry_page import page


def main() -> None:
    """Write the page."""
    target = Path(__file__).parents[1] / "docs" / "entry-kinds.md"
    target.write_text(page(), "utf-8")
    print(target)


if __name__ == "__main__":
    main()
