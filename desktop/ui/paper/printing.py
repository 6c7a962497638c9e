"""Putting pages on paper: the printers of this computer, which pages, how many copies."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

PRINT_WIDTH: Final = 2480
"""A4 at 300 dots an inch, across."""
MOST_COPIES: Final = 99
_RANGE: Final = re.compile(r"\s*(\d{1,4})\s*(?:[-–—~～]\s*(\d{1,4}))?\s*")


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Pages ``first`` to ``last``, from 1 and both included; ``copies`` of each, on ``printer``, on one side of the
    paper or on ``both_sides``, turned along the long edge."""

    printer: str
    first: int
    last: int
    copies: int = 1
    both_sides: bool = False

    @property
    def sheets(self) -> int:
        """How many sheets of paper come out."""
        pages = self.last - self.first + 1
        return self.copies * (-(-pages // 2) if self.both_sides else pages)


def missing_for_printers(load: Callable[[str], object] = ctypes.CDLL) -> str:
    """The file without which no printer is found on Linux, though one may be set up; empty where all is there. Qt says
    nothing: its list is empty then."""
    if sys.platform != "linux":
        return ""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    plugin = plugins / "printsupport" / "libcupsprintersupport.so"
    if not plugin.is_file():
        return plugin.name
    try:
        load(str(plugin))
    except OSError as error:  # "libcups.so.2: cannot open shared object file: …"
        return Path(str(error).partition(":")[0]).name
    return ""


def printer_names() -> tuple[str, ...]:
    """Every printer this computer knows, its standard one first."""
    names = QPrinterInfo.availablePrinterNames()
    standard = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != standard, name)))


def prints_both_sides(name: str) -> bool:
    """Whether this printer turns the paper by itself."""
    return (
        QPrinter.DuplexMode.DuplexLongSide in QPrinterInfo.printerInfo(name).supportedDuplexModes()
    )


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
    """The printer of a job, set to A4; ``title`` is shown in its queue. One side is said too: many printers are set to
    two, and a code or a form with a seal on the back of another page is of no use."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(job.printer)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setCopyCount(job.copies)
    long_side, none = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(long_side if job.both_sides else none)
    return printer


def print_pages(printer: QPrinter, pages: tuple[bytes, ...], copies: int) -> bool:
    """Paint page pictures onto the printer's paper, edge to edge; False when the printer takes nothing.

    A printer that can not count gets every copy painted; on both sides of the paper each copy begins on a sheet of its
    own.
    """
    painter = QPainter()
    if not painter.begin(printer):
        return False
    rounds = 1 if printer.supportsMultipleCopies() else copies
    for place, png in enumerate(in_rounds(pages, rounds, both_sides=_turns(printer))):
        if place and not printer.newPage():
            painter.end()
            return False
        if png:
            _paint(painter, png)
    return painter.end()


def in_rounds(pages: tuple[bytes, ...], rounds: int, *, both_sides: bool) -> tuple[bytes, ...]:
    """The pages of every copy; ``b""`` is an empty back, so that no copy begins behind the end of another."""
    empty = (b"",) if both_sides and len(pages) % 2 else ()
    return ((*pages, *empty) * rounds)[: rounds * (len(pages) + len(empty)) - len(empty)]


def _turns(printer: QPrinter) -> bool:
    return printer.duplex() is QPrinter.DuplexMode.DuplexLongSide


def _paint(painter: QPainter, png: bytes) -> None:
    picture = QImage.fromData(png)
    room = QRectF(painter.viewport())
    size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
