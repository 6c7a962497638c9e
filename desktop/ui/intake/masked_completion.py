"""From a masked payee account to the whole number: candidates to choose from, or the slip for the paying bank."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.transfer import Certainty
from desktop.domain.identifiers.masked_number import read_masked
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.masked_dialog import MaskedDialog
from desktop.ui.intake.masked_numbers import MaskedNumbers
from desktop.ui.intake.port import IntakePort
from desktop.ui.intake.wizard_page import WizardPage


class MaskedCompletion(QObject):
    """``slip_wanted(form, index)``: the slip for the paying bank, of that form and transfer. ``completed(index)``."""

    slip_wanted = Signal(object, int)
    completed = Signal(int)

    def __init__(
        self,
        page: WizardPage,
        model: FormModel,
        fields: FormFields,
        port: IntakePort,
        masked: MaskedNumbers,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._model = model
        self._fields = fields
        self._port = port
        self._masked = masked

    def ask(self, index: int) -> None:
        """Open the candidates of transfer ``index``; nothing where its account is not masked."""
        path = f"transfers.{index}.payee_account"
        shown = self._model.value(path)
        if read_masked(shown) is None:
            return
        transfer = self._model.form.transfers[index]
        dialog = MaskedDialog(
            self._page.kit,
            self._page,
            shown,
            hint=self._fields.hints.get(path),
            candidates=self._masked.candidates(transfer),
            group=self._port.group_account,
        )
        dialog.slip_wanted.connect(partial(self._want_slip, transfer.id))
        dialog.taken.connect(partial(self._take, transfer.id))
        dialog.open()

    def _want_slip(self, transfer: str) -> None:
        form = self._model.form
        ids = [item.id for item in form.transfers]
        if transfer in ids:
            self.slip_wanted.emit(form, ids.index(transfer))

    def _take(self, transfer: str, number: str) -> None:
        """A candidate is a guess until the bank confirms it; what the receipt showed stays beside it."""
        ids = [item.id for item in self._model.form.transfers]
        if transfer not in ids:
            return
        index = ids.index(transfer)
        start = f"transfers.{index}"
        self._model.put(f"{start}.payee_masked", self._model.value(f"{start}.payee_account"))
        self._model.put(f"{start}.payee_account", self._port.group_account(number))
        self._model.put_certainty(index, "payee_account", Certainty.GUESSED.value)
        self.completed.emit(index)
