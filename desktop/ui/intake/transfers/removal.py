"""Taking transfers out of the form: one, or all that were read from one statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import TransferText
from desktop.domain.errors import RuleError
from desktop.domain.evidence.place import place_from_text
from desktop.ui.intake.form_model import FormModel
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label


class TransferRemoval(QObject):
    """``held``: what a transfer is about (``transfer/<id>``) → the number of the order that keeps it."""

    def __init__(
        self, kit: Kit, page: QWidget, model: FormModel, blank: Callable[[], TransferText]
    ) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._model = model
        self._blank = blank
        self._one = ""
        self._all: frozenset[str] = frozenset()
        self.held: Mapping[str, str] = {}

    def ask(self, index: int) -> None:
        """Take out a transfer; what was typed is asked about first. The last one stays."""
        rows = self._model.form.transfers
        leaving = rows[index]
        if len(rows) < 2:
            return
        ordered = self.held.get(f"transfer/{leaving.id}")
        if ordered:
            present(self._kit, self._page, RuleError("part.ordered", number=ordered))
            return
        self._one = leaving.id
        if leaving.is_blank():
            self._remove_one()
            return
        dialog = ask(
            self._kit,
            self._page,
            "intake.money.remove_title",
            "intake.money.remove_text",
            "intake.money.remove",
            self._remove_one,
            danger=True,
            number=index + 1,
        )
        self._offer_all(dialog, of_statement(rows, leaving))

    def _offer_all(self, dialog: DialogFrame, together: Sequence[TransferText]) -> None:
        """A statement that does not belong into the case is taken out in one step."""
        free = [row.id for row in together if f"transfer/{row.id}" not in self.held]
        if len(free) < 2:
            return
        self._all = frozenset(free)
        kept = len(together) - len(free)
        told = Label(self._kit, wrap=True)
        told.setObjectName("confirm_statement")
        held = "_held" if kept else ""
        told.set_key(f"intake.money.of_statement{held}", count=len(together), kept=kept)
        dialog.body.addWidget(told)
        every = dialog.add_button("", variant=Variant.DANGER, name="confirm_all", closes=False)
        every.set_key(f"intake.money.remove_statement{held}", count=len(free))
        every.clicked.connect(self._remove_all)
        every.clicked.connect(dialog.reject)

    def _remove_one(self) -> None:
        self._model.remove_transfers({self._one})

    def _remove_all(self) -> None:
        if all(row.id in self._all for row in self._model.form.transfers):
            self._model.add_transfer(self._blank())
        self._model.remove_transfers(self._all)


def of_statement(rows: Sequence[TransferText], one: TransferText) -> tuple[TransferText, ...]:
    """The transfers read from rows of the same item of evidence as this one; none where it was not read from a row."""
    place = place_from_text(one.origin)
    if place is None or not place.row:
        return ()
    places = ((row, place_from_text(row.origin)) for row in rows)
    return tuple(
        row for row, at in places if at is not None and at.row and at.evidence == place.evidence
    )
