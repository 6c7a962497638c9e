"""What a screen needs to stand offscreen: a program with windows, and the kit."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QApplication

from desktop.domain.ids import CaseId
from desktop.domain.time.clock import Clock
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import Pdf
from desktop.ui.shared.kit.actions import ActionRegistry
from desktop.ui.shared.kit.icons import Icons
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.kit.theme import Scheme, Theme
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.kit.translator import Translator

PAGE = (1294, 692)
"""Pixels a page has in a window of 1366 × 768."""


class Ways:
    """The ways out of a screen that stands alone: ``taken`` is where they were to lead, in order."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def open_case(self, case: CaseId) -> None:
        """The page of a case."""
        self.taken.append(f"case/{case}")

    def new_intake(self) -> None:
        """A new report."""
        self.taken.append("intake")

    def continue_draft(self, case: CaseId) -> None:
        """A draft."""
        self.taken.append(f"draft/{case}")

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """A paper."""
        self.taken.append(f"paper/{title}/{len(pdf.data)}")


def stage(clock: Clock) -> tuple[QApplication, Kit]:
    """Offscreen, in light colours; work of the screens runs at once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("a screen needs a program with windows")
    theme = Theme(app, resource_path, scheme=Scheme.LIGHT)
    kit = Kit(
        theme=theme,
        texts=Translator(Catalogue.load),
        icons=Icons(theme, resource_path),
        ticks=TickSource(clock),
        runner=InlineTaskRunner(),
        actions=ActionRegistry(),
    )
    return app, kit
