"""Record how an item was obtained: four questions, what they lead to, and the facts papers and court ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.domain.evidence.guide import EvidenceGuide, EvidenceWay, GuideQuestion
from desktop.domain.evidence.item import AcquisitionMethod, wants_reason, wants_witness
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import EvidenceId
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.ui.evidence.record_views import Provable, RecordStart
from desktop.ui.evidence.seconding import Seconding
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import Label

CATEGORIES: Final = ("", "communication", "records", "file", "platform", "paper", "device")
_GRID: Final = (
    ("method", "source", "taken_at"),
    ("holder", "device", "place"),
    ("second", "password", "alone"),
    ("witness", "no_witness", "unsigned"),
    ("original", "reason", "category"),
)
_PROCESS_LINES: Final = 2


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
        administrative: bool,
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


class RecordFields(QWidget):
    """Shows a record and gives back what it was made into."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._before = EvidenceRecord()
        self._own_category = False
        self._asked: list[str] = []
        self.method = ComboField(
            kit,
            "record_method",
            "evidence_record.field.method",
            [
                Option(method.value, f"evidence.method.{method.value}")
                for method in AcquisitionMethod
            ],
        )
        self.category = ComboField(
            kit,
            "record_category",
            "evidence_record.field.category",
            [Option(name, f"evidence_record.category.{name or 'unset'}") for name in CATEGORIES],
        )
        self.taken_at = DateTimeField(kit, "record_taken_at", "evidence_record.field.taken_at")
        self.process = LongTextField(
            kit, "record_process", "evidence_record.field.process", lines=_PROCESS_LINES
        )
        self._texts: dict[str, TextField] = {}
        self.password = PasswordField(
            kit, "record_second_password", "evidence_record.second_password"
        )
        self._seconding = Seconding(kit, self._text("second"), self.password, self._text("alone"))
        special: dict[str, Field] = {
            "method": self.method,
            "category": self.category,
            "taken_at": self.taken_at,
            "password": self.password,
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(kit.theme.space("field_gap"))
        grid.setVerticalSpacing(kit.theme.space("space_s"))
        for row, names in enumerate(_GRID):
            for column, name in enumerate(names):
                field: Field = special.get(name) or self._texts.get(name) or self._text(name)
                grid.addWidget(field, row, column)
                grid.setColumnStretch(column, 1)
        grid.addWidget(self._text("format"), len(_GRID), 0)
        grid.addWidget(self.process, len(_GRID), 1, 1, 2)
        self.category.edited.connect(self._category_chosen)
        kit.texts.changed.connect(self._show_confirmed)

    def show_typed(self, typed: TypedRecord) -> None:
        """Show what is recorded or proposed."""
        record = typed.record
        self._before = record
        self.method.set_value(typed.method.value)
        self._texts["source"].set_value(typed.source)
        for name, field in self._texts.items():
            if name != "source":
                field.set_value(getattr(record, name))
        self.category.set_value(record.category)
        self._own_category = bool(record.category)
        self.taken_at.set_instant(record.taken_at)
        self.process.set_value(record.process)
        self._show_confirmed()

    def is_seconded(self) -> bool:
        """As :meth:`Seconding.settled`."""
        before = self._before
        return self._seconding.settled(before.second if before.seconded_at is not None else "")

    def is_explained(self) -> bool:
        """Whether it says who saw it or why nobody did, and why the medium was not seized, where the way asks for it.
        Who goes on without is told once what is missing."""
        method = AcquisitionMethod(self.method.value())
        unseen = not self._texts["witness"].value() and not self._texts["no_witness"].value()
        missing = ["no_witness"] if unseen and wants_witness(method) else []
        if wants_reason(method) and not self._texts["reason"].value():
            missing.append("reason")
        if missing == self._asked or not missing:
            return True
        self._asked = missing
        for name in missing:
            self._texts[name].set_hint_key(Tone.WARN, "evidence_record.not_explained")
        self._texts[missing[0]].setFocus()
        return False

    def _show_confirmed(self) -> None:
        at, words = self._before.seconded_at, self._kit.texts
        shown = words.text("evidence_record.second_password_hint")
        if at is not None:
            shown = words.text(
                "evidence_record.seconded", time=show_local(at, self._kit.zone)[5:16]
            )
        self.password.line.setPlaceholderText(shown)

    def follow(self, way: EvidenceWay | None, category: str) -> None:
        """Take method and category from the answers; a category somebody chose stays."""
        if way is not None:
            self.method.set_value(way.method.value)
        if category and not self._own_category:
            self.category.set_value(category)

    def typed(self) -> TypedRecord | None:
        """What stands there now; None while the time is no time, which is then marked."""
        at = self.taken_at.instant()
        if at is None and self.taken_at.value():
            self.taken_at.set_hint_key(Tone.BAD, "shared.field.not_a_time")
            self.taken_at.setFocus()
            return None
        texts: dict[str, Any] = {name: field.value() for name, field in self._texts.items()}
        source = texts.pop("source")
        record = replace(
            self._before,
            **texts,
            category=self.category.value(),
            taken_at=at,
            process=self.process.value(),
        )
        return TypedRecord(source, AcquisitionMethod(self.method.value()), record)

    def _text(self, name: str) -> TextField:
        field = TextField(self._kit, f"record_{name}", f"evidence_record.field.{name}")
        self._texts[name] = field
        return field

    def _category_chosen(self, value: str) -> None:
        self._own_category = bool(value)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was typed, of which items, the papers to begin, and the password of a second officer who confirms it."""

    items: tuple[EvidenceId, ...]
    typed: TypedRecord
    drafts: tuple[str, ...]
    password: str = ""


class ProvesList(QWidget):
    """Boxes to tick: what the item proves."""

    def __init__(self, kit: Kit, provable: Sequence[Provable], chosen: Sequence[str]) -> None:
        super().__init__()
        column = Column(kit, self, gap="space_xxs")
        self._boxes: dict[str, CheckBox] = {}
        for place, item in enumerate(provable):
            box = CheckBox(kit, "evidence_record.proves", name=f"record_proves_{place}")
            if item.number:
                kit.texts.bind(
                    box.setText, "evidence_record.transfer",
                    number=item.number, amount=item.amount, payee=_short(item.words),
                )  # fmt: skip
            else:
                kit.texts.release(box.setText)
                box.setText(_short(item.words))
            box.setChecked(item.subject in chosen)
            self._boxes[item.subject] = box
            column.addWidget(box)
        if not provable:
            column.addWidget(
                Label(kit, "evidence_record.proves_none", role="small", ink="muted", wrap=True)
            )
        column.addStretch(1)

    def chosen(self) -> tuple[str, ...]:
        """Subjects that are ticked."""
        return tuple(subject for subject, box in self._boxes.items() if box.isChecked())


class RecordDialog(FormDialog):
    """``given(Recorded)``. Stays open with everything typed until the desk has recorded it."""

    def __init__(self, kit: Kit, parent: QWidget, guide: EvidenceGuide, start: RecordStart) -> None:
        self._guide = guide
        self._start = start
        self.advice = WayAdvice(
            kit, guide, start.titles, may_draft=start.may_draft, administrative=start.administrative
        )
        self.record = RecordFields(kit)
        self.proves = ProvesList(kit, start.provable, start.typed.record.proves)
        name = FormText(
            text=_short(start.item.name, 60), name="record_name", role="strong", ink="", wrap=False
        )
        scope = Input(
            "scope", "evidence_record.scope", choice(self._scopes(kit)), share=0,
            when=lambda _: len(start.items) > 1,
        )  # fmt: skip
        form = Form(
            "record", "evidence_record.title", "evidence_record.accept",
            ((name, scope), self._sides(kit)), width="dialog_width_paste", keys="Ctrl+Return",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.record.show_typed(start.typed)
        self.advice.show_record(start.typed.record)
        self.advice.changed.connect(self._follow_way)
        self.advice.setFocus()

    def is_sound(self, _filled: FilledForm) -> bool:
        """Its time is one, it says what its way asks for, and a second officer confirms it or is not needed."""
        if self.record.typed() is None:
            return False
        explained = self.record.is_explained()
        return self.record.is_seconded() and explained

    def outcome(self, filled: FilledForm) -> Recorded:
        """What is to be recorded."""
        typed = self.record.typed() or self._start.typed
        answers: dict[str, Any] = self.advice.answers()
        record = replace(typed.record, **answers, proves=self.proves.chosen())
        items = self._of(filled["scope"])
        if len(items) > 1:
            own = self._start.item.id
            items = (own, *(item for item in items if item != own))
        password = self.record.password.value()
        return Recorded(items, replace(typed, record=record), self.advice.drafts(), password)

    def _sides(self, kit: Kit) -> Row:
        row = Row(kit, gap="space_l")
        left = QWidget()
        left.setFixedWidth(kit.theme.space("side_card_wide"))
        side = Column(kit, left, gap="space_s")
        side.addWidget(self.advice, 1)
        row.addWidget(left)
        right = Column(kit, gap="space_s")
        right.addWidget(self.record)
        right.addWidget(Label(kit, "evidence_record.proves", role="label", ink="muted"))
        scroll = ScrollArea(kit, self.proves)
        scroll.setFixedHeight(kit.theme.space("proves_list"))
        right.addWidget(scroll)
        row.addLayout(right, 1)
        return row

    def _scopes(self, kit: Kit) -> list[Option]:
        words, items = kit.texts, self._start.items
        counted = (("open", len(self._of("open"))), ("all", len(items)))
        return [
            Option("one", "evidence_record.scope_one"),
            *(
                Option(name, text=words.text(f"evidence_record.scope_{name}", count=count))
                for name, count in counted
            ),
        ]

    def _of(self, scope: str) -> tuple[EvidenceId, ...]:
        own = self._start.item.id
        if scope == "all":
            return tuple(item.id for item in self._start.items)
        if scope == "open":
            return tuple(i.id for i in self._start.items if i.record.empty or i.id == own)
        return (own,)

    def _follow_way(self, way: EvidenceWay | None) -> None:
        self.record.follow(way, self._guide.category(self.advice.answers()))


def _short(text: str, most: int = 28) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
