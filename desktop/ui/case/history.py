"""What became of a case: every entry about it, and every field with all it ever held and what was superseded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.field_history import FieldStory, FieldValue, former_values, stories
from desktop.domain.case_file.views import HistoryRow
from desktop.domain.masking import masked_text
from desktop.journal.kinds import EVENTS
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.texts.field_texts import HIDDEN, FieldTexts
from desktop.ui.case.texts.history_texts import HistoryTexts
from desktop.ui.case.texts.subject_texts import SubjectTexts
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider
from desktop.ui.shared.widgets.layout.room import Room
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label, StruckLabel

_ENTRY_WIDTHS = {"at": 160, "officer": 120}
_LIST_SHARE, _DETAIL_SHARE = 7, 4
_DATE = len("2026-11-24")


class HistoryTab(QWidget):
    """Newest first; the date stands with the first entry of each day. The entry under the keyboard is unfolded beside
    the list, with its whole time."""

    def __init__(self, kit: Kit, texts: HistoryTexts) -> None:
        super().__init__()
        self._kit = kit
        self.texts = texts
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._dated: frozenset[tuple[str, int]] = frozenset()
        """Entries that show their date."""
        columns: tuple[TableColumn[HistoryRow], ...] = (
            TableColumn("at", "case.history.at", self._at, align_right=True),
            TableColumn("officer", "case.history.officer", self._officer),
            TableColumn("what", "case.history.what", self._sentence),
        )
        self.table = Listing[HistoryRow](
            kit, "case_history_table", "case.tab.history", columns, _entry_id, _ENTRY_WIDTHS
        )
        self.table.current_changed.connect(self._unfold)
        self._detail = Card(kit, "case.history.detail")
        self._hint = Label(kit, "case.history.choose", ink="muted", wrap=True)
        self._values = Room(kit)
        self._build()
        kit.texts.changed.connect(self._unfold)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the history of a case."""
        self._sheet, self._revealed = sheet, revealed
        self.texts.learn(sheet)
        rows = tuple(reversed(sheet.history))
        self._dated = self._first_of_days(rows)
        self.table.show_rows(rows)
        self._unfold()

    def _build(self) -> None:
        listing = Card(self._kit)
        listing.body.addWidget(self.table)
        content = QWidget()
        column = Column(self._kit, content)
        column.addWidget(self._values)
        column.addWidget(self._hint)
        column.addStretch(1)
        self._detail.body.addWidget(ScrollArea(self._kit, content))
        row = Row(self._kit, self, gap="card_gap")
        row.addWidget(listing, _LIST_SHARE)
        row.addWidget(self._detail, _DETAIL_SHARE)

    def _unfold(self) -> None:
        self._values.clear()
        row = self.table.selected()
        details = self._details(row) if row is not None else ()
        self._hint.setVisible(len(details) <= 1)
        self._hint.set_key("case.history.choose" if row is None else "case.history.bare")
        if details:
            self._values.hold(FieldList(self._kit, details))

    def _details(self, row: HistoryRow) -> tuple[tuple[str, str], ...]:
        at = (self._kit.texts.text("case.history.at"), show_local(row.wall, self._kit.zone))
        return (at, *self.texts.details(row, revealed=self._revealed))

    def _first_of_days(self, rows: Sequence[HistoryRow]) -> frozenset[tuple[str, int]]:
        return frozenset(_entry_id(next(of_day)) for _day, of_day in groupby(rows, self._day))

    def _day(self, row: HistoryRow) -> str:
        return show_local(row.wall, self._kit.zone)[:_DATE]

    def _at(self, row: HistoryRow) -> str:
        moment = show_local(row.wall, self._kit.zone)
        return moment if _entry_id(row) in self._dated else moment[_DATE + 1 :]

    def _sentence(self, row: HistoryRow) -> str:
        sentence = self.texts.sentence(row)
        return sentence if self._revealed else masked_text(sentence)

    def _officer(self, row: HistoryRow) -> str:
        return self._sheet.officer(row.officer) if self._sheet is not None else row.officer


