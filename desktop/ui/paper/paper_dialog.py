"""A finished paper on the screen: look at each page, print it, keep it as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.progress import Progress
from desktop.runtime.atomic_file import write_atomic
from desktop.services.ports import Pdf
from desktop.ui.shared.button import IconButton, Variant
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.error_presenter import present
from desktop.ui.shared.file_chooser import choose_target
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label
from desktop.ui.shared.toast import toast

DrawPage = Callable[[bytes, int, int], bytes]
"""PDF, page from 0, width in pixels → PNG. Slow: never called on the GUI thread."""

_PRINT_WIDTH = 2480
"""A4 at 300 dots an inch, across."""


class PaperDialog(DialogFrame):
    """Shows ``pdf``; ``title`` names the file it is kept as."""

    def __init__(self, kit: Kit, parent: QWidget, pdf: Pdf, title: str, draw: DrawPage) -> None:
        super().__init__(kit, parent, "paper.title", wide=True)
        self.setObjectName("paper_dialog")
        self._pdf, self._name, self._draw = pdf, title, draw
        self._page = 0
        self._host_window = parent.window()
        self.sheet = QLabel()
        self.sheet.setObjectName("paper_sheet")
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setFixedSize(self._room())
        self.body.addWidget(self.sheet)
        self._back = IconButton(kit, "paper.back", "chevron_left", name="paper_back")
        self._forth = IconButton(kit, "paper.forth", "chevron_right", name="paper_forth")
        self._count = Label(kit, role="small", ink="muted")
        self._back.clicked.connect(partial(self._turn, -1))
        self._forth.clicked.connect(partial(self._turn, 1))
        for position, widget in enumerate((self._back, self._count, self._forth)):
            self.buttons.insertWidget(position, widget)
        self.add_button("paper.close", name="paper_close")
        save = self.add_button("paper.save", name="paper_save", closes=False)
        save.clicked.connect(self._choose)
        self.print_button = self.add_button(
            "paper.print", variant=Variant.PRIMARY, name="paper_print", closes=False
        )
        self.print_button.clicked.connect(self._ask_printer)
        self.set_default(self.print_button)
        self.print_button.setFocus()  # whoever asked for the paper wants it on paper: Enter prints
        self._show()

    def _room(self) -> QSize:
        """As high as the window allows, in the proportion of A4."""
        width = self.kit.theme.space("dialog_width_wide") - 2 * self.kit.theme.space("space_l")
        height = max(
            self._host_window.height() - 4 * self.kit.theme.space("dialog_title"), width // 2
        )
        return QSize(width, height)

    def _turn(self, step: int) -> None:
        self._page = min(max(self._page + step, 0), self._pdf.pages - 1)
        self._show()

    def _show(self) -> None:
        self._count.set_key("paper.page", page=self._page + 1, pages=self._pdf.pages)
        for button, at_end in ((self._back, 0), (self._forth, self._pdf.pages - 1)):
            button.setVisible(self._pdf.pages > 1)
            button.setEnabled(self._page != at_end)
        width = round(self.sheet.width() * self.devicePixelRatioF())
        work = partial(_page_png, self._draw, self._pdf.data, self._page, width)
        self.kit.runner.start("files", work, self._drawn, self._failed)

    def _drawn(self, png: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        room = self.sheet.size() * self.devicePixelRatioF()
        fitted = picture.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.setPixmap(fitted)

    def _failed(self, error: Exception) -> None:
        present(self.kit, self, error)

    def _choose(self) -> None:
        choose_target(self.kit, self, "paper.save", f"{self._name}.pdf", self._save)

    def _save(self, targets: tuple[Path, ...]) -> None:
        work = partial(_saved, targets[0], self._pdf.data)
        self.kit.runner.start("files", work, self._kept, self._failed)

    def _kept(self, name: str) -> None:
        toast(self.kit, self._host_window, "paper.saved", name=name)

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._printer = printer
        dialog.accepted.connect(self._draw_all)
        dialog.setModal(True)
        dialog.show()

    def _draw_all(self) -> None:
        work = partial(_all_pages, self._draw, self._pdf)
        self.kit.runner.start("files", work, self._print_all, self._failed)

    def _print_all(self, pages: tuple[bytes, ...]) -> None:
        print_pages(self._printer, pages)


def _page_png(draw: DrawPage, data: bytes, page: int, width: int, progress: Progress) -> bytes:  # noqa: ARG001
    return draw(data, page, width)


def _saved(path: Path, data: bytes, progress: Progress) -> str:  # noqa: ARG001
    write_atomic(path, data, mode=0o644)
    return path.name


def _all_pages(draw: DrawPage, pdf: Pdf, progress: Progress) -> tuple[bytes, ...]:
    pages = []
    for page in range(pdf.pages):
        progress.check()
        pages.append(draw(pdf.data, page, _PRINT_WIDTH))
    return tuple(pages)


def print_pages(printer: QPrinter, pages: tuple[bytes, ...]) -> None:
    """Paint page pictures onto the printer's paper, edge to edge."""
    painter = QPainter(printer)
    for number, png in enumerate(pages):
        if number:
            printer.newPage()
        picture = QImage.fromData(png)
        room = QRectF(painter.viewport())
        size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
    painter.end()
