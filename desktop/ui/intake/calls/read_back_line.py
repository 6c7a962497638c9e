"""复诵核对: one payment at a time is read back to the caller, in groups of four and in capitals; one key says yes."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.party import reporter_among
from desktop.domain.identifiers.plain import clean
from desktop.services.calls.read_back import (
    ReadBack,
    confirm_read_back,
    payments_to_read_back,
)
from desktop.services.session import Session
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_BETWEEN: Final = " / "


class ReadBackLine(QWidget):
    """Hidden while no payment has both an account and a sum."""

    def __init__(self, kit: Kit, session: Session, model: FormModel) -> None:
        super().__init__()
        self.setObjectName("read_back")
        self._kit = kit
        self._session = session
        self._model = model
        self._shown: tuple[ReadBack, ...] | None = None
        row = Row(kit, self, gap="space_m")
        self._title = Label(kit, role="label", ink="muted")
        self._groups = Label(kit, role="digits")
        self._groups.setObjectName("read_back_groups")
        self._words = ElidedLabel(kit, role="strong")
        self._words.setObjectName("read_back_words")
        self._yes = kit.actions.add(
            self, "calls.read_back.yes", "Ctrl+R", self.confirm, group_key="calls.keys"
        )
        self._button = Button.of(kit, self._yes, size=Size.COMPACT, name="read_back_yes")
        for widget in (self._title, self._groups):
            row.addWidget(widget)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        model.edited.connect(self.refresh)
        model.replaced.connect(self.refresh)
        kit.texts.changed.connect(self._show)
        self.refresh()

    def refresh(self) -> None:
        """Judge the form anew, at every key."""
        found = payments_to_read_back(self._session, self._model.form)
        if found != self._shown:
            self._shown = found
            self._show()

    def confirm(self) -> None:
        """The caller said yes to the payment that is shown."""
        payment = self._open()
        if payment is None:
            return
        for reading in confirm_read_back(self._session, payment, self._caller()):
            self._model.add_reading(reading)
        self.refresh()

    def _open(self) -> ReadBack | None:
        return next((one for one in self._shown or () if not one.confirmed), None)

    def _caller(self) -> str:
        """Who said yes: whoever reports for the victim, where somebody does."""
        form = self._model.form
        reporter = reporter_among(form.parties, form.reported_by)
        name = clean(reporter.name if reporter is not None else form.victim.name)
        return name or self._kit.texts.text("calls.read_back.caller")

    def _show(self) -> None:
        shown, texts, payment = self._shown or (), self._kit.texts, self._open()
        self.setVisible(bool(shown))
        self._button.setVisible(payment is not None)
        done = sum(one.confirmed for one in shown)
        self._title.set_text(texts.text("calls.read_back.title", done=done, count=len(shown)))
        self._groups.set_text(_BETWEEN.join(payment.groups) if payment else "")
        self._groups.setVisible(payment is not None)
        if payment is None:
            self._words.set_text(texts.text("calls.read_back.done"))
            return
        name = payment.payee or texts.text("calls.read_back.no_name")
        words = texts.text("calls.read_back.words", sum=payment.sum_in_words, payee=name)
        self._words.set_text(words)
