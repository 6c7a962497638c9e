"""Writing in a draft: the editor in its card, and that nothing typed is lost when another paper is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import PaperId
from desktop.domain.papers.paper import MAX_TEXT, BlankReason, Paper, PaperState
from desktop.services.ports import FormSpec
from desktop.ui.case.papers.actions import PaperActions
from desktop.ui.case.papers.rows import CasePaperRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.fields import LongTextField
from desktop.ui.shared.widgets.input.line_edit import Combo, Option
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import Label

_LINES, _MANY_LINES = 2, 8
_SHORT = 80
"""Signs, or two lines: a longer draft is a story, which is read over before it is signed."""


class _Reason(Combo):
    """Filled or signed, or why not. An unknown reason, of a newer program or in own words, is shown as it is."""

    def __init__(self, kit: Kit, name: str, filled_key: str, reason: str) -> None:
        super().__init__(kit)
        self.setObjectName(name)
        known = [Option(why.value, f"form_words.blank.{why.value}") for why in BlankReason]
        if reason and reason not in {option.value for option in known}:
            known.append(Option(reason, text=reason))
        self.set_options([Option("", filled_key), *known])
        self.set_value(reason)


class PaperEditor(QWidget):
    """``edited``: a text changed. ``left``: the person is done with a text. ``blanked(place, reason)``.
    ``phrase_wanted(place, words)``: this is how the unit words it from now on.

    ``texts``: what is kept; ``typed``: what was typed before and could not be.

    Editors are named ``paper_text_<place>``, reasons ``paper_blank_<place>``.
    """

    edited = Signal()
    left = Signal()
    blanked = Signal(str, str)
    phrase_wanted = Signal(str, str)

    def __init__(
        self,
        kit: Kit,
        spec: FormSpec,
        paper: Paper,
        texts: Mapping[str, str],
        typed: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._fields: dict[str, LongTextField] = {}
        self._stored: dict[str, str] = {}
        self._written: set[str] = set()
        self._following = False
        self._reasons: dict[str, Combo] = {}
        self._labels: dict[str, Label] = {}
        column = Column(kit, self, gap="space_m")
        self._strike = Button(
            kit, "papers.blank.strike", variant=Variant.QUIET, size=Size.COMPACT, icon="minus",
            name="paper_strike",
        )  # fmt: skip
        self._strike.clicked.connect(self._strike_empty)
        for place in spec.editable:
            column.addWidget(self._field(place, texts.get(place, "")))
            row = self._reason_row(place, "papers.blank.none", paper)
            self._name_reason(place, "papers.blank.if_empty")
            row.insertWidget(0, self._phrase_button(place))
            column.addLayout(row)
        for place in spec.signed_by:
            column.addLayout(self._reason_row(place, "papers.blank.signs", paper))
        self._signers, self._must_fill = spec.signed_by, frozenset(spec.must_fill)
        self._name_signers()
        kit.texts.changed.connect(self._name_signers)
        for place_key, words in typed.items():
            if place_key in self._fields:
                self._fields[place_key].set_value(words)
        if spec.editable:
            column.addWidget(self._strike, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def follow(self, paper: Paper, texts: Mapping[str, str]) -> None:
        """Show what the case says by now, in the places in which nobody wrote."""
        self._following = True
        for place, field in self._fields.items():
            words = texts.get(place, "")
            if place in self._written or place in paper.texts or words == self._stored[place]:
                continue
            field.set_value(words)
            self._stored[place] = field.text.toPlainText()
        self._following = False

    def unsaved(self) -> dict[str, str | None]:
        """Texts that were typed and not kept yet, and are not too long to be kept."""
        return {place: words for place, words in self.typed().items() if len(words) <= MAX_TEXT}

    def typed(self) -> dict[str, str]:
        """Texts that differ from what is kept, of whatever length."""
        shown = {place: field.text.toPlainText() for place, field in self._fields.items()}
        return {place: words for place, words in shown.items() if words != self._stored[place]}

    def too_long(self) -> QWidget | None:
        """The first text that is too long to be kept."""
        surplus = (place for place, words in self.typed().items() if len(words) > MAX_TEXT)
        place = next(surplus, None)
        return self._fields[place].text if place is not None else None

    def note_stored(self, texts: Mapping[str, str | None]) -> None:
        """These texts are safe now."""
        for place, words in texts.items():
            if place in self._stored and words is not None:
                self._stored[place] = words

    def first_open(self) -> QWidget | None:
        """The first place that is empty, and nobody chose why."""
        fields = self._fields.items()
        empty = (
            field
            for place, field in fields
            if not field.value() and not self._reasons[place].value()
        )
        found = next(empty, None)
        return found.text if found is not None else None

    def first(self) -> QWidget | None:
        """Where writing begins: in the story of the paper, past the places that the case filled; else in the first."""
        long = (place for place, words in self._stored.items() if _is_long(words))
        place = next(long, next(iter(self._fields), None))
        return self._fields[place].text if place is not None else None

    def _field(self, place: str, words: str) -> LongTextField:
        label_key = f"form_words.place.{place}"
        lines = _MANY_LINES if _is_long(words) else _LINES
        field = LongTextField(self._kit, f"paper_text_{place}", label_key, lines=lines)
        field.set_value(words)
        self._fields[place] = field
        self._stored[place] = field.text.toPlainText()
        field.text.textChanged.connect(partial(self._typed, place))
        field.committed.connect(self._on_left)
        return field

    def _reason_row(self, place: str, filled_key: str, paper: Paper) -> Row:
        row = Row(self._kit)
        label = Label(self._kit, role="small", ink="muted", wrap=True)
        combo = _Reason(self._kit, f"paper_blank_{place}", filled_key, paper.blanks.get(place, ""))
        label.setBuddy(combo)
        combo.currentIndexChanged.connect(partial(self._chosen, place, combo))
        self._reasons[place], self._labels[place] = combo, label
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label, 1)
        row.addWidget(combo, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _name_reason(self, place: str, key: str, **params: str) -> None:
        self._labels[place].set_key(key, **params)
        self._kit.texts.bind(self._reasons[place].setAccessibleName, key, **params)

    def _name_signers(self) -> None:
        for place in self._signers:
            name = self._kit.texts.text(f"form_words.signer.{place}")
            self._name_reason(place, "papers.blank.signature", name=name)

    def _phrase_button(self, place: str) -> Button:
        button = Button(
            self._kit, "papers.phrase.keep", variant=Variant.QUIET, size=Size.COMPACT, icon="save",
            name=f"paper_phrase_{place}",
        )  # fmt: skip
        button.clicked.connect(partial(self._phrase, place))
        return button

    def _phrase(self, place: str) -> None:
        self.phrase_wanted.emit(place, self._fields[place].text.toPlainText())

    def _strike_empty(self) -> None:
        """Every place that is empty and has no reason yet does not apply, but for those the law wants filled: when it
        began and ended, who saw it."""
        for place, field in self._fields.items():
            combo = self._reasons[place]
            if not field.value() and not combo.value() and place not in self._must_fill:
                combo.set_value(BlankReason.NOT_NEEDED.value)
                self.blanked.emit(place, combo.value())

    def _typed(self, place: str) -> None:
        if self._following:
            return
        self._written.add(place)
        field = self._fields[place]
        surplus = field.text.document().characterCount() - 1 - MAX_TEXT
        if surplus > 0:
            field.set_hint_key(Tone.BAD, "papers.too_long", limit=MAX_TEXT, surplus=surplus)
        else:
            field.clear_hint()
        self.edited.emit()

    def _on_left(self, _words: str) -> None:
        self.left.emit()

    def _chosen(self, place: str, combo: Combo, _index: int) -> None:
        self.blanked.emit(place, combo.value())


def _is_long(words: str) -> bool:
    return len(words) > _SHORT or words.count("\n") >= _LINES


_REST_MS = 250
"""After the last key the pages are drawn anew …"""
_KEEP_MS = 1000
"""… and the text is kept."""


class PaperWriting(Card):
    """Hidden while nothing can be written. ``rested``: what was typed is to be seen on the pages. ``done``: Esc, which
    spares whoever writes the way past every place."""

    rested = Signal()
    done = Signal()

    def __init__(self, kit: Kit, actions: PaperActions) -> None:
        super().__init__(kit, "papers.write")
        self._actions = actions
        self._row: CasePaperRow | None = None
        self._editor: PaperEditor | None = None
        self._left: dict[PaperId, dict[str, str]] = {}
        self._rest, self._keep = QTimer(self), QTimer(self)
        place = QWidget()
        self._column = Column(kit, place)
        self._scroll = ScrollArea(kit, place)
        self.body.addWidget(self._scroll, 1)
        self.hide()
        for timer, work in ((self._rest, self.rested.emit), (self._keep, self.keep)):
            timer.setSingleShot(True)
            timer.timeout.connect(work)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; what was typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def show_row(self, row: CasePaperRow, texts: Mapping[str, str]) -> bool:
        """Offer the places of a draft; what was written in one of them stays as it is. True if it is new."""
        paper = row.paper
        if paper is None or paper.state is not PaperState.DRAFT or not row.spec.places:
            self.drop()
            return False
        if self._editor is not None and self._row is not None and self._row.key == row.key:
            self._editor.follow(paper, texts)
            return False
        self.drop()
        self._row = row
        editor = PaperEditor(self._kit, row.spec, paper, texts, self._left.get(paper.id, {}))
        editor.edited.connect(self._typed)
        editor.left.connect(self.keep)
        editor.blanked.connect(self._keep_blank)
        editor.phrase_wanted.connect(partial(self._actions.ask_phrase, row.spec))
        self._column.addWidget(editor)
        self._editor = editor
        set_shown(self, shown=True)
        return True

    def drop(self) -> None:
        """Keep what was typed and offer nothing."""
        self.keep()
        self._rest.stop()
        if self._editor is not None:
            self._remember(self._editor.typed())
            self._column.removeWidget(self._editor)
            self._editor.hide()
            self._editor.setParent(None)
            self._editor.deleteLater()
        self._editor, self._row = None, None
        set_shown(self, shown=False)

    def unsaved(self) -> dict[str, str | None]:
        """What was typed and not kept yet."""
        return self._editor.unsaved() if self._editor is not None else {}

    def keep(self) -> None:
        """Keep what was typed now."""
        self._keep.stop()
        unsaved = self.unsaved()
        if unsaved and self._row is not None and self._row.paper is not None:
            self._actions.keep(self._row.paper.id, unsaved, {}, self._stored)

    def _remember(self, typed: dict[str, str]) -> None:
        """What is not kept yet, or never can be, is there when the paper is chosen again."""
        if self._row is not None and self._row.paper is not None:
            self._left[self._row.paper.id] = typed

    def too_long(self) -> bool:
        """Whether a text can not be kept; then the keyboard is put there, where the surplus is told."""
        place = self._editor.too_long() if self._editor is not None else None
        if place is not None:
            self._go_to(place)
        return place is not None

    def settle(self) -> None:
        """What waits for a timer happens now."""
        for timer, work in ((self._keep, self.keep), (self._rest, self.rested.emit)):
            if timer.isActive():
                timer.stop()
                work()

    def go_to_open(self) -> None:
        """Put the keyboard into the first place for which a signing was refused."""
        place = self._editor.first_open() if self._editor is not None else None
        if place is not None:
            self._go_to(place)

    def begin(self) -> bool:
        """Put the keyboard where writing begins; False if there is nothing to write."""
        first = self._editor.first() if self._editor is not None else None
        if first is not None:
            self._go_to(first)
        return first is not None

    def _go_to(self, place: QWidget) -> None:
        """The keyboard goes there, and the scroll after it once a new editor has its size."""
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, place, partial(self._scroll.bring_into_sight, place))

    def _typed(self) -> None:
        self._rest.start(_REST_MS)
        self._keep.start(_KEEP_MS)

    def _stored(self, done: tuple[PaperId, Mapping[str, str | None]]) -> None:
        paper, texts = done
        left = self._left.get(paper, {})
        for place, words in texts.items():
            if left.get(place) == words:
                del left[place]
        shown = self._row.paper if self._row is not None else None
        if self._editor is not None and shown is not None and shown.id == paper:
            self._editor.note_stored(texts)

    def _keep_blank(self, place: str, reason: str) -> None:
        if self._row is not None and self._row.paper is not None:
            self._actions.keep(self._row.paper.id, {}, {place: reason}, self._blank_saved)

    def _blank_saved(self, _done: tuple[PaperId, Mapping[str, str | None]]) -> None:
        self.rested.emit()
