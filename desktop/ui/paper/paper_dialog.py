"""A finished paper on the screen: turn and zoom its pages, print it, keep it as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import write_atomic
from desktop.services.papers.note_print import PrintRun
from desktop.services.ports import Pdf
from desktop.ui.paper.printing import (
    MOST_COPIES,
    PRINT_WIDTH,
    PrintJob,
    copies_of,
    missing_for_printers,
    new_printer,
    print_pages,
    printer_names,
    prints_both_sides,
    range_of,
)
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.views.page_tools import PageTools
from desktop.ui.shared.widgets.views.page_view import DrawPage, PageView


class PrintDialog(DialogFrame):
    """``chosen(PrintJob)``. What is no number of copies or no page of the paper is named and not printed."""

    chosen = Signal(object)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        pages: int,
        printers: Sequence[str],
        turns: Callable[[str], bool] = prints_both_sides,
    ) -> None:
        super().__init__(kit, parent, "paper.print_title")
        self.setObjectName("print_dialog")
        self._pages = pages
        self._turns = turns
        self._printer = ComboField(
            kit, "print_printer", "paper.printer", [Option(name, text=name) for name in printers]
        )
        self._copies = TextField(kit, "print_copies", "paper.copies", digits=True)
        self._copies.set_value("1")
        self._range = TextField(kit, "print_range", "paper.print_title", digits=True)
        self._range.set_label("paper.range", pages=pages)
        self._sides = CheckBox(kit, "paper.both_sides", name="print_both_sides")
        self._sides.toggled.connect(self._check)
        self._sheets = Label(kit, role="small", ink="muted")
        self._sheets.setObjectName("print_sheets")
        for field in (self._printer, self._copies, self._range, self._sides, self._sheets):
            self.body.addWidget(field)
        set_shown(self._range, shown=pages > 1)
        self.add_button("shared.cancel", name="print_cancel")
        self._accept = self.add_button(
            "paper.print_accept", variant=Variant.PRIMARY, name="print_accept", closes=False
        )
        self.set_default(self._accept)
        self._accept.clicked.connect(self._tell)
        self._printer.edited.connect(self._offer_sides)
        self._copies.edited.connect(self._check)
        self._range.edited.connect(self._check)
        self._copies.line.selectAll()
        self._copies.setFocus()
        self._offer_sides()

    def _offer_sides(self, _printer: str = "") -> None:
        """Both sides where the printer turns the paper and there is something for the back."""
        offered = self._pages > 1 and self._turns(self._printer.value())
        if not offered:
            self._sides.setChecked(False)
        set_shown(self._sides, shown=offered)
        self._check()

    def _check(self, _typed: object = None) -> PrintJob | None:
        copies = copies_of(self._copies.value())
        pages = range_of(self._range.value(), self._pages)
        if copies is None:
            self._copies.set_hint_key(Tone.BAD, "paper.copies_wrong", most=MOST_COPIES)
        else:
            self._copies.clear_hint()
        if pages is None:
            self._range.set_hint_key(Tone.BAD, "paper.range_wrong", pages=self._pages)
        else:
            self._range.clear_hint()
        self._accept.setEnabled(copies is not None and pages is not None)
        if copies is None or pages is None:
            self._sheets.set_text("")
            return None
        job = PrintJob(self._printer.value(), *pages, copies, self._sides.isChecked())
        self._sheets.set_key("paper.sheets", count=job.sheets)
        return job

    def _tell(self) -> None:
        job = self._check()
        if job is not None:
            self.accept()
            self.chosen.emit(job)


class PaperDialog(DialogFrame):
    """Shows ``pdf``; ``title`` names the file it is kept as. What is secret is printed only: without ``keeps``.

    ``printed(PrintRun)``: pages went to a printer, or (copies 0) into a file.
    """

    printed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        pdf: Pdf,
        title: str,
        draw: DrawPage,
        *,
        keeps: bool = True,
    ) -> None:
        super().__init__(kit, parent, "paper.title", wide=True)
        self.setObjectName("paper_dialog")
        self._pdf, self._name, self._draw = pdf, title, draw
        self._works, self._closed = 0, False
        self._no_printer = "paper.no_printer" if keeps else "paper.no_printer_for_secret"
        self._banner = Banner(kit, "paper_banner")
        self.view = PageView(kit, draw, "paper_sheet")
        self.view.setFixedSize(self._room())
        self.body.addWidget(self._banner)
        self.body.addWidget(self.view)
        self.body.addWidget(PageTools(kit, self.view, "paper"))
        self.add_button("paper.close", name="paper_close")
        if keeps:
            save = self.add_button("paper.save", name="paper_save", closes=False)
            save.clicked.connect(self._choose)
        self.print_button = self.add_button(
            "paper.print", variant=Variant.PRIMARY, name="paper_print", closes=False
        )
        self.print_button.clicked.connect(self._ask_printer)
        self.set_default(self.print_button)
        self.print_button.setFocus()  # whoever asked for the paper wants it on paper: Enter prints
        self.view.show_pdf(pdf, title)

    def done(self, result: int) -> None:
        """Closed while pages are drawn or a file is written, it goes on out of sight until that is told of."""
        self._closed = True
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, self._works == 0)
        super().done(result)

    def _room(self) -> QSize:
        """As high as the window allows."""
        width = self.kit.theme.space("dialog_width_wide") - 2 * self.kit.theme.space("space_l")
        height = self.host.height() - 6 * self.kit.theme.space("dialog_title")
        return QSize(width, max(height, width // 2))

    def _choose(self) -> None:
        choose_target(self.kit, self, "paper.save", f"{self._name}.pdf", self._save)

    def _save(self, targets: tuple[Path, ...]) -> None:
        if targets:
            self._works += 1
            work = partial(_saved, targets[0], self._pdf.data)
            self.kit.runner.start("files", work, self._kept, self._failed)

    def _kept(self, name: str) -> None:
        toast(self.kit, self.host, "paper.saved", name=name)
        self.printed.emit(PrintRun(self._pdf.pages, copies=0))
        self._work_over()

    def _ask_printer(self) -> None:
        printers = printer_names()
        if not printers:
            self._tell_no_printer()
            return
        self._banner.clear()
        dialog = PrintDialog(self.kit, self, self._pdf.pages, printers)
        dialog.chosen.connect(self._draw_chosen)
        dialog.open()

    def _tell_no_printer(self) -> None:
        lacking = missing_for_printers()
        if lacking:
            self._banner.show_key(Tone.WARN, "paper.no_printing", file=lacking)
        else:
            self._banner.show_key(Tone.WARN, self._no_printer)

    def _draw_chosen(self, job: PrintJob) -> None:
        self._works += 1
        work = partial(_drawn, self._draw, self._pdf, job)
        self.kit.runner.start("files", work, self._print, self._failed)

    def _print(self, drawn: tuple[PrintJob, tuple[bytes, ...]]) -> None:
        job, pages = drawn
        if print_pages(new_printer(job, self._name), pages, job.copies):
            toast(self.kit, self.host, "paper.printed", copies=job.copies)
            self.printed.emit(PrintRun(self._pdf.pages, job.copies, job.first, job.last))
        elif self._closed:
            toast(self.kit, self.host, "paper.not_printed", tone=Tone.BAD)
        else:
            self._banner.show_key(Tone.BAD, "paper.not_printed")
        self._work_over()

    def _failed(self, error: Exception) -> None:
        if self._closed:
            present(self.kit, self.host, error)
        else:
            self._banner.show_error(error)
        self._work_over()

    def _work_over(self) -> None:
        self._works -= 1
        if self._closed and not self._works:
            self.deleteLater()


def _saved(path: Path, data: bytes, progress: Progress) -> str:  # noqa: ARG001
    write_atomic(path, data, mode=0o644)
    return path.name


def _drawn(
    draw: DrawPage, pdf: Pdf, job: PrintJob, progress: Progress
) -> tuple[PrintJob, tuple[bytes, ...]]:
    pages = []
    for page in range(job.first - 1, job.last):
        progress.check()
        pages.append(draw(pdf.data, page, PRINT_WIDTH))
    return job, tuple(pages)
