"""Papers in the real program: what was typed when the window was closed is kept, and prints are in the history."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.app.windows.window import Program
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, history
from desktop.services.papers.draft_paper import draft_paper
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.paper import paper_dialog, printing
from desktop.ui.paper.printing import PrintJob
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form
from tests.ui.pages.window_page import WindowPage, type_text


def test_typing_survives_the_window_and_prints_are_recorded(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_desk(tmp_path / "desk").close()
    program = Program(qapp, tmp_path / "desk", machine=machine(), runner=InlineTaskRunner())
    program.start()
    session = program.installation.sign_in(OFFICER, PASSWORD)
    program.open_desk(session)
    opened = program.desk_window
    assert opened is not None
    case = register_report(session, a_form(session)).case
    paper = draft_paper(session, case, "acceptance_receipt")
    page = WindowPage(qtbot, opened.window)
    opened.navigator.open_case(case)
    opened.case.header.tabs.choose(Tab.PAPERS)
    opened.case.parts.papers.table.select_key(("paper", paper.id))

    def to_file(job: PrintJob, title: str) -> QPrinter:
        printer = printing.new_printer(PrintJob("", job.first, job.last), title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ("窗口",))
    monkeypatch.setattr(paper_dialog, "new_printer", to_file)
    page.click("case_paper_print")
    page.dialog("paper_dialog").click("paper_print")
    page.dialog("print_dialog").click("print_accept")
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    printed = [row for row in history(session, case) if row.kind == "document.printed"]
    assert [(row.subject, dict(row.fields)["copies"]) for row in printed] == [
        (f"paper/{paper.id}", "1")
    ]
    page.dialog("paper_dialog").click("paper_close")
    type_text(page.find("paper_text_contact", QPlainTextEdit), "值班室王警官")
    opened.window.close()
    (kept,) = case_file(session, case).papers
    assert kept.texts == {"contact": "值班室王警官"}
    program.shut_down()
