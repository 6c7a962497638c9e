"""The pane of evidence and the live panel never stand side by side: the smallest screen has no room for both."""

from __future__ import annotations

from unittest.mock import patch

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.ids import CaseId
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.session import Session
from desktop.ui.intake.form.paths import PAGE_EVIDENCE, PAGE_IDENTIFIERS, PAGE_MONEY
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


def test_evidence_counts_while_the_report_is_a_draft(make_page: MakePage, session: Session) -> None:
    page = make_page().fill(victim_name="Li Xiulan")
    page.go_to(EVIDENCE)
    assert page.text("evidence_count").startswith("0")
    attach_picture(session, CaseId(page.form.case_id), "截图.png", b"a picture")
    pane = page.screen.findChild(EvidencePage)
    assert pane is not None
    label = pane.findChild(QLabel)
    assert label is not None
    label.linkActivated.emit("")  # as the pane says that something was taken in
    page.go_to(MONEY)
    assert page.text("evidence_count").startswith("1")


def test_reading_from_the_form_leads_over_the_evidence_and_back(make_page: MakePage) -> None:
    """Back once something was taken into the form, unless somebody went elsewhere meanwhile."""
    page = make_page()
    steps, evidence = page.screen.way, page.screen.pages.evidence
    with patch.object(EvidencePage, "add_and_read") as read:
        page.press(Qt.Key.Key_F8)
    read.assert_called_once_with()
    assert (steps.page, evidence.isVisible()) == (PAGE_EVIDENCE, True)
    page.screen.pages.sink.taken.emit(2)
    assert (steps.page, evidence.isVisible()) == (PAGE_MONEY, False)
    page.go_to(EVIDENCE).screen.pages.sink.taken.emit(2)
    assert steps.page == PAGE_EVIDENCE, "whoever reads there stays there"
    page.go_to(MONEY).press(Qt.Key.Key_F8)
    page.go_to(EVIDENCE - 1).screen.pages.sink.taken.emit(2)
    assert steps.page == PAGE_IDENTIFIERS


def test_the_pane_is_made_once_for_a_report_and_anew_for_the_next(make_page: MakePage) -> None:
    """Where it stood, and what was chosen in it, is there when somebody comes back."""
    page = make_page().fill(victim_name="Li Xiulan")

    def pane() -> QLabel:
        page.go_to(EVIDENCE)
        (label,) = (
            label
            for label in page.screen.pages.evidence.findChildren(QLabel)
            if label.text() == f"evidence of {page.form.case_id}"
        )
        return label

    first = pane()
    page.go_to(MONEY)
    assert pane() is first
    page.screen.begin()
    assert pane() is not first
