"""A finished paper on the screen: turn and zoom its pages, print it, keep it as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
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
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
    shown_text,
    tick,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.views.page_tools import PageTools
from desktop.ui.shared.widgets.views.page_view import DrawPage, PageView


class PrintDialog(FormDialog):
    """``given(PrintJob)``. What is no number of copies or no page of the paper is named and not printed."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        pages: int,
        printers: Sequence[str],
        turns: Callable[[str], bool] = prints_both_sides,
    ) -> None:
        self._pages = pages
        turns_paper = cache(turns)  # the system is asked once a printer, not with every key
        self._sheets = shown_text(kit, FormText(name="print_sheets", role="small", wrap=False))
        names = [Option(name, text=name) for name in printers]
        rows = (
            Input("printer", "paper.printer", choice(names)),
            Input("copies", "paper.copies", DIGITS, "1"),
            Input("range", "paper.print_title", DIGITS, when=lambda _: pages > 1),
            Input(
                "both_sides", "paper.both_sides", tick,
                # where the printer turns the paper and there is something for the back
                when=lambda filled: pages > 1 and turns_paper(filled["printer"]),
            ),
            self._sheets,
        )  # fmt: skip
        form = Form(
            "print", "paper.print_title", "paper.print_accept", rows, focus="copies", closes=True
        )
        super().__init__(kit, parent, form)
        self.field("range", TextField).set_label("paper.range", pages=pages)
        self.field("copies", TextField).line.selectAll()

    def judge(self, changed: object = None) -> None:
        """Say what is wrong while it is typed, and how much paper it takes."""
        super().judge(changed)
        if self.fields["both_sides"].isHidden():
            self.put("both_sides", value=False)
        filled = self.filled()
        copies, pages = copies_of(filled["copies"]), range_of(filled["range"], self._pages)
        self._blame("copies", "paper.copies_wrong" if copies is None else "", most=MOST_COPIES)
        self._blame("range", "paper.range_wrong" if pages is None else "", pages=self._pages)
        job = self.outcome(filled)
        self.accept_button.setEnabled(job is not None)
        if job is None:
            self._sheets.set_text("")
        else:
            self._sheets.set_key("paper.sheets", count=job.sheets)

    def _blame(self, name: str, key: str, **params: int) -> None:
        field = self.field(name, TextField)
        if key:
            field.set_hint_key(Tone.BAD, key, **params)
        else:
            field.clear_hint()

    def outcome(self, filled: FilledForm) -> PrintJob | None:
        """What to print, if it can be read."""
        copies, pages = copies_of(filled["copies"]), range_of(filled["range"], self._pages)
        if copies is None or pages is None:
            return None
        return PrintJob(filled["printer"], *pages, copies, filled.ticked("both_sides"))


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
        space = self.kit.theme.space
        width = space("dialog_width_wide") - 2 * (space("space_l") + space("border"))
        height = self.host.height() - 6 * space("dialog_title")
        return QSize(width, max(height, width // 2))

    def _choose(self) -> None:
        choose_target(self.kit, self, "paper.save", f"{self._name}.pdf", self._save)

    def _save(self, targets: tuple[Path, ...]) -> None:
        if targets:
            self._works += 1
            work = partial(_saved, targets[0], self._pdf.data)
            self.kit.runner.start("files", work, self._file_saved, self._failed)

    def _file_saved(self, name: str) -> None:
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
        dialog.given.connect(self._draw_chosen)
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
