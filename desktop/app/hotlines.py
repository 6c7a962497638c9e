"""Ctrl+H on every page: whom to call."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.directories import Directories
from desktop.services.cases.find_hotlines import find_hotlines
from desktop.ui.hotlines.hotlines_dialog import HotlinesDialog
from desktop.ui.shared.kit.kit import Kit


def add_hotlines_key(kit: Kit, content: QWidget, directories: Directories) -> None:
    """Register the key for the pages in ``content``; banks are called before a report is half typed."""
    kit.actions.add(content, "hotlines.action", "Ctrl+H", partial(_show, kit, content, directories))


def _show(kit: Kit, content: QWidget, directories: Directories) -> None:
    HotlinesDialog(kit, content, partial(find_hotlines, directories)).open()
