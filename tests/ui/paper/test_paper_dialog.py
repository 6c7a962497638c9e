"""A finished paper: printed with its range and copies, kept as a file, and a computer without a printer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.documents.pages.pictures import pdf_page_count
from desktop.services.papers.note_print import PrintRun
from desktop.services.ports import Pdf
from desktop.ui.paper import paper_dialog, printing
from desktop.ui.paper.paper_dialog import PaperDialog, PrintDialog
from desktop.ui.paper.printing import PrintJob
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.ui.case.fakes import draw_page
from tests.ui.pages.errors import close_error
from tests.ui.pages.window_page import WindowPage


@dataclass
class Open:
    """The dialog over a window, and what it told."""

    page: WindowPage
    host: QWidget
    runs: list[PrintRun] = field(default_factory=list)


@pytest.fixture
def opened(kit: Kit, qtbot: QtBot) -> Iterator[Open]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    host.show()
    dialog = PaperDialog(kit, host, Pdf(b"paper", 3), "A-0017 受案回执", draw_page)
    found = Open(WindowPage(qtbot, dialog), host)
    dialog.printed.connect(found.runs.append)
    dialog.open()
    yield found
    dialog.reject()


def test_a_computer_without_a_printer_says_what_to_do(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ())
    monkeypatch.setattr(paper_dialog, "missing_for_printers", lambda: "")
    opened.page.click("paper_print")
    assert "没有安装打印机" in opened.page.text("paper_banner_message")
    assert opened.page.find("paper_save").isEnabled()
    assert opened.runs == []


def test_what_is_secret_is_not_said_to_be_kept_as_a_file(
    opened: Open, kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ())
    monkeypatch.setattr(paper_dialog, "missing_for_printers", lambda: "")
    dialog = PaperDialog(kit, opened.host, Pdf(b"paper", 1), "恢复码", draw_page, keeps=False)
    page = WindowPage(qtbot, dialog)
    dialog.open()
    page.click("paper_print")
    assert "PDF" not in page.text("paper_banner_message")
    assert "抄在纸上" in page.text("paper_banner_message")
    dialog.reject()


def test_a_printer_that_can_not_be_seen_is_not_said_to_be_missing(
    opened: Open, kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_path: str) -> None:
        raise OSError("libcups.so.2: cannot open shared object file: No such file or directory")

    lacking = printing.missing_for_printers(load)
    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ())
    monkeypatch.setattr(paper_dialog, "missing_for_printers", lambda: lacking)
    dialog = PaperDialog(kit, opened.host, Pdf(b"paper", 1), "恢复码", draw_page, keeps=False)
    page = WindowPage(qtbot, dialog)
    dialog.open()
    page.click("paper_print")
    assert "libcups.so.2" in page.text("paper_banner_message")
    assert "抄" not in page.text("paper_banner_message")
    dialog.reject()


def printers(monkeypatch: pytest.MonkeyPatch, target: Path) -> list[PrintJob]:
    """Two printers, both of which write into a file; what they were asked for."""
    jobs: list[PrintJob] = []

    def to_file(job: PrintJob, title: str) -> QPrinter:
        jobs.append(job)
        printer = printing.new_printer(replace(job, printer=""), title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ("窗口打印机", "办公室"))
    monkeypatch.setattr(paper_dialog, "new_printer", to_file)
    return jobs


def test_chosen_pages_and_copies_are_printed_and_recorded(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    jobs = printers(monkeypatch, tmp_path / "printed.pdf")
    opened.page.click("paper_print")
    dialog = opened.page.dialog("print_dialog")
    dialog.fill("print_range", "5")
    assert not dialog.find("print_accept").isEnabled()
    assert "共 3 页" in dialog.text("print_range_hint")
    dialog.fill("print_range", "2～3")
    dialog.fill("print_copies", "0")
    assert not dialog.find("print_accept").isEnabled()
    dialog.fill("print_copies", "2")
    dialog.click("print_accept")
    QApplication.processEvents()
    assert jobs == [PrintJob("窗口打印机", 2, 3, 2)]
    assert pdf_page_count((tmp_path / "printed.pdf").read_bytes()) == 4, "a file can not count"
    assert opened.runs == [PrintRun(3, 2, 2, 3)]


def test_both_sides_where_the_printer_turns_the_paper(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    jobs = printers(monkeypatch, tmp_path / "printed.pdf")
    monkeypatch.setattr(
        paper_dialog, "PrintDialog", partial(PrintDialog, turns=lambda name: name == "办公室")
    )
    opened.page.click("paper_print")
    dialog = opened.page.dialog("print_dialog")
    sides = dialog.find("print_both_sides", QAbstractButton)
    assert not sides.isVisible()
    assert dialog.text("print_sheets") == "用纸 3 张"
    dialog.find("print_printer", QComboBox).setCurrentIndex(1)
    assert sides.isVisible()
    sides.setChecked(True)
    dialog.fill("print_copies", "2")
    assert dialog.text("print_sheets") == "用纸 4 张"
    dialog.click("print_accept")
    QApplication.processEvents()
    assert jobs == [PrintJob("办公室", 1, 3, 2, both_sides=True)]
    assert jobs[0].sheets == 4


def test_the_system_is_asked_once_about_a_printer(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A printer of the network may take its time, and who types does not wait for it."""
    printers(monkeypatch, tmp_path / "printed.pdf")
    asked: list[str] = []

    def turns(name: str) -> bool:
        asked.append(name)
        return False

    monkeypatch.setattr(paper_dialog, "PrintDialog", partial(PrintDialog, turns=turns))
    opened.page.click("paper_print")
    dialog = opened.page.dialog("print_dialog")
    dialog.fill("print_copies", "12")
    dialog.fill("print_range", "2-3")
    dialog.find("print_printer", QComboBox).setCurrentIndex(1)
    assert asked == ["窗口打印机", "办公室"]


