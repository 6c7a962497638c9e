"""Putting pages on paper: the printers of this computer, which pages, how many copies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

PRINT_WIDTH: Final = 2480
"""A4 at 300 dots an inch, across."""
MOST_COPIES: Final = 99
_RANGE: Final = re.compile(r"\s*(\d{1,4})\s*(?:[-–—~～]\s*(\d{1,4}))?\s*")


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Pages ``first`` to ``last``, from 1 and both included; ``copies`` of each, on ``printer``."""

    printer: str
    first: int
    last: int
    copies: int = 1


def printer_names() -> tuple[str, ...]:
    """Every printer this computer knows, its standard one first."""
    names = QPrinterInfo.availablePrinterNames()
    standard = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != standard, name)))


def range_of(text: str, pages: int) -> tuple[int, int] | None:
    """``2-3``, ``2``, or nothing for all pages; None for what is no range of this paper."""
    if not text.strip():
        return 1, pages
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    first = int(found.group(1))
    last = int(found.group(2) or first)
    return (first, last) if 1 <= first <= last <= pages else None


def copies_of(text: str) -> int | None:
    """How many; None for what is no number of copies."""
    wanted = text.strip()
    copies = int(wanted) if wanted.isdecimal() and len(wanted) <= len(str(MOST_COPIES)) else 0
    return copies or None


def new_printer(job: PrintJob, title: str) -> QPrinter:
    """The printer of a job, set to A4; ``title`` is shown in its queue."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(job.printer)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setCopyCount(job.copies)
    return printer


def print_pages(printer: QPrinter, pages: tuple[bytes, ...], copies: int) -> bool:
    """Paint page pictures onto the printer's paper, edge to edge; False when the printer takes nothing.

    A printer that can not count gets every copy painted.
    """
    painter = QPainter()
    if not painter.begin(printer):
        return False
    rounds = 1 if printer.supportsMultipleCopies() else copies
    for place, png in enumerate(pages * rounds):
        if place and not printer.newPage():
            painter.end()
            return False
        picture = QImage.fromData(png)
        room = QRectF(painter.viewport())
        size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
    return painter.end()
