"""What the centre said of a series this case belongs to; hidden while it said nothing."""

from __future__ import annotations

from desktop.domain.masking import masked_account
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.card import Card
from desktop.ui.shared.widgets.label import Label


class SeriesCard(Card):
    """Counts, this case's own values, and the centre's word."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "series.hint.title", panel="blue")
        self._kit = kit
        self.setObjectName("case_series")
        self._told = Label(kit, wrap=True)
        self._by = Label(kit, role="small", ink="muted", wrap=True)
        self._note = Label(kit, role="small", wrap=True)
        for label in (self._told, self._by, self._note):
            self.body.addWidget(label)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the hint of a case."""
        hint = sheet.series
        self.setVisible(hint is not None)
        if hint is None:
            return
        self._told.set_key(
            "series.hint.told", cases=hint.cases, units=hint.units, loss=yuan(hint.loss_fen),
            at=show_local(hint.at, self._kit.zone)[:16],
        )  # fmt: skip
        values = (value if revealed else masked_account(value) for value in hint.by)
        self._by.set_key("series.hint.by", values=self._kit.texts.text("series.comma").join(values))
        self._note.set_text(hint.note)
        self._note.setVisible(bool(hint.note))
