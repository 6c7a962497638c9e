"""Page 涉诈线索: every number, address and name the fraud used, one line each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.read_aloud import compared
from desktop.domain.errors import RuleError
from desktop.domain.identifiers import IdentifierCheck, guess_kind
from desktop.domain.identifiers.lines import read_lines
from desktop.domain.identifiers.result import CODED
from desktop.domain.time.local_time import CHINA
from desktop.services.cases.form.check_identifier import check_identifier
from desktop.services.cases.form.drafts import blank_identifier
from desktop.services.session import Session
from desktop.ui.intake.form.certainty import CERTAINTY_TONES
from desktop.ui.intake.form.choices import certainties, identifier_kinds
from desktop.ui.intake.form.form_fields import TONES, FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.leads.identifier_model import (
    CERTAINTY,
    KIND,
    NOTE,
    SOURCE,
    STATE,
    VALUE,
    IdentifierModel,
    Index,
)
from desktop.ui.intake.leads.same_account import SameAccounts
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.line_edit import Combo, LineEdit
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.tables.cell_delegate import CellDelegate
from desktop.ui.shared.widgets.texts.label import Label

_WORDS = 92
_REMARK = 156
"""Widths beyond which the number itself would be cut; the whole remark stands below the table."""
_EDIT = Qt.ItemDataRole.EditRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Editors(CellDelegate):
    """Paints like every table, edits with the editors of the kit."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(kit, parent)
        self._words = kit

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A choice for the kind, a line for the rest."""
        if index.column() in (KIND, CERTAINTY):
            combo = Combo(self._words)
            combo.setParent(parent)
            combo.set_options(identifier_kinds() if index.column() == KIND else certainties())
            return combo
        line = LineEdit(self._words, role="digits" if index.column() == VALUE else "body")
        line.setParent(parent)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there."""
        if isinstance(editor, Combo):
            editor.set_value(str(index.data(_EDIT)))
        elif isinstance(editor, LineEdit):
            editor.set_value(str(index.data(_EDIT)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the edit; half a composition is none."""
        if isinstance(editor, Combo):
            model.setData(index, editor.value(), _EDIT)
        elif isinstance(editor, LineEdit) and not editor.composing:
            model.setData(index, editor.text(), _EDIT)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter closes the editor, but while an input method composes it belongs to that."""
        composing = isinstance(editor, LineEdit) and editor.composing
        if composing and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            return False
        return super().eventFilter(editor, event)


class IdentifierTable(QTableView):
    """``remove_wanted(row)`` follows Del, ``moved`` each move."""

    remove_wanted = Signal(int)
    moved = Signal()

    def __init__(self, kit: Kit, model: IdentifierModel, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setModel(model)
        self.setItemDelegate(_Editors(kit, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.theme.space("table_row"))
        header = self.horizontalHeader()
        header.setFont(kit.theme.font("table_header"))
        header.setFixedHeight(kit.theme.space("table_header"))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for column in (KIND, CERTAINTY, STATE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        for signal in (
            model.rowsInserted,
            model.modelReset,
            model.dataChanged,
            model.headerDataChanged,
        ):
            signal.connect(self._fit)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        for column in (SOURCE, NOTE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, _WORDS)
        kit.texts.bind(self.setAccessibleName, "intake.identifiers.list")
        kit.theme.changed.connect(self.viewport().update)

    def _fit(self) -> None:
        """As wide as kind and check need; Qt fits columns when rows come, not when what they say changes."""
        for column in (KIND, CERTAINTY, STATE):
            self.resizeColumnToContents(column)
        header = self.horizontalHeader()
        header.resizeSection(STATE, min(header.sectionSize(STATE), _REMARK))

    def settle(self) -> None:
        """A cell that is being changed takes what was typed: it does so when the keyboard leaves it."""
        if self.state() is QAbstractItemView.State.EditingState:
            self.setFocus()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell of the move."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Entering by keyboard makes the first value current, so that the focus is seen."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, VALUE))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes the cell, Del takes the row out."""
        index = self.currentIndex()
        idle = self.state() is not QAbstractItemView.State.EditingState and index.isValid()
        if idle and event.key() in _ENTER:
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        elif idle and event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(index.row())
        else:
            super().keyPressEvent(event)


class LeadDetail(Card):
    """Two lines: raw text and normal form side by side, facts and doubts below."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, panel="grey")
        self._kit = kit
        self._forms = Label(kit, role="digits", wrap=True)
        self._forms.setObjectName("lead_forms")
        self._facts = Label(kit, role="small", ink="muted", wrap=True)
        self._facts.setObjectName("lead_facts")
        lines = self._facts.fontMetrics().lineSpacing()
        self._facts.setMinimumHeight(2 * lines)
        self.body.addWidget(self._forms)
        self.body.addWidget(self._facts)

    def show_check(self, found: IdentifierCheck) -> None:
        """Show what the check of a lead says."""
        self._forms.set_key("intake.identifiers.forms", raw=found.value, normal=found.normal)
        words = self._kit.texts.text
        parts = [words(f"identifiers.problem.{problem}") for problem in found.problems]
        for name, value in found.facts.items():
            value_text = words(f"identifiers.value.{name}.{value}") if name in CODED else value
            parts.append(
                words(
                    "intake.identifiers.fact",
                    name=words(f"identifiers.fact.{name}"),
                    value=value_text,
                )
            )
        self._facts.set_text(words("intake.dot").join(parts))


class IdentifiersPage(WizardPage):
    """A line to type into, and the table of what was typed. Enter in the value adds it."""

    title_key = "intake.identifiers.title"
    detail_key = "intake.identifiers.subtitle"

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        session: Session,
        same: SameAccounts,
    ) -> None:
        super().__init__(kit, fields)
        self._held: Mapping[str, str] = {}
        self._model = model
        self._session = session
        self._same = same
        self._chosen = False
        self._value = TextField(kit, "lead_value", "intake.identifiers.value", digits=True)
        kit.texts.bind(self._value.line.setPlaceholderText, "intake.identifiers.example")
        self._kind = ComboField(kit, "lead_kind", "intake.identifiers.kind", identifier_kinds())
        self._note = TextField(kit, "lead_note", "intake.identifiers.note")
        self._rows = IdentifierModel(kit, model, self._remark)
        self._table = IdentifierTable(kit, self._rows, "leads")
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState(kit, "link", "intake.identifiers.empty"))
        self._stack.addWidget(self._table)
        self.body.addLayout(self._entry())
        self.body.addWidget(self._stack, 1)
        self._detail = LeadDetail(kit)
        self._detail.hide()
        self.body.addWidget(self._detail)
        kit.actions.add(
            self,
            "intake.certainty.cycle",
            "F7",
            self.cycle_certainty,
            group_key="intake.identifiers.list",
        )
        self._value.line.installEventFilter(self)
        for line in (self._value.line, self._note.line):
            fields.composition.watch(line)
        self._connect()
        self._show_rows()

    def first_focus(self) -> QWidget:
        """The line to type into."""
        return self._value.editor

    def reveal(self, path: str) -> Field | None:
        """Go to the row."""
        row = path.split(".")[1] if path.startswith("identifiers.") else ""
        if row.isdigit():
            self._table.setCurrentIndex(self._rows.index(int(row), VALUE))
            self._table.setFocus()
        return None

    def current_number(self) -> str:
        """Path of the lead in the table that is current; empty when there is none."""
        index = self._table.currentIndex()
        return f"identifiers.{index.row()}.value" if index.isValid() else ""

    def entered(self) -> None:
        """What is known of the leads may have changed."""
        self._rows.remarks_changed()

    def add(self) -> None:
        """Take the typed lead into the table and begin the next."""
        if self.take_typed():
            self._value.setFocus()

    def take_typed(self) -> bool:
        """Whether a lead was typed, which is in the table now: who forgets Enter and goes on has still written it."""
        value = self._value.value()
        if not value or self._value.line.composing:
            return False
        kind = self._kind.value() or _likeliest(value)
        row = blank_identifier(self._session, kind, value)
        self._model.add_identifier(row)
        if self._note.value():
            last = len(self._model.form.identifiers) - 1
            self._model.put(f"identifiers.{last}.note", self._note.value())
        self._begin_line()
        return True

    def _begin_line(self) -> None:
        """Nothing typed for the lead before, or in the report before, may stand in it."""
        for field in (self._value, self._note):
            field.set_value("")
        self._kind.set_value("")
        self._chosen = False

    def settle(self) -> None:
        """What is typed in a cell of the table or in the line above it belongs to the report."""
        self._table.settle()
        self.take_typed()

    def cycle_certainty(self) -> None:
        """The next answer to how sure the lead is, of the current row or the one that was added last."""
        last = len(self._model.form.identifiers) - 1
        index = self._table.currentIndex()
        row = index.row() if index.isValid() else last
        if 0 <= row <= last:
            values = tuple(CERTAINTY_TONES)
            certainty = self._model.form.identifiers[row].certainty
            place = values.index(certainty) if certainty in values else 0
            self._model.put(f"identifiers.{row}.certainty", values[(place + 1) % len(values)])

    def add_lines(self, text: str) -> None:
        """A lead for each line; what stands in the table already is left out, and so are stories."""
        found = read_lines(text)
        known = {compared(item.value) for item in self._model.form.identifiers}
        added = 0
        for lead in found.leads:
            if compared(lead.value) not in known:
                known.add(compared(lead.value))
                self._model.add_identifier(blank_identifier(self._session, lead.kind, lead.value))
                added += 1
        left_out = found.left_out + len(found.leads) - added
        toast(self.kit, self, "intake.identifiers.added", count=added, left_out=left_out)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Several lines pasted into the one line are several leads."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = QApplication.clipboard().text()
            if event.matches(QKeySequence.StandardKey.Paste) and len(text.strip().splitlines()) > 1:
                self.add_lines(text)
                return True
        return super().eventFilter(watched, event)

    def _entry(self) -> Row:
        kit = self.kit
        row = Row(kit, gap="space_m")
        row.addWidget(self._value, 5)
        row.addWidget(self._kind, 3)
        row.addWidget(self._note, 4)
        button = Column(kit, gap="space_xs")
        add = Button(
            kit, "intake.identifiers.add", icon="add", variant=Variant.PLAIN, keys="Return",
            name="lead_add",
        )  # fmt: skip
        add.clicked.connect(self.add)
        # Level with the editors, below the height of a label.
        button.addSpacing(self._value.label.sizeHint().height() + kit.theme.space("space_xs"))
        button.addWidget(add)
        button.addStretch(1)
        row.addLayout(button)
        return row

    def _connect(self) -> None:
        self._value.edited.connect(self._value_edited)
        self._kind.edited.connect(self._kind_chosen)
        self._value.line.returnPressed.connect(self.add)
        self._note.line.returnPressed.connect(self.add)
        self._table.remove_wanted.connect(self._remove)
        self._table.moved.connect(self._show_detail)
        self._rows.dataChanged.connect(self._show_detail)
        for signal in (self._rows.modelReset, self._rows.rowsInserted, self._rows.rowsRemoved):
            signal.connect(self._show_rows)
        self._same.found.connect(self._rows.remarks_changed)
        self._model.replaced.connect(self._begin_line)

    def hold(self, held: Mapping[str, str]) -> None:
        """Numbers of orders, by what they are about: such a lead stays."""
        self._held = held

    def _value_edited(self, text: str) -> None:
        if not self._chosen:
            self._kind.set_value(_likeliest(text))

    def _kind_chosen(self, value: str) -> None:
        self._chosen = bool(value)

    def _remove(self, row: int) -> None:
        ordered = self._held.get(f"identifier/{self._model.form.identifiers[row].id}")
        if ordered:
            present(self.kit, self, RuleError("part.ordered", number=ordered))
            return
        self._model.remove_identifier(row)

    def _show_rows(self) -> None:
        self._stack.setCurrentIndex(1 if self._rows.rowCount() else 0)
        self._show_detail()

    def _show_detail(self) -> None:
        """The lead in the table that is current, else the one that was added last."""
        rows = self._model.form.identifiers
        index = self._table.currentIndex()
        place = index.row() if index.isValid() else len(rows) - 1
        lead = rows[place] if 0 <= place < len(rows) else None
        self._detail.setVisible(lead is not None and bool(lead.kind))
        if lead is not None and lead.kind:
            self._detail.show_check(check_lead(self._session, lead))

    def _remark(self, row: int) -> tuple[str, Tone] | None:
        """Other cases first, then what the check says."""
        rows = self._model.form.identifiers
        if row >= len(rows):
            return None
        count = len(self._same.appearances(rows[row].value))
        if count:
            return self.kit.texts.text("intake.money.seen", count=count), Tone.BAD
        hint = self.fields.hints.get(f"identifiers.{row}.value")
        if hint is None or not hint.code:
            return None
        if hint.code == "hints.normal" and str(hint.params["text"]) == "".join(
            rows[row].value.split()
        ):
            return self.kit.texts.text("intake.identifiers.sound"), Tone.OK
        return self.kit.texts.text(hint.code, **hint.params), TONES[hint.state]


def _likeliest(value: str) -> str:
    """The kind the value most probably is; empty when nothing fits."""
    kinds = guess_kind(value)
    return kinds[0] if kinds else ""


def check_lead(session: Session, lead: IdentifierText) -> IdentifierCheck:
    """What the number says of itself; the lead's kind must be set."""
    day = session.clock.now().astimezone(CHINA).date()
    return check_identifier(lead.kind, lead.value, session.directories, day)
