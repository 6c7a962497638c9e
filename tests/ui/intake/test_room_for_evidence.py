"""The pane of evidence and the live panel never stand side by side: the smallest screen has no room for both."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.ui.intake.live_panel import LivePanel
from desktop.ui.intake.pages.evidence import EvidencePage
from tests.ui.intake.conftest import MakePage

MONEY, EVIDENCE = 1, 5


class Watch(QObject):
    """Notes at each showing of one of them whether both are there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        panel, pane = window.findChild(LivePanel), window.findChild(EvidencePage)
        assert panel is not None
        assert pane is not None
        self._parts: tuple[QWidget, ...] = (panel, pane)
        self.both: list[bool] = []
        for part in self._parts:
            part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.both.append(all(part.isVisible() for part in self._parts))
        return False


def test_never_both(make_page: MakePage) -> None:
    page = make_page()
    seen = Watch(page.screen)
    page.go_to(EVIDENCE)
    page.go_to(MONEY)
    assert len(seen.both) == 2, "each was shown once"
    assert not any(seen.both)
