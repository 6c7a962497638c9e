"""The four questions and what they lead to: the method, the papers, what is easily done wrong."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.evidence.guide import EvidenceGuide, EvidenceWay, GuideQuestion
from desktop.domain.evidence.record import EvidenceRecord
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.fields import ComboField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.label import Label


class WayAdvice(QWidget):
    """``changed(EvidenceWay | None)`` follows each answer."""

    changed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        guide: EvidenceGuide,
        titles: Mapping[str, str],
        *,
        may_draft: bool,
        administrative: bool = False,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._guide = guide
        self._titles = titles
        self._may_draft = may_draft
        self._administrative = administrative
        self._questions: dict[str, ComboField] = {}
        column = Column(kit, self, gap="space_s")
        for question in guide.questions:
            field = self._field(question)
            self._questions[question.id] = field
            column.addWidget(field)
        panel = QFrame()
        set_look(panel, panel="blue")
        inner = Column(kit, panel, gap="space_xs")
        margin = kit.theme.space("space_m")
        inner.setContentsMargins(margin, margin, margin, margin)
        inner.addWidget(Label(kit, "evidence_record.advice", role="label", ink="muted"))
        self._method = Label(kit, role="strong")
        self._method.setObjectName("record_way")
        self._words = Label(kit, role="small", wrap=True)
        self._words.setObjectName("record_advice")
        self._papers = Label(kit, role="small", wrap=True)
        self._papers.setObjectName("record_papers")
        self._article = Label(kit, role="hint", ink="muted", wrap=True)
        for label in (self._method, self._words, self._papers, self._article):
            inner.addWidget(label)
        self.draft = CheckBox(kit, "evidence_record.draft", name="record_draft")
        inner.addWidget(self.draft)
        column.addWidget(panel)
        column.addStretch(1)

    def answers(self) -> dict[str, str]:
        """Question → answer."""
        return {name: field.value() for name, field in self._questions.items()}

    def show_record(self, record: EvidenceRecord) -> None:
        """Show the answers recorded; without any nothing is chosen."""
        for name, field in self._questions.items():
            field.set_value(record.answers.get(name, ""))
        self._show(self.way())

    def way(self) -> EvidenceWay | None:
        """Where the answers lead."""
        return self._guide.way({name: answer for name, answer in self.answers().items() if answer})

    def drafts(self) -> tuple[str, ...]:
        """The papers to begin."""
        way = self.way()
        wanted = way is not None and self.draft.isVisibleTo(self) and self.draft.isChecked()
        return self._forms(way) if way is not None and wanted else ()

    def _forms(self, way: EvidenceWay) -> tuple[str, ...]:
        return self._guide.papers(way, administrative=self._administrative)

    def _field(self, question: GuideQuestion) -> ComboField:
        language = self._kit.texts.language
        options = [Option("", "evidence_record.category.unset")]
        options += [Option(item.id, text=item.text(language)) for item in question.answers]
        field = ComboField(
            self._kit, f"record_{question.id}", f"evidence_record.field.{question.id}", options
        )
        field.edited.connect(self._answered)
        return field

    def _answered(self, _value: str) -> None:
        way = self.way()
        self._show(way)
        self.changed.emit(way)

    def _show(self, way: EvidenceWay | None) -> None:
        texts = self._kit.texts
        self._method.setVisible(way is not None)
        self._papers.setVisible(way is not None)
        self._article.setVisible(way is not None)
        self.draft.setVisible(way is not None and self._may_draft)
        if way is None:
            self._words.set_key("evidence_record.no_advice")
            return
        self._method.set_key(f"evidence.method.{way.method.value}")
        self._words.set_text(way.text(texts.language))
        papers = [self._titles.get(form, form) for form in self._forms(way) if form in self._titles]
        joined = texts.text("case.history.comma").join(papers)
        self._papers.set_key("evidence_record.papers", papers=joined)
        self._article.set_key("evidence_record.article", article=way.article)
