"""Pictures for whoever looks at them: kept in the folder that ``FANZHA_PICTURES`` names, and only where it does."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QWidget


def keep_picture(widget: QWidget, name: str) -> None:
    """As it stands now, under that name."""
    folder = os.environ.get("FANZHA_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))