class FieldList(QWidget):
    """Names above their values."""

    def __init__(self, kit: Kit, values: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        column = Column(kit, self, gap="space_s")
        for name, value in values:
            pair = Column(kit, gap="space_xxs")
            title = Label(kit, role="hint", ink="muted")
            title.set_text(name)
            text = Label(kit, wrap=True)
            text.set_text(value)
            text.setAccessibleName(f"{name} {value}")
            pair.addWidget(title)
            pair.addWidget(text)
            column.addLayout(pair)
        column.addStretch(1)


def _entry_id(row: HistoryRow) -> tuple[str, int]:
    return (row.stream, row.seq)


_FIELD_WIDTHS = {"part": 170, "field": 170, "changes": 90}
_LIST_HIGH, _VALUES_HIGH = 264, 190
_MOST = 300
"""Characters of a value: a novel is read on the overview."""


class FieldHistoryDialog(DialogFrame):
    """Opens on the fields of ``subject``, if one is given, those that were changed in front; typing narrows the
    list. ``give_back`` lets a field of the case hold again what it held before; None: nobody here may."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        sheet: CaseSheet,
        words: tuple[FieldTexts, HistoryTexts],
        subject: str,
        *,
        revealed: bool,
        give_back: Callable[[str], None] | None,
    ) -> None:
        super().__init__(kit, parent, "case.fields.title", width="dialog_width_form")
        self.setObjectName("field_history_dialog")
        self._sheet = sheet
        self._words, self._entries = words
        self._parts = SubjectTexts(kit)
        self._parts.learn(sheet)
        self._revealed = revealed
        self._stories = stories(row for row in sheet.history if row.kind not in EVENTS)
        self._every = self._listed(subject)
        self.search = TextField(
            kit, "field_history_search", "case.fields.search", placeholder_key="case.fields.example"
        )
        self.model = RowsModel[FieldStory](kit, self._columns(), _key, self)
        self.table = Table[FieldStory](kit, self.model, "field_history_table")
        self.table.set_widths(_FIELD_WIDTHS, stretch="value")
        self.table.setFixedHeight(_LIST_HIGH)
        kit.texts.bind(self.table.setAccessibleName, "case.fields.title")
        self._values, inner = Room(kit), QWidget()
        column = Column(kit, inner)
        column.addWidget(self._values)
        column.addStretch(1)
        scroll = ScrollArea(kit, inner)
        scroll.setFixedHeight(_VALUES_HIGH)
        for part in (self.search, self.table, divider(kit), scroll):
            self.body.addWidget(part)
        self._give_back = give_back
        self._former = self.add_button(
            "case.fields.give_back", name="field_history_give_back", closes=False
        )
        self._former.clicked.connect(self._give)
        self.add_button("shared.close", name="field_history_close")
        self.search.edited.connect(self._narrow)
        self.table.current_changed.connect(self._unfold)
        self._narrow("")
        self.table.setFocus()

    def _listed(self, subject: str) -> tuple[FieldStory, ...]:
        """The asked part first, then what was changed most; the rest as it was recorded."""
        listed = (story for story in self._stories if story.field not in HIDDEN)
        return tuple(sorted(listed, key=lambda item: (item.subject != subject, -item.changes)))

    def _narrow(self, _text: str) -> None:
        """Every word must stand in the part, the field or its value."""
        wanted = self.search.value().lower().split()
        rows = [item for item in self._every if _holds(self._line(item), wanted)]
        self.model.set_rows(rows)
        if rows and self.table.selected() is None:
            self.table.select_key(_key(rows[0]))
        self._unfold()

    def _unfold(self) -> None:
        story = self.table.selected()
        self._former.setVisible(self._give_back is not None)
        self._former.setEnabled(story is not None and self._has_former(story))
        if story is not None:
            self._values.hold(self._story_view(story))
        else:
            self._values.clear()

    def _has_former(self, story: FieldStory) -> bool:
        own = story.subject == f"case/{self._sheet.file.case.id}"
        return own and bool(former_values(self._stories, story.subject, story.field))

    def _give(self) -> None:
        story = self.table.selected()
        if story is not None and self._give_back is not None:
            self.accept()
            self._give_back(story.field)

    def _story_view(self, story: FieldStory) -> QWidget:
        """The values one below the other, the one that holds on top."""
        made = QWidget()
        made.setObjectName("field_history_values")
        column = Column(self.kit, made, gap="space_s")
        shown = self._shown(story, *(item.value for item in story.values))
        for place, (item, value_text) in enumerate(zip(story.values, shown, strict=True)):
            text = value_text or self.kit.texts.text("case.conflict.empty")
            value = StruckLabel(self.kit) if place else Label(self.kit, role="strong", wrap=True)
            value.set_text(text)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if place:
                name = self.kit.texts.text("case.fields.superseded", value=text)
                value.setAccessibleName(name)
            column.addWidget(value)
            author = Label(self.kit, role="hint", ink="muted", wrap=True)
            author.set_text(self._author(item))
            column.addWidget(author)
        return made

    def _author(self, item: FieldValue) -> str:
        row = item.row
        parts = (
            self._sheet.officer(row.officer),
            moment(self.kit, row.wall),
            self._entries.sentence(row)
            if self._revealed
            else masked_text(self._entries.sentence(row)),
            self.kit.texts.text("case.fields.reason", reason=item.reason) if item.reason else "",
        )
        return "　".join(part for part in parts if part)

    def _columns(self) -> tuple[TableColumn[FieldStory], ...]:
        return (
            TableColumn("part", "case.fields.part", self._part),
            TableColumn("field", "case.fields.field", self._field),
            TableColumn("value", "case.fields.value", self._current),
            TableColumn(
                "changes", "case.fields.changes", self._changes, tone=_tone, align_right=True
            ),
        )

    def _line(self, story: FieldStory) -> str:
        return f"{self._part(story)} {self._field(story)} {self._current(story)}".lower()

    def _part(self, story: FieldStory) -> str:
        return self._parts.name(story.subject)

    def _field(self, story: FieldStory) -> str:
        return self._words.name(story.field)

    def _current(self, story: FieldStory) -> str:
        (shown,) = self._shown(story, story.current)
        return shown

    def _shown(self, story: FieldStory, *texts: str) -> tuple[str, ...]:
        short = [text if len(text) <= _MOST else f"{text[:_MOST]} …" for text in texts]
        return self._words.values(story.field, short, revealed=self._revealed)

    def _changes(self, story: FieldStory) -> str:
        return str(story.changes) if story.changes else ""


def _holds(line: str, wanted: list[str]) -> bool:
    return all(word in line for word in wanted)


def _key(story: FieldStory) -> tuple[str, str]:
    return story.subject, story.field


def _tone(story: FieldStory) -> Tone | None:
    return Tone.WARN if story.changes else None
