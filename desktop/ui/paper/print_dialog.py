"""Which printer, how many copies, which pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.paper.printing import (
    MOST_COPIES,
    PrintJob,
    copies_of,
    prints_both_sides,
    range_of,
)
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.fields import ComboField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option


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
