"""Who did what at this installation: ready questions on the left, what narrows them above, the lines below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.installation.audit import (
    AuditCategory,
    AuditFile,
    AuditKey,
    AuditPage,
    AuditQuery,
    AuditRow,
    AuditSum,
    SignInStorm,
)
from desktop.domain.installation.officer import is_officer_number
from desktop.domain.progress import Progress
from desktop.domain.records.numbers import short_case_number
from desktop.domain.time.local_time import show_time
from desktop.journal.audited import kinds_of
from desktop.journal.kinds import SIGN_IN_FAILED
from desktop.services.audit.audit_questions import (
    QUESTIONS,
    AuditQuestion,
    AuditSpan,
    since_of,
    storms,
)
from desktop.services.audit.audit_texts import AuditTexts, Texts
from desktop.services.audit.export_audit import export_audit
from desktop.services.audit.list_audit import audit_page, audit_sum, case_of_number
from desktop.services.look_up import officer_names
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"at": 188, "officer": 148, "category": 148, "case": 124}
_TONES = {
    AuditCategory.ALARM: Tone.BAD,
    AuditCategory.REVEAL: Tone.WARN,
    AuditCategory.EXPORT: Tone.WARN,
    AuditCategory.CODE: Tone.WARN,
    AuditCategory.TRUST: Tone.INFO,
    AuditCategory.OFFICERS: Tone.INFO,
    AuditCategory.KEYS: Tone.INFO,
}
"""What an auditor looks at first; everything else is calm."""
_PAGE: Final = 100
_COUNTED: Final = 10_000
"""Beyond this an answer is "more than", and nobody waits for the exact number."""


_EVERYBODY = Option("", key="audit.filter.everybody")
_AS_ASKED = Option("", key="audit.filter.as_asked")


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """What the person asks: ``case`` is a number as typed, "" for every case."""

    officer: str = ""
    case: str = ""
    kinds: frozenset[str] = frozenset()
    since: datetime | None = None
    storms: bool = False
    """Whether days with many wrong passwords are looked for too."""


class Filters(QWidget):
    """``changed`` follows each choice, and Enter in the number of the case."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._question: AuditQuestion | None = None
        self.officer = ComboField(kit, "audit_officer", "audit.filter.officer", (_EVERYBODY,))
        categories = [
            Option(item.value, key=f"audit.category.{item.value}") for item in AuditCategory
        ]
        self.category = ComboField(
            kit, "audit_category", "audit.filter.category", (_AS_ASKED, *categories)
        )
        spans = [Option(item.value, key=f"audit.span.{item.value}") for item in AuditSpan]
        self.span = ComboField(kit, "audit_span", "audit.filter.span", spans)
        self.case = TextField(
            kit,
            "audit_case",
            "audit.filter.case",
            placeholder_key="audit.filter.any_case",
            digits=True,
        )
        row = Row(kit, self, gap="field_gap")
        for field, share in ((self.officer, 3), (self.category, 3), (self.span, 2), (self.case, 4)):
            row.addWidget(field, share)
        for choice in (self.officer, self.category, self.span):
            choice.edited.connect(self._chosen)
        self.case.line.returnPressed.connect(self.changed)

    def show_officers(self, officers: Mapping[str, str]) -> None:
        """Let one of these (number → name) be chosen; who is chosen stays so."""
        chosen = self.officer.value()
        known = [
            Option(number, text=f"{number} {name}".rstrip())
            for number, name in sorted(officers.items())
        ]
        self.officer.set_options((_EVERYBODY, *known))
        self.officer.set_value(chosen)

    def take(self, question: AuditQuestion) -> None:
        """Set what the question sets; the officer stays, and the case where it is about one."""
        self._question = question
        self.category.set_value("")
        self.span.set_value(question.span.value)
        if not question.about_case:
            self.case.set_value("")

    @property
    def waits_for_case(self) -> bool:
        """Whether the question can not be asked before a number is typed."""
        return self._question is not None and self._question.about_case and not self.case.value()

    def asked(self, now: datetime) -> AuditRequest:
        """What is asked now."""
        question = self._question
        category = self.category.value()
        own = question.kinds if question is not None else frozenset[str]()
        officer = self.officer.value()
        return AuditRequest(
            officer=officer if is_officer_number(officer) else "",
            case=self.case.value(),
            kinds=kinds_of(AuditCategory(category)) if category else own,
            since=since_of(AuditSpan(self.span.value() or AuditSpan.ALL), now),
            storms=question is not None and question.name == "failures" and not category,
        )

    def _chosen(self, _value: str) -> None:
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class Answer:
    """The first page, how much there is in all, and the words of this officer's unit."""

    query: AuditQuery
    page: AuditPage
    total: AuditSum
    words: AuditTexts
    storms: tuple[SignInStorm, ...] = ()


