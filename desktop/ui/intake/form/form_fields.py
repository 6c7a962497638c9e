"""Ties editors to the form: what is typed goes in, what changes elsewhere comes out, hints
follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.read_aloud import ReadAloud
from desktop.domain.time.local_time import show_time
from desktop.services.cases.form.read_form import Hint
from desktop.services.cases.read_aloud import marks
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.growing_edit import GrowingEdit
from desktop.ui.shared.kit.composition import Composition
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import LongTextField
from desktop.ui.shared.widgets.input.line_edit import LineEdit

Settle = Callable[[str], str]
"""Writes a finished text the way it is read: ``98000`` becomes ``98,000.00``."""
HintSource = Callable[[IntakeForm, datetime], Mapping[str, Hint]]

TONES = {"ok": Tone.OK, "warn": Tone.WARN, "bad": Tone.BAD, "none": Tone.NEUTRAL}
_FILLED = (".payer_name", ".payer_bank", ".payee_bank")
"""Ends of the paths of fields that are filled from others: the victim's name, the bank of a card."""
_READER = 12
"""Signs of the name beside a number of who read it; a firm's would leave the hint no room."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Bound(QObject):
    """One editor of one fact. ``path`` may change when rows before it go. ``gone_on`` follows Enter."""

    gone_on = Signal()

    def __init__(self, model: FormModel, field: Field, path: str, settle: Settle | None) -> None:
        super().__init__(field)
        self.path = path
        self.field = field
        self._model = model
        self._settle = settle
        self._hint: Hint | None = None
        self._reading: ReadAloud | None = None
        field.edited.connect(self._typed)
        field.committed.connect(self._committed)
        field.editor.installEventFilter(self)
        self.read()

    def read(self) -> None:
        """Show what the form holds, unless it is what the editor shows already."""
        value = self._model.value(self.path)
        if self.field.value() != value.strip():
            self.field.set_value(value)

    def show_hint(self, hint: Hint | None) -> None:
        """Say what is to be said; nothing is touched when it was said before."""
        if hint == self._hint:
            return
        self._hint = hint
        if hint is None:
            self.field.clear_hint()
        elif hint.code:
            self.field.set_hint_key(TONES[hint.state], hint.code, **hint.params)
        else:
            self.field.clear_hint()
            self.field.set_state(TONES[hint.state])

    def show_mark(self, reading: ReadAloud | None) -> None:
        """Say who read the number aloud, as long as it is the one that was read."""
        if reading == self._reading:
            return
        self._reading = reading
        if reading is None:
            self.field.clear_mark()
        else:
            at = show_time(reading.at)[11:16]
            name = reading.reader
            shown = name if len(name) <= _READER else f"{name[: _READER - 1]}…"
            self.field.set_mark_key("read_aloud.mark", reader=shown, at=at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field, unless an input method composes or it makes a line."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if event.key() in _ENTER and plain and not isinstance(self.field, LongTextField):
                return self._go_on()
        return super().eventFilter(watched, event)

    def _go_on(self) -> bool:
        editor = self.field.editor
        if isinstance(editor, LineEdit | GrowingEdit) and editor.composing:
            return False
        editor.focusNextChild()  # leaving commits
        self.gone_on.emit()
        return True

    def _typed(self, _text: str) -> None:
        editor = self.field.editor
        text = editor.text() if isinstance(editor, LineEdit) else self.field.value()
        self._model.put(self.path, text)

    def _committed(self, text: str) -> None:
        if self._settle is None:
            return
        settled = self._settle(text)
        if settled != text:
            self.field.set_value(settled)
            self._model.put(self.path, settled)


class FormFields(QObject):
    """Every editor on the pages, by path. A form may have thousands of them: each change finds its own."""

    focused = Signal(str)
    """The keyboard came into the field with that path."""

    def __init__(self, model: FormModel, hints: HintSource) -> None:
        super().__init__()
        self._model = model
        self._source = hints
        self._bounds: dict[str, list[Bound]] = {}
        self._hints: Mapping[str, Hint] = {}
        self._marks: Mapping[str, ReadAloud] = {}
        self.composition = Composition(asks=True)
        model.changed.connect(self._changed)
        model.replaced.connect(self._replaced)

    @property
    def hints(self) -> Mapping[str, Hint]:
        """What is being said, by path."""
        return self._hints

    @property
    def composing(self) -> bool:
        """Whether an input method holds unfinished text in one of the editors."""
        return self.composition.going_on

    def add(self, field: Field, path: str, settle: Settle | None = None) -> Bound:
        """Tie ``field`` to ``path``; drop the tie before the field goes."""
        bound = Bound(self._model, field, path, settle)
        self._put(bound)
        bound.gone_on.connect(self._pass_filled)
        field.editor.installEventFilter(self)
        self.composition.watch(field.editor)
        return bound

    def move(self, bound: Bound, path: str) -> None:
        """Tie an editor to another path: rows before it came or went."""
        if bound.path != path:
            self.drop((bound,))
            bound.path = path
            self._put(bound)

    def drop(self, bounds: tuple[Bound, ...]) -> None:
        """Forget editors that are about to go."""
        for bound in bounds:
            self._bounds[bound.path].remove(bound)

    def refresh(self, now: datetime) -> None:
        """Judge the form anew; called at each change and each second."""
        hints, marked = self._source(self._model.form, now), marks(self._model.form)
        paths = {*_changes(self._hints, hints), *_changes(self._marks, marked)}
        self._hints, self._marks = hints, marked
        for path in paths:
            for bound in self._bounds.get(path, ()):
                self._tell(bound)

    def fields_at(self, path: str) -> tuple[Field, ...]:
        """The editors of a fact; the same fact may stand on two pages."""
        return tuple(bound.field for bound in self._bounds.get(path, ()))

    def drop_below(self, widget: QWidget) -> None:
        """Forget every editor inside ``widget``."""
        self.drop(tuple(item for item in self._all() if widget.isAncestorOf(item.field)))

    def path_of(self, widget: QWidget | None) -> str:
        """The path of the editor ``widget``, else empty."""
        return next((item.path for item in self._all() if item.field.editor is widget), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice where the keyboard is."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.focused.emit(self.path_of(watched))
        return super().eventFilter(watched, event)

    def _all(self) -> Iterator[Bound]:
        return chain.from_iterable(self._bounds.values())

    def _put(self, bound: Bound) -> None:
        self._bounds.setdefault(bound.path, []).append(bound)
        self._tell(bound)

    def _tell(self, bound: Bound) -> None:
        bound.show_hint(self._hints.get(bound.path))
        bound.show_mark(self._marks.get(bound.path))

    def _pass_filled(self) -> None:
        """Enter goes past what the program filled in itself; Tab visits it."""
        for _ in _FILLED:
            focused = QApplication.focusWidget()
            path = self.path_of(focused)
            if focused is None or not (path.endswith(_FILLED) and self._model.value(path)):
                return
            focused.focusNextChild()

    def _changed(self, path: str) -> None:
        for bound in self._bounds.get(path, ()):
            bound.read()

    def _replaced(self) -> None:
        self.composition.forget()
        for bound in self._all():
            bound.read()


def _changes(before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """Where the two differ."""
    for path in before.keys() - now.keys():
        yield path
    for path, message in now.items():
        known = before.get(path)
        if message is not known and message != known:
            yield path
