"""Page 诈骗经过: what kind of fraud it was, and what happened in the person's own order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from desktop.domain.cases.answers import QuestioningProgress
from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.scam_types import ScriptQuestion, Section
from desktop.domain.interview.scripts import Scripts
from desktop.domain.interview.suggestion import StoryReading
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.questions.question_list import QuestionList
from desktop.ui.intake.questions.question_row import QuestionRow, question_row_of
from desktop.ui.intake.questions.scam_types import TypeGrid, TypeLine, TypeSuggestion
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.marked_text import mark_spans
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import LongTextField
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

Suggest = Callable[[IntakeForm], StoryReading]


_KEYS = "questions.keys"


_COLUMNS = 3


class FlagPanel(QWidget):
    """One of them: the call, then what is asked on or must be there."""

    def __init__(self, kit: Kit, fields: FormFields, line: ScriptQuestion) -> None:
        super().__init__()
        self.setObjectName(f"flag_panel_{line.id}")
        self._kit = kit
        self._line = line
        column = Column(kit, self, gap="space_xs")
        self.banner = Banner(kit, f"flag_banner_{line.id}")
        self.details = QuestionList(kit, fields, "branches.details", f"flag_details_{line.id}")
        column.addWidget(self.banner)
        column.addWidget(self.details)
        self._state = (False, False)
        kit.texts.changed.connect(self._read)
        self.hide()

    def show_state(self, *, holds: bool, suggested: bool) -> None:
        """Call loudly where it holds or may hold; ask on only where it holds."""
        if (holds, suggested) == self._state:
            return
        self._state = (holds, suggested)
        self.details.show_questions(self._line.details if holds else ())
        self._read()

    def _read(self) -> None:
        holds, suggested = self._state
        language = self._kit.texts.language
        call = self._line.call(language)
        set_shown(self, shown=holds or (suggested and bool(call)))
        if not call or not (holds or suggested):
            self.banner.clear()
            return
        name = self._line.name(language)
        what = name if holds else self._kit.texts.text("branches.perhaps", name=name)
        self.banner.show_lines(Tone.BAD if holds else Tone.WARN, lambda: (what, call))


class FlagBar(QWidget):
    """``lines`` of one kind. Space ticks the box with the keyboard; the flags are in the form. ``panels``, with the
    calls and what is asked on, is placed by whoever makes the bar."""

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        title_key: str,
        lines: tuple[ScriptQuestion, ...],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._suggested: frozenset[str] = frozenset()
        self.lines = lines
        column = Column(kit, self, gap="space_xs")
        column.addWidget(Label(kit, title_key, role="small_strong", ink="muted"))
        grid = QGridLayout()
        grid.setSpacing(kit.theme.space("space_xs"))
        self._tiles: dict[str, Button] = {}
        self._panels: dict[str, FlagPanel] = {}
        for place, line in enumerate(lines):
            tile = Button(kit, "", size=Size.COMPACT, name=f"flag_{line.id}")
            tile.setCheckable(True)
            tile.clicked.connect(partial(self._clicked, line.id))
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            self._tiles[line.id] = tile
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        self.panels = QWidget()
        below = Column(kit, self.panels, gap="space_xs")
        for line in lines:
            self._panels[line.id] = FlagPanel(kit, fields, line)
            below.addWidget(self._panels[line.id])
        set_shown(self, shown=bool(lines))
        model.changed.connect(self._changed)
        model.replaced.connect(self._read)
        kit.texts.changed.connect(self._read_words)
        self._read_words()
        self._read()

    def first_focus(self) -> QWidget:
        """The first box."""
        return next(iter(self._tiles.values()))

    def suggest(self, flags: frozenset[str]) -> None:
        """Call for what may hold; nobody has said so yet."""
        if flags != self._suggested:
            self._suggested = flags
            self._read()

    def _clicked(self, flag: str) -> None:
        self._model.put_flag(flag, holds=self._tiles[flag].isChecked())

    def _changed(self, path: str) -> None:
        if path == "flags":
            self._read()

    def _read(self) -> None:
        flags = self._model.form.flags
        for name, tile in self._tiles.items():
            tile.setChecked(name in flags)
            self._panels[name].show_state(holds=name in flags, suggested=name in self._suggested)

    def _read_words(self) -> None:
        for line in self.lines:
            name = line.name(self._kit.texts.language)
            self._tiles[line.id].setText(name)


_CHOICE_KEYS = "branches.keys"


class SpecialPane(QWidget):
    """``wanted(part)`` should be scrolled to. The calls of the law stand in ``calls``, which belongs at the top of
    the page: who may take their life must not be below a list."""

    wanted = Signal(QWidget)

    def __init__(self, kit: Kit, model: FormModel, fields: FormFields, scripts: Scripts) -> None:
        super().__init__()
        law = scripts.lawful(Section.BRANCH)
        self.delivery = FlagBar(
            kit, model, fields, "branches.delivery", scripts.common(Section.DELIVERY)
        )
        self.law = FlagBar(kit, model, fields, "branches.law", law)
        self.calls = self.law.panels
        self.circumstances = QuestionList(
            kit, fields, "branches.circumstances", "questions_circumstances"
        )
        self._aggravating = scripts.lawful(Section.CIRCUMSTANCE)
        self._asked: tuple[ScriptQuestion, ...] = ()
        self._opened = False
        column = Column(kit, self, gap="space_m")
        column.addWidget(self.delivery)
        column.addWidget(self.delivery.panels)
        column.addWidget(self.law)
        column.addWidget(self.circumstances)
        for name, keys, handler in (
            ("branches.to_delivery", "Alt+D", self._to_delivery),
            ("branches.to_law", "Alt+B", self._to_law),
            ("branches.to_circumstances", "Alt+C", self._to_circumstances),
        ):
            kit.actions.add(self, name, keys, handler, group_key=_CHOICE_KEYS)

    def open(self) -> None:
        """Make the rows of the questions."""
        self._opened = True
        self.circumstances.show_questions(self._asked)

    def show_visit(self, visit: str) -> None:
        """What aggravates a case is asked at a report."""
        self._asked = self._aggravating if visit == Visit.REPORT else ()
        if self._opened:
            self.open()

    def suggest(self, branches: frozenset[str]) -> None:
        """Call for what may hold."""
        self.law.suggest(branches)

    def _to_delivery(self) -> None:
        self._go(self.delivery.first_focus())
        self.wanted.emit(self.delivery.panels)

    def _to_law(self) -> None:
        self._go(self.law.first_focus())

    def _to_circumstances(self) -> None:
        if self.circumstances.rows:
            self._go(self.circumstances.rows[0].editor)

    def _go(self, target: QWidget) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.wanted.emit(target)


class QuestionsPane(QWidget):
    """``wanted(row)``: a row that should be scrolled to."""

    wanted = Signal(QWidget)

    def __init__(self, kit: Kit, model: FormModel, fields: FormFields, scripts: Scripts) -> None:
        super().__init__()
        self._model = model
        self._scripts = scripts
        self._common: tuple[ScriptQuestion, ...] = ()
        self._own: tuple[ScriptQuestion, ...] = ()
        self._opened = False
        self.common = QuestionList(kit, fields, "questions.common", "questions_common")
        self.own = QuestionList(kit, fields, "questions.own", "questions_own")
        self.advice = QuestionList(kit, fields, "visits.advice", "questions_advice")
        column = Column(kit, self, gap="space_m")
        column.addLayout(self._head(kit))
        column.addWidget(self.common)
        column.addWidget(self.own)
        column.addWidget(self.advice)
        model.changed.connect(self._changed)
        model.replaced.connect(self.read)

    def rows(self) -> tuple[QuestionRow, ...]:
        """Every question in the order in which it is put."""
        return (*self.common.rows, *self.own.rows)

    def open(self) -> None:
        """Make the rows of the questions, now and whenever others are to be put."""
        self._opened = True
        self.read()

    def read(self) -> None:
        """Put the questions of the type on the form; at a visit that is no report, those of the visit."""
        code, visit = self._model.value("type"), self._model.value("visit")
        report, script = visit == Visit.REPORT, self._scripts.visit(visit)
        self._common = self._scripts.common(Section.ASK) if report else script.lines(Section.ASK)
        self._own = self._scripts.own(code, Section.ASK) if report else ()
        if self._opened:
            self.common.show_questions(self._common)
            self.own.show_questions(self._own)
            self.common.title.setVisible(report)
            self.advice.show_questions(script.lines(Section.ADVICE))
            self._chain()
        self._count()

    def _chain(self) -> None:
        """Tab goes down the rows, whenever each was made."""
        before: QWidget = self.button
        for row in (*self.rows(), *self.advice.rows):
            QWidget.setTabOrder(before, row.editor)
            before = row.editor

    def next_open(self) -> None:
        """Go to the next question that has neither answer nor reason, after the one with the keyboard."""
        rows = self.rows()
        here = question_row_of(QApplication.focusWidget())
        start = rows.index(here) + 1 if here in rows else 0
        for row in (*rows[start:], *rows[:start]):
            if not row.value():
                row.editor.setFocus(Qt.FocusReason.TabFocusReason)
                self.wanted.emit(row)
                return

    def cycle_reason(self) -> None:
        """Say why the question with the keyboard has no answer."""
        here = question_row_of(QApplication.focusWidget())
        if here is not None:
            here.cycle_reason()

    def _head(self, kit: Kit) -> Row:
        add = kit.actions.add
        self._next = add(self, "questions.next", "Ctrl+J", self.next_open, group_key=_KEYS)
        add(self, "questions.reason.cycle", "F7", self.cycle_reason, group_key=_KEYS)
        row = Row(kit, gap="space_s")
        row.addWidget(Label(kit, "questions.title", role="strong"))
        self._progress = Label(kit, role="small", ink="muted")
        self._progress.setObjectName("questions_progress")
        row.addWidget(self._progress)
        row.addStretch(1)
        row.addWidget(Label(kit, "questions.hint", role="small", ink="muted"))
        self.button = Button.of(kit, self._next, size=Size.COMPACT, name="questions_next")
        row.addWidget(self.button)
        return row

    def _changed(self, path: str) -> None:
        if path in ("type", "visit"):
            self.read()
        elif path.startswith("answers."):
            self._count()

    def _count(self) -> None:
        asked = QuestioningProgress(
            (question.id for question in (*self._common, *self._own)),
            dict(self._model.form.answers),
        )
        key = "questions.progress_open" if asked.blank else "questions.progress"
        self._progress.set_key(key, done=asked.done, total=asked.total, open=asked.blank)
        self._progress.set_ink("green" if asked.total and asked.done == asked.total else "muted")


class StoryPage(WizardPage):
    """The type, then the narrative with its length, then the questions of the type."""

    title_key = "intake.story.title"
    detail_key = "intake.story.subtitle"

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        setup: IntakeSetup,
        suggest: Suggest,
    ) -> None:
        super().__init__(kit, fields)
        self._model = model
        self._visit = Visit.REPORT.value
        self._scripts = setup.scripts
        self.suggestion = TypeSuggestion(
            kit,
            self,
            suggest=lambda: suggest(model.form),
            scripts=setup.scripts,
            make_alarm=setup.make_alarm,
        )
        self.suggestion.taken.connect(self._type_chosen)
        self.body.addWidget(self.suggestion)
        self._add_types(setup)
        self._story = LongTextField(kit, "narrative", "intake.story.narrative")
        kit.texts.bind(self._story.text.setPlaceholderText, "intake.story.example")
        self._count = Label(kit, role="hint", ink="muted")
        self._count.setObjectName("narrative_count")
        self.fields.add(self._story, "narrative")
        self._fill_height()
        self.body.addWidget(self._story, 1)
        self.special = SpecialPane(kit, model, fields, setup.scripts)
        self.special.wanted.connect(self.shown_wanted)
        self.body.insertWidget(self.body.indexOf(self._story), self.special.calls)
        self.questions = QuestionsPane(kit, model, fields, setup.scripts)
        self.questions.wanted.connect(self.shown_wanted)
        self.body.addWidget(self.questions)
        self.body.addWidget(self.special)
        model.changed.connect(self._changed)
        model.replaced.connect(self._replaced)
        model.rows_changed.connect(self.suggestion.consider)
        self.suggestion.found.connect(self._mark_words)
        kit.theme.changed.connect(self._mark_words)
        self.questions.read()
        self._read()

    def open(self) -> None:
        """Make the rows of the questions: a third of all editors of a report, which need not be there before they are
        seen."""
        self.questions.open()
        self.special.open()

    def first_focus(self) -> QWidget:
        """The type while there is none, then the narrative, then the first question that is open."""
        if not self._model.value("type") and self._visit == Visit.REPORT:
            return self.types.first_focus()
        return self._story.editor

    def reveal(self, path: str) -> Field | None:
        """The type has no field of its own; its tiles take the keyboard."""
        if path == "type":
            self.open_types()
            return None
        return super().reveal(path)

    def show_visit(self, visit: str) -> None:
        """Ask for the story of a kind of visit; only at a report the type comes first."""

        def key(name: str) -> str:
            own = visit != Visit.REPORT
            return f"visits.story.{name}.{visit}" if own else f"intake.story.{name}"

        self._visit = visit
        self.special.show_visit(visit)
        self.title_key, self.detail_key = key("title"), key("subtitle")
        self._story.set_label(key("narrative"))
        self.kit.texts.bind(self._story.text.setPlaceholderText, key("example"))
        self._read()

    def open_types(self) -> None:
        """Bring the grid back, to take another type."""
        self._choosing = True
        self._read()
        self.types.first_focus().setFocus()

    def _add_types(self, setup: IntakeSetup) -> None:
        kit = self.kit
        self._choosing = False
        change = kit.actions.add(
            self, "questions.type.change", "Alt+T", self.open_types, group_key="questions.keys"
        )
        self.type_line = TypeLine(kit, change)
        self.types = TypeGrid(kit, setup.types, setup.type_name)
        self.types.setObjectName("type")
        self.types.chosen.connect(self._type_chosen)
        kit.texts.bind(self.types.setAccessibleName, "intake.story.type")
        self._grid = QWidget()
        types = Column(kit, self._grid, gap="space_xs")
        head = Row(kit)
        head.addWidget(Label(kit, "intake.story.type", role="label", ink="muted"))
        head.addStretch(1)
        head.addWidget(Label(kit, "questions.type.pick", role="hint", ink="muted"))
        types.addLayout(head)
        types.addWidget(self.types)
        self.body.addWidget(self._grid)
        self.body.addWidget(self.type_line)

    def _fill_height(self) -> None:
        """The editor takes the room that is left, and the count stands beside its label."""
        layout = self._story.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - every field has one
        layout.takeAt(layout.count() - 1)  # the stretch that keeps other fields together
        layout.setStretchFactor(self._story.editor, 1)
        layout.removeWidget(self._story.label)
        head = Row(self.kit)
        head.addWidget(self._story.label)
        head.addStretch(1)
        head.addWidget(self._count)
        layout.insertLayout(0, head)

    def _type_chosen(self, code: str) -> None:
        self._choosing = False
        self._model.put("type", code)
        self._read()
        if code:
            self._story.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _replaced(self) -> None:
        self._choosing = False
        self._read()
        self.suggestion.look()

    def _changed(self, path: str) -> None:
        if path in ("type", "narrative"):
            self._read()
        if path != "type":
            self.suggestion.consider()

    def _mark_words(self) -> None:
        """The words that speak for a type, under colour where they stand."""
        spans = [(reason.start, reason.end) for reason in self.suggestion.words]
        mark_spans(self.kit, self._story.text, spans)

    def _read(self) -> None:
        code = self._model.value("type")
        if self.types.value() != code:
            self.types.set_value(code)
        chosen = self._scripts.type(code)
        optional = self._visit != Visit.REPORT
        shown = (chosen is not None or optional) and not self._choosing
        if chosen is not None or optional:
            self.type_line.show_type(chosen)
        self.type_line.setVisible(shown)
        self.suggestion.set_wanted(wanted=not shown and self._visit == Visit.REPORT)
        self._grid.setVisible(not shown)
        length = len("".join(self._model.value("narrative").split()))
        self._count.set_key("intake.story.count", count=length)
