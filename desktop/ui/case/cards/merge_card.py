"""How the case stands to other reports of the same event: merged, leading, or likely the same."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.merge import MergedReport
from desktop.domain.cases.case import Case
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.merge_cases import RepeatReport
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, let_go
from desktop.ui.shared.widgets.texts.label import ElidedLabel


class MergeCard(Card):
    """``opened(case id)``; ``merge_wanted(RepeatReport)``; ``undo_wanted(case id, number)``.

    Hidden for a case that stands alone. Where nobody ``writes``, the other reports can only be opened.
    """

    opened = Signal(str)
    merge_wanted = Signal(object)
    undo_wanted = Signal(str, str)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__(kit, "merge.card.title", panel="amber")
        self._kit = kit
        self._writes = writes
        self.setObjectName("case_merge")
        self._shown: object = None
        self._sheet: CaseSheet | None = None
        self._lines: list[QWidget] = []
        kit.texts.changed.connect(self._again)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show how a case stands; its lines stay, with the keyboard on them, while nothing of it changed."""
        self._sheet = sheet
        facts = (sheet.merger, sheet.repeats, sheet.file.case.id)
        self.setVisible(bool(sheet.merger.lead or sheet.merger.reports or sheet.repeats))
        if facts != self._shown:
            self._shown = facts
            self._fill(sheet)

    def _again(self) -> None:
        if self._sheet is not None:
            self._fill(self._sheet)

    def _fill(self, sheet: CaseSheet) -> None:
        let_go(self.body, *self._lines)
        self._lines = []
        merger = sheet.merger
        urgent = merger.lead is not None or bool(sheet.repeats)
        self.set_panel("amber" if urgent else "card")
        if merger.lead is not None:
            self._add(self._lead_line(sheet, merger.lead.case))
        for repeat in sheet.repeats:
            self._add(self._repeat_line(repeat))
        for report in merger.reports:
            self._add(self._report_line(sheet, report))

    def _lead_line(self, sheet: CaseSheet, lead: Case) -> QWidget:
        case = sheet.file.case
        head = self._kit.texts.text("merge.card.into", number=lead.number, victim=lead.victim.name)
        line, buttons = self._line(head, self._kit.texts.text("merge.card.into_hint"))
        self._button(buttons, "open", partial(self.opened.emit, lead.id))
        self._button(buttons, "undo", partial(self.undo_wanted.emit, case.id, case.number))
        return line

    def _repeat_line(self, repeat: RepeatReport) -> QWidget:
        head = self._kit.texts.text(
            "merge.card.likely", number=repeat.number, count=repeat.payments
        )
        hint = f"{show_local(repeat.accepted_at, self._kit.zone)[:16]}　{repeat.victim}　{repeat.unit_name}"
        line, buttons = self._line(head, hint)
        self._button(buttons, "open", partial(self.opened.emit, repeat.case))
        self._button(buttons, "merge", partial(self.merge_wanted.emit, repeat))
        return line

    def _report_line(self, sheet: CaseSheet, report: MergedReport) -> QWidget:
        file, words = report.file, self._kit.texts
        case = file.case
        head = words.text(
            "merge.card.report",
            number=case.number,
            transfers=len(file.transfers),
            twice=len([item for item in file.transfers if item.id in sheet.merger.twice]),
            orders=len(file.orders),
            evidence=len(file.evidence),
        )
        merged = moment(self._kit, report.at) if report.at else ""
        hint = words.text(
            "merge.card.merged", at=merged, officer=sheet.officer(report.by), reason=report.reason
        )
        line, buttons = self._line(head, hint.rstrip(" ：:"))
        self._button(buttons, "open", partial(self.opened.emit, case.id))
        self._button(buttons, "undo", partial(self.undo_wanted.emit, case.id, case.number))
        return line

    def _line(self, head: str, hint: str) -> tuple[QWidget, Row]:
        line = QWidget()
        row = Row(self._kit, line, gap="space_s")
        texts = Column(self._kit, gap="space_xxs")
        for text, role, ink in ((head, "body", ""), (hint, "hint", "muted")):
            label = ElidedLabel(self._kit, role=role, ink=ink)
            label.set_text(text)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        return line, row

    def _button(self, row: Row, name: str, slot: partial[None]) -> None:
        button = Button(
            self._kit, f"merge.card.{name}", size=Size.COMPACT, name=f"case_merge_{name}"
        )
        button.clicked.connect(slot)
        row.addWidget(button)
        set_shown(button, shown=self._writes or name == "open")

    def _add(self, line: QWidget) -> None:
        self._lines.append(line)
        self.body.addWidget(line)
