"""The steps of the kind of visit on the form: which pages, in which order."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.case import Visit
from desktop.domain.cases.visits import VisitScript
from desktop.domain.interview.scripts import Scripts
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.steps.steps_card import NAMES, step_key


class VisitSteps(QObject):
    """``changed`` follows when another kind of visit is on the form."""

    changed = Signal()

    def __init__(self, model: FormModel, scripts: Scripts, without: Collection[str] = ()) -> None:
        """``without``: steps that are not taken here."""
        super().__init__()
        self._model = model
        self._scripts = scripts
        self._without = frozenset(without)
        model.changed.connect(self._changed)
        model.replaced.connect(self.changed)

    @property
    def visit(self) -> str:
        """The kind of visit."""
        return self._model.value("visit") or Visit.REPORT.value

    @property
    def script(self) -> VisitScript:
        """What it takes."""
        return self._scripts.visit(self.visit)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages in the order in which they are taken."""
        steps = (name for name in self.script.steps if name not in self._without)
        return tuple(map(NAMES.index, steps))

    def near(self, page: int) -> int:
        """The page itself, or the first one where the visit does not have it."""
        return page if page in self.pages else self.pages[0]

    def beside(self, page: int, move: int) -> int:
        """The page so many steps on; the first and the last stay."""
        pages = self.pages
        place = pages.index(self.near(page)) + move
        return pages[min(max(place, 0), len(pages) - 1)]

    def next_key(self, page: int) -> str:
        """The catalogue key of the name of the page that follows; empty after the last."""
        onward = self.beside(page, 1)
        return step_key(self.visit, NAMES[onward]) if onward != page else ""

    def take(self, visit: str) -> bool:
        """Make it another kind of visit; what was typed stays. True when nothing was typed yet."""
        untouched = self._model.form.untouched
        self._model.put("visit", visit)
        return untouched

    def _changed(self, path: str) -> None:
        if path == "visit":
            self.changed.emit()
