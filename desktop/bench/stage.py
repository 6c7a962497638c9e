"""What a screen needs to stand offscreen: a program with windows, and the kit."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QApplication

from desktop.domain.clock import Clock
from desktop.runtime.catalogue import Catalogue
from desktop.runtime.resources import resource_path
from desktop.ui.shared.kit.actions import ActionRegistry
from desktop.ui.shared.kit.icons import Icons
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.kit.theme import Scheme, Theme
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.kit.translator import Translator

PAGE = (1294, 692)
"""Pixels a page has in a window of 1366 × 768."""


def stage(clock: Clock) -> tuple[QApplication, Kit]:
    """Offscreen, in light colours; work of the screens runs at once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("a screen needs a program with windows")
    theme = Theme(app, resource_path, scheme=Scheme.LIGHT)
    kit = Kit(
        theme=theme,
        words=Translator(Catalogue.load),
        icons=Icons(theme, resource_path),
        ticks=TickSource(clock),
        runner=InlineTaskRunner(),
        actions=ActionRegistry(),
    )
    return app, kit