class AuditTable(Listing[AuditRow]):
    """Newest first; more lines are put below as they are asked for."""

    def __init__(self, kit: Kit) -> None:
        self._texts: AuditTexts | None = None
        super().__init__(kit, "audit_table", "audit.title", self._columns(), _key, _WIDTHS)

    def show_lines(self, rows: tuple[AuditRow, ...], texts: AuditTexts) -> None:
        """Show these."""
        self._texts = texts
        self.show_rows(rows)

    def _columns(self) -> tuple[TableColumn[AuditRow], ...]:
        return (
            TableColumn("at", "audit.column.at", _at, digits=True),
            TableColumn("officer", "audit.column.officer", self._officer, tip=self._officer),
            TableColumn("category", "audit.column.category", self._category, chip=True, tone=_tone),
            TableColumn("what", "audit.column.what", self._what, tip=self._what),
            TableColumn("case", "audit.column.case", _short_case, digits=True, tip=_case),
        )

    def _officer(self, row: AuditRow) -> str:
        return self._texts.officer(row.officer) if self._texts else row.officer

    def _category(self, row: AuditRow) -> str:
        return self._kit.texts.text(f"audit.category.{row.category.value}")

    def _what(self, row: AuditRow) -> str:
        return self._texts.what(row) if self._texts else ""


def _key(row: AuditRow) -> AuditKey:
    return row.key


def _at(row: AuditRow) -> str:
    return show_time(row.at)


def _tone(row: AuditRow) -> Tone | None:
    return _TONES.get(row.category, Tone.NEUTRAL)


def _case(row: AuditRow) -> str:
    return row.case


def _short_case(row: AuditRow) -> str:
    return short_case_number(row.case)


_FAILED = frozenset({SIGN_IN_FAILED})
"""Who records a wrong password is whoever signs in next; it says nothing."""
_NAMED = 4
"""Officers that are named; the others are counted."""


def sum_text(kit: Kit, answer: Answer) -> str:
    """``620134 王建国 80、620135 李静 52``; before it days of many wrong passwords."""
    words, total = kit.texts, answer.total
    separator = words.text("audit.separator.list")
    parts = []
    for storm in answer.storms[:_NAMED]:
        officer = answer.words.officer(storm.officer)
        parts.append(words.text("audit.storm", officer=officer, day=storm.day, count=storm.count))
    named = [
        words.text("audit.by", officer=answer.words.officer(number), count=count)
        for number, count in total.officers[:_NAMED]
    ]
    if len(total.officers) > _NAMED:
        named.append(words.text("audit.others", count=len(total.officers) - _NAMED))
    if total.whole and named and answer.query.kinds != _FAILED:
        parts.append(words.text("audit.by_whom", who=separator.join(named)))
    return "\n".join(parts)


def shown_text(kit: Kit, shown: int, total: AuditSum) -> str:
    """``100 / 1,234``."""
    key = "audit.shown" if total.whole else "audit.shown_of_more"
    return kit.texts.text(key, shown=f"{shown:,}", count=f"{total.count:,}")


class AuditQuestions(Listing[AuditQuestion]):
    """The question of the current row is the one that is asked."""

    def __init__(self, kit: Kit) -> None:
        column = TableColumn("question", "audit.questions", self._text, tip=self._text)
        super().__init__(kit, "audit_questions", "audit.questions", (column,), _name, {})
        self.show_rows(QUESTIONS)

    def _text(self, question: AuditQuestion) -> str:
        return self._kit.texts.text(f"audit.question.{question.name}")


def _name(question: AuditQuestion) -> str:
    return question.name


_LEFT = 232


