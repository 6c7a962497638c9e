"""The window of a finished paper: a key pressed twice while it was drawn opens one, not two."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.pages.paper_showing import PaperShowing
from desktop.services.papers.note_print import PrintRun
from desktop.services.ports import OnRecord, Pdf
from desktop.ui.paper.paper_dialog import PaperDialog
from desktop.ui.shared.kit.kit import Kit
from tests.ui.case.fakes import draw_page


def _open() -> list[PaperDialog]:
    tops = QApplication.topLevelWidgets()
    return [top for top in tops if isinstance(top, PaperDialog) and top.isVisible()]


def _unnoted(_record: OnRecord, _run: PrintRun) -> None: ...


def test_a_paper_asked_for_twice_is_shown_once(kit: Kit, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    host.show()
    showing = PaperShowing(kit, draw_page, _unnoted, host)
    showing.open(host, Pdf(b"paper", 1), "1124-A-0017-Z1")
    showing.open(host, Pdf(b"paper drawn again", 1), "1124-A-0017-Z1")
    (dialog,) = _open()
    showing.open(host, Pdf(b"other", 1), "1124-A-0017-Z2")
    assert len(_open()) == 2, "another paper is another window"
    for shown in _open():
        shown.reject()
    showing.open(host, Pdf(b"paper", 1), "1124-A-0017-Z2")
    (again,) = _open()
    assert again is not dialog, "once closed it can be asked for again"
    again.reject()
