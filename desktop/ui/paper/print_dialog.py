"""Which printer, how many copies, which pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.paper.printing import MOST_COPIES, PrintJob, copies_of, range_of
from desktop.ui.shared.button import Variant
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.fields import ComboField, TextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.line_edit import Option
from desktop.ui.shared.restyle import set_shown
from desktop.ui.shared.theme import Tone


class PrintDialog(DialogFrame):
    """``chosen(PrintJob)``. What is no number of copies or no page of the paper is named and not printed."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, pages: int, printers: Sequence[str]) -> None:
        super().__init__(kit, parent, "paper.print_title")
        self.setObjectName("print_dialog")
        self._pages = pages
        self._printer = ComboField(
            kit, "print_printer", "paper.printer", [Option(name, text=name) for name in printers]
        )
        self._copies = TextField(kit, "print_copies", "paper.copies", digits=True)
        self._copies.set_value("1")
        self._range = TextField(kit, "print_range", "paper.print_title", digits=True)
        self._range.set_label("paper.range", pages=pages)
        for field in (self._printer, self._copies, self._range):
            self.body.addWidget(field)
        set_shown(self._range, shown=pages > 1)
        self.add_button("shared.cancel", name="print_cancel")
        self._accept = self.add_button(
            "paper.print_accept", variant=Variant.PRIMARY, name="print_accept", closes=False
        )
        self.set_default(self._accept)
        self._accept.clicked.connect(self._tell)
        self._copies.edited.connect(self._check)
        self._range.edited.connect(self._check)
        self._copies.line.selectAll()
        self._copies.setFocus()

    def _check(self, _text: str = "") -> PrintJob | None:
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
            return None
        return PrintJob(self._printer.value(), *pages, copies)

    def _tell(self) -> None:
        job = self._check()
        if job is not None:
            self.accept()
            self.chosen.emit(job)