class AuditScreen(ListPage[Answer]):
    """Older lines are read when the last one is reached; Ctrl+E writes all that is asked for to a signed file."""

    def __init__(self, kit: Kit, session: Session) -> None:
        super().__init__(kit, "audit.title", "audit", "audit.keys", again="audit.refresh")
        self._session = session
        self._answer: Answer | None = None
        self._rows: tuple[AuditRow, ...] = ()
        self._more: AuditKey | None = None
        self._older = Latest(kit.runner, self)
        self.questions = AuditQuestions(kit)
        self.filters = Filters(kit)
        self.summary = Label(kit, wrap=True)
        self.summary.setObjectName("audit_summary")
        self.shown = Label(kit, role="small", ink="muted")
        self.shown.setObjectName("audit_shown")
        self.table = AuditTable(kit)
        self._none = EmptyState(kit, "search", "audit.none")
        self._stack = QStackedWidget()
        self._export = self.add("audit.export", "Ctrl+E", self._choose_file)
        self._build()
        self._connect()
        self.filters.take(QUESTIONS[0])

    def opened(self) -> None:
        """Ask anew; who works here may have changed."""
        self.kit.runner.start(
            "survey",
            work_of(officer_names, self._session),
            self.filters.show_officers,
            self.banner.show_unread,
        )
        super().opened()

    def first_focus(self) -> QWidget | None:
        """The questions."""
        return self.questions

    def work(self) -> Callable[[Progress], Answer]:
        """The answer to what is asked."""
        asked = self.filters.asked(self.kit.ticks.now())
        return work_of(_answer, self.kit, self._session, asked)

    def reload(self) -> None:
        """Ask what is chosen."""
        self._older.stop()
        self._reading.stop()
        if self.filters.waits_for_case:
            self._show_none("audit.type_a_case")
        else:
            super().reload()

    def show_view(self, view: Answer) -> None:
        """Show an answer."""
        self._answer, self._rows, self._more = view, view.page.rows, view.page.more
        self.table.show_lines(self._rows, view.words)
        self.table.scrollToTop()
        self._show_words()
        if not self._rows:
            self._show_none("audit.none")
            return
        self._stack.setCurrentWidget(self.table)
        self._export.set_enabled(enabled=True)

    def _show_none(self, key: str) -> None:
        self._none.set_key(key)
        self._stack.setCurrentWidget(self._none)
        self._export.set_enabled(enabled=False)
        self.summary.setVisible(False)
        self.shown.set_text("")

    def _show_words(self) -> None:
        if self._answer is None or not self._rows:
            return
        summary = sum_text(self.kit, self._answer)
        self.summary.set_text(summary)
        self.summary.setVisible(bool(summary))
        self.shown.set_text(shown_text(self.kit, len(self._rows), self._answer.total))

    def _look_older(self) -> None:
        answer, more = self._answer, self._more
        if answer is None or more is None or self._older.waits:
            return
        work = work_of(audit_page, self._session, answer.query, more, _PAGE)
        self._older.start("survey", work, self._show_older, self.fail)

    def _show_older(self, page: AuditPage) -> None:
        if self._answer is not None:
            self._rows, self._more = (*self._rows, *page.rows), page.more
            self.table.show_lines(self._rows, self._answer.words)
            self._show_words()

    def _choose_file(self) -> None:
        if self._answer is not None:
            name = self.kit.texts.text("audit.file")
            choose_target(self.kit, self, "audit.choose", name, self.export_to)

    def export_to(self, paths: tuple[Path, ...]) -> None:
        """Write all that is asked for there, with its signature beside it."""
        if self._answer is not None:
            work = partial(_write, self.kit, self._session, self._answer, paths[0])
            self.kit.runner.start("files", work, self._exported, self.banner.show_error)

    def _exported(self, done: AuditFile) -> None:
        self.banner.show_key(
            Tone.OK, "audit.exported", count=done.entries, file=str(done.file),
            signature=done.signature.name,
        )  # fmt: skip

    def _question_chosen(self) -> None:
        question = self.questions.selected()
        if question is None:
            return
        self.filters.take(question)
        self.reload()

    def _question_entered(self, question: AuditQuestion) -> None:
        """Enter goes on to what is typed for a question, and else to the lines."""
        (self.filters.case if question.about_case else self.table).setFocus()

    def _reached(self) -> None:
        index = self.table.currentIndex()
        if index.isValid() and index.row() == len(self._rows) - 1:
            self._look_older()

    def _scrolled(self, place: int) -> None:
        if place >= self.table.verticalScrollBar().maximum():
            self._look_older()

    def _build(self) -> None:
        kit = self.kit
        across = Row(kit, gap="card_gap")
        left = Card(kit)
        left.setFixedWidth(_LEFT)
        left.body.addWidget(self.questions)
        across.addWidget(left)
        right = Card(kit)
        right.body.addWidget(self.filters)
        right.body.addWidget(self.summary)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        right.body.addWidget(self._stack, 1)
        foot = Row(kit)
        foot.addWidget(self.shown)
        foot.addStretch(1)
        foot.addWidget(Button.of(kit, self._export, icon="save", name="audit_export"))
        right.body.addLayout(foot)
        across.addWidget(right, 1)
        whole = Column(kit, gap="card_gap")
        whole.addWidget(self.banner)
        whole.addLayout(across, 1)
        self.body.addLayout(whole, 1)

    def _connect(self) -> None:
        self.questions.current_changed.connect(self._question_chosen)
        self.questions.activated_row.connect(self._question_entered)
        self.filters.changed.connect(self.reload)
        self.table.current_changed.connect(self._reached)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.kit.texts.changed.connect(self._show_words)


def _answer(kit: Kit, session: Session, asked: AuditRequest) -> Answer:
    query = AuditQuery(
        officer=asked.officer,
        case=case_of_number(session, asked.case) if asked.case else "",
        kinds=asked.kinds,
        since=asked.since,
    )
    return Answer(
        query,
        audit_page(session, query, limit=_PAGE),
        audit_sum(session, query, _COUNTED),
        _texts(kit, session),
        storms(session, query) if asked.storms else (),
    )


def _texts(kit: Kit, session: Session) -> AuditTexts:
    specs = {spec.id: spec for spec in session.papers.forms()}

    def title(form: str) -> str:
        return specs[form].title(kit.texts.language) if form in specs else form

    def texts() -> Texts:
        return kit.texts

    return AuditTexts(texts, officer_names(session), title)


def _write(
    kit: Kit, session: Session, answer: Answer, target: Path, progress: Progress
) -> AuditFile:
    progress.check()
    return export_audit(session, answer.query, target, _texts(kit, session))
