"""That the person was here before: said beside the form, never in its way."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.services.cases.earlier_visits import EarlierVisit
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Card, Column
from desktop.ui.shared.widgets.label import ElidedLabel, Label

SHOWN: Final = 2


class _RepeatRow(QWidget):
    """Number, what is the same; day, officer, kind of visit."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        texts = Column(kit, self, gap="space_xxs")
        self.number = Label(kit, role="digits_small")
        self._why = ElidedLabel(kit, role="small", ink="amber")
        self._when = ElidedLabel(kit, role="small", ink="muted")
        for label in (self.number, self._why, self._when):
            texts.addWidget(label)

    def show_report(self, report: EarlierVisit) -> None:
        """Describe an earlier case."""
        words = self._kit.texts
        dot = words.text("intake.dot")
        self.number.set_text(report.number)
        why = dot.join(words.text(f"repeats.why.{item}") for item in report.why)
        self._why.set_text(words.text("repeats.same", why=why))
        day = clock_or_day(self._kit, report.accepted_at)
        kind = words.text(f"visits.kind.{report.visit}")
        self._when.set_text(dot.join((day, report.officer, kind)))


class RepeatCard(Card):
    """Hidden while nobody like this was here. The button opens the newest of the cases; the draft stays."""

    def __init__(self, kit: Kit, open_newest: Action) -> None:
        super().__init__(kit, "repeats.title", panel="amber")
        self.setObjectName("repeat_card")
        self._kit = kit
        self._reports: tuple[EarlierVisit, ...] = ()
        self._rows = [_RepeatRow(kit) for _ in range(SHOWN)]
        for row in self._rows:
            self.body.addWidget(row)
        self._more = Label(kit, role="small", ink="muted")
        self.body.addWidget(self._more)
        self._rule = Label(kit, "repeats.rule", role="small", ink="muted", wrap=True)
        self.body.addWidget(self._rule)
        self.body.addWidget(Button.of(kit, open_newest, size=Size.COMPACT, name="repeat_open"))
        kit.texts.changed.connect(self._show)
        self.hide()

    def show_earlier(self, reports: tuple[EarlierVisit, ...]) -> None:
        """List these."""
        if reports != self._reports:
            self._reports = reports
            self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._reports))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._reports))
            if place < len(self._reports):
                row.show_report(self._reports[place])
        more = len(self._reports) - SHOWN
        self._more.setVisible(more > 0)
        if more > 0:
            self._more.set_key("intake.panel.more", count=more)
