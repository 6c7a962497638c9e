"""What is seen: every page of the window, a printed page, and what drives cameras."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES
from desktop.selftest.bench import OFFICER, PASSWORD, insist


def windows(folder: Path) -> None:
    """Open the sign-in, sign in, and show every page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from desktop.app.qt.offscreen import without_offscreen_remarks  # noqa: PLC0415
    from desktop.app.windows.window import Program  # noqa: PLC0415
    from desktop.ui.shared.kit.task_runner import InlineTaskRunner  # noqa: PLC0415

    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("a self-test needs a QApplication")
    with without_offscreen_remarks():
        program = Program(app, folder / "desk", runner=InlineTaskRunner())
        program.start()
        program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
        if program.desk_window is None:
            raise AssertionError("no window")
        for language in LANGUAGES:
            program.kit.texts.set_language(language)
            for page in ("intake", "board", "orders", "sync", "settings"):
                program.desk_window.window.show_page(page)
                app.processEvents()
        program.shut_down()


def printing(folder: Path, printer: str = "") -> str:
    """A page into a PDF, or on the ``printer`` named; tells how many printers there are."""
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - needs the application

    from desktop.ui.paper.printing import (  # noqa: PLC0415 - as above
        PrintJob,
        missing_for_printers,
        new_printer,
        print_pages,
        printer_names,
    )

    insist(holds=not missing_for_printers(), what=missing_for_printers())
    names = printer_names()
    insist(holds=printer in ("", *names), what="no printer of that name")
    target = new_printer(PrintJob(printer, 1, 1), "自检")
    written = folder / "page.pdf"
    if not printer:
        target.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        target.setOutputFileName(str(written))
    page = resource_path("icons/program/fanzha-256.png").read_bytes()
    insist(holds=print_pages(target, (page,), 1), what="not taken")
    insist(holds=bool(printer) or written.read_bytes()[:5] == b"%PDF-", what="PDF")
    return f"{len(names)} printers"


def camera() -> str:
    """What drives cameras loads; how many there are is no matter of this build."""
    from desktop.ui.shared.codes.qt_camera import backend_loads, camera_count  # noqa: PLC0415 - needs the application

    insist(holds=backend_loads(), what="multimedia backend")
    return f"{camera_count()} cameras"