@pytest.mark.usefixtures("qapp")  # a printer without an application ends the process
def test_one_side_is_asked_for_and_no_copy_begins_behind_another() -> None:
    job = PrintJob("", 1, 3, 2)
    assert printing.new_printer(job, "x").duplex() is QPrinter.DuplexMode.DuplexNone
    pages = (b"1", b"2", b"3")
    assert printing.in_rounds(pages, 2, both_sides=False) == pages * 2
    assert printing.in_rounds(pages, 2, both_sides=True) == (*pages, b"", *pages)
    assert printing.in_rounds(pages[:2], 2, both_sides=True) == pages[:2] * 2
    assert printing.in_rounds(pages, 1, both_sides=True) == pages


def test_a_printer_that_takes_nothing_is_reported(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printers(monkeypatch, tmp_path / "no folder" / "x.pdf")
    opened.page.click("paper_print")
    opened.page.dialog("print_dialog").click("print_accept")
    assert opened.runs == []
    assert "没有接收" in opened.page.text("paper_banner_message")


@given(text=st.text(max_size=8) | st.from_regex(r"[0-9]{1,2}[-～][0-9]{1,2}", fullmatch=True))
def test_a_range_stays_within_the_paper(text: str) -> None:
    found = printing.range_of(text, 12)
    assert found is None or 1 <= found[0] <= found[1] <= 12
    copies = printing.copies_of(text)
    assert copies is None or 1 <= copies <= printing.MOST_COPIES


def test_ranges_are_read_as_people_write_them() -> None:
    read = {
        text: printing.range_of(text, 3) for text in ("", "2", " 1 - 3 ", "2～3", "3-2", "0", "1,3")
    }
    assert read == {
        "": (1, 3), "2": (2, 2), " 1 - 3 ": (1, 3), "2～3": (2, 3), "3-2": None, "0": None, "1,3": None,
    }  # fmt: skip


def test_a_paper_is_kept_as_a_file(opened: Open, tmp_path: Path) -> None:
    opened.page.click("paper_save")
    chooser = opened.page.dialog("file_chooser").widget
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "受案回执.pdf"))
    chooser.filesSelected.emit([str(tmp_path / "受案回执.pdf")])
    assert (tmp_path / "受案回执.pdf").read_bytes() == b"paper"
    assert opened.runs[0] == PrintRun(3, copies=0)
    chooser.reject()


@pytest.mark.parametrize("taken", [True, False])
def test_what_was_sent_to_the_printer_comes_though_the_window_is_closed_at_once(
    kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, taken: bool
) -> None:
    """Drawing a page for paper takes a moment; who knows the way presses Enter, Enter, Esc."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    host.show()
    runner = HeldRunner()
    dialog = PaperDialog(replace(kit, runner=runner), host, Pdf(b"paper", 3), "回执", draw_page)
    runs: list[PrintRun] = []
    dialog.printed.connect(runs.append)
    dialog.open()
    runner.run_all()
    page = WindowPage(qtbot, dialog)
    jobs = printers(monkeypatch, tmp_path / "printed.pdf")
    if not taken:
        monkeypatch.setattr(paper_dialog, "print_pages", lambda *_: False)
    page.click("paper_print")
    page.dialog("print_dialog").click("print_accept")
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    runner.run_all()
    said = host.findChild(QLabel, "toast_message")
    assert said is not None
    assert len(jobs) == 1
    assert runs == ([PrintRun(3, 1, 1, 3)] if taken else [])
    assert said.text().startswith("已送打印" if taken else "打印机没有接收")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(dialog), "nothing is left behind"


def test_a_file_that_could_not_be_saved_is_reported_after_the_window_is_closed(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    host.show()
    runner = HeldRunner()
    dialog = PaperDialog(replace(kit, runner=runner), host, Pdf(b"paper", 1), "回执", draw_page)
    dialog.open()
    runner.run_all()
    dialog._save((tmp_path / "gone" / "paper.pdf",))
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    runner.run_all()
    close_error("file.missing")
