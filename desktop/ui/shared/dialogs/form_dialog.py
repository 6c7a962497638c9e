"""A dialog that asks: declared as a :class:`Form`, it gives what was typed, or says beside the fields what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QLayout, QWidget

from desktop.domain.errors import AppError
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

Editor = Field | Segmented | CheckBox
E = TypeVar("E", bound=QWidget)
Value = str | bool | datetime | None
Make = Callable[[Kit, str, str], Editor]
"""Makes the editor of a field: kit, object name, key of the label."""

TEXT: Make = TextField
DIGITS: Make = partial(TextField, digits=True)
SECRET: Make = PasswordField
MOMENT: Make = DateTimeField
AHEAD: Make = partial(DateTimeField, ahead=True)


def choice(options: Sequence[Option]) -> Make:
    """One of a list."""
    return partial(ComboField, options=options)


def switch(options: Sequence[Option]) -> Make:
    """One of a few side by side."""
    return lambda kit, name, label: Segmented(kit, options, name, label)


def several_lines(lines: int) -> Make:
    """A text of several lines."""
    return partial(LongTextField, lines=lines)


def tick(kit: Kit, name: str, label: str) -> CheckBox:
    """A box to tick."""
    return CheckBox(kit, label, name=name)


class FilledForm:
    """What stands in the fields, by their names; of a field that is hidden or was not asked for, nothing."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> str:
        """The text or the value of the choice."""
        return str(self._values.get(name) or "")

    def at(self, name: str) -> datetime | None:
        """The point in time."""
        value = self._values.get(name)
        return value if isinstance(value, datetime) else None

    def moment(self, name: str) -> datetime:
        """The point in time of a needed field."""
        value = self._values[name]
        assert isinstance(value, datetime)  # noqa: S101 - checked before the form is given
        return value

    def ticked(self, name: str) -> bool:
        """Whether the box is ticked."""
        return self._values.get(name) is True


@dataclass(frozen=True, slots=True)
class Input:
    """A field. Its editor is called ``<form>_<name>``, without ``name`` as the form.

    ``needed``: nothing can be accepted before something stands there; a moment is asked for once that is tried.
    ``check``: the key of what is wrong with it, "" for nothing; asked when the form is accepted. ``when``: whether it
    is shown, asked after each change. ``then``: what follows from a change of this field by the person. ``params``: of
    the words that ``check`` names.
    """

    name: str
    label: str
    make: Make = TextField
    value: Value = None
    needed: bool = False
    check: Callable[[FilledForm], str] | None = None
    when: Callable[[FilledForm], bool] | None = None
    then: Callable[[FormDialog], None] | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)
    placeholder: str = ""
    share: int = 1
    """Of the width of its row."""


@dataclass(frozen=True, slots=True)
class FormText:
    """A sentence: of the catalogue, with ``params`` in it, or ``text`` that is data."""

    key: str = ""
    text: str = ""
    name: str = ""
    role: str = "body"
    ink: str = "muted"
    wrap: bool = True
    params: Mapping[str, str | int] = field(default_factory=dict)


Part = Input | FormText | QWidget
Rows = Sequence[Part | QLayout | tuple[Part | None, ...]]
STRETCH = None
"""In a row: leaves the rest of the width free."""


@dataclass(frozen=True, slots=True)
class Form:
    """``name`` begins the object names of all parts. ``title``, ``accept`` and ``back`` are keys; a dialog that only
    tells has no ``accept``. A tuple among ``rows`` stands side by side. ``focus``: the field that has the keyboard
    first, else the first one. ``closes``: before it gives what was typed; otherwise whoever takes that closes the
    dialog or shows an error in it. ``waits``: nothing more is given until then.
    """

    name: str
    title: str
    accept: str
    rows: Rows
    focus: str = ""
    width: str = ""
    danger: bool = False
    closes: bool = False
    waits: bool = False
    accept_name: str = "accept"
    back: str = "shared.cancel"
    back_name: str = "cancel"
    keys: str = ""
    """That accept from wherever the keyboard is."""
    group: str = ""
    """Of the list of keys (F1) they stand in, if any."""


class FormDialog(DialogFrame):
    """``given(FilledForm)`` once everything is in order, or what :meth:`outcome` makes of that."""

    given = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, form: Form) -> None:
        super().__init__(kit, parent, form.title, width=form.width)
        self.setObjectName(f"{form.name}_dialog")
        self._form = form
        self._waiting = False
        self._inputs: dict[str, Input] = {}
        self.fields: dict[str, Editor] = {}
        self.banner = Banner(kit, f"{form.name}_banner")
        self.body.addWidget(self.banner)
        for row in form.rows:
            if isinstance(row, QLayout):
                self.body.addLayout(row)
            elif isinstance(row, tuple):
                self._add_row(row)
            else:
                self.body.addWidget(self._made(row))
        self._add_buttons(form)
        self.set_default(self.accept_button)
        self.judge()
        first = self.fields.get(form.focus) or next(iter(self.fields.values()), None)
        if isinstance(first, Segmented):
            first.chosen_button().setFocus()
        elif first is not None or form.accept:
            (first or self.accept_button).setFocus()

    def _add_buttons(self, form: Form) -> None:
        if form.back:
            self.accept_button = self.add_button(form.back, name=f"{form.name}_{form.back_name}")
        if form.accept:
            self.accept_button = self.add_button(
                form.accept,
                variant=Variant.DANGER if form.danger else Variant.PRIMARY,
                name=f"{form.name}_{form.accept_name}",
                closes=False,
                keys=form.keys,
                heard=bool(form.group),
            )
            self.accept_button.clicked.connect(self._give)
        if form.group:
            press = self.accept_button.click
            self.kit.actions.add(self, form.accept, form.keys, press, group_key=form.group)

    def offer(self, *, offered: bool) -> None:
        """Whether there is anything to accept."""
        self.accept_button.setVisible(offered)
        if not offered:
            self.accept_button.clearFocus()

    def field(self, name: str, kind: type[E]) -> E:
        """The editor of a field, for what a form does not declare."""
        editor = self.fields[name]
        assert isinstance(editor, kind)  # noqa: S101 - as its form says
        return editor

    def filled(self) -> FilledForm:
        """What stands there now."""
        shown = {name: item for name, item in self.fields.items() if item.isVisibleTo(self)}
        return FilledForm({name: _value(item) for name, item in shown.items()})

    def is_sound(self, filled: FilledForm) -> bool:
        """Whether it can be accepted; what is wrong is said below the first field that is, which has the keyboard."""
        for name, item in self._inputs.items():
            editor = self.fields[name]
            wrong = _wrong(item, editor, filled) if editor.isVisibleTo(self) else ""
            if wrong and isinstance(editor, Field):
                editor.set_hint_key(Tone.BAD, wrong, **item.params)
                editor.setFocus()
                return False
        return True

    def outcome(self, filled: FilledForm) -> object:
        """What is given.

        Raises:
            AppError: what cannot be made of it; said in the banner.
        """
        return filled

    def put(self, name: str, value: Value) -> None:
        """Show a value that comes from the program."""
        editor = self.fields[name]
        if isinstance(editor, CheckBox):
            editor.setChecked(value is True)
        elif not isinstance(editor, DateTimeField):
            editor.set_value(str(value or ""))
        elif not isinstance(value, str | bool):
            editor.set_instant(value)
            editor.clear_hint()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for passwords; the first of them is where the keyboard is, to type it again."""
        self._waiting = False
        self.banner.show_error(error)
        typed = [one for one in self.findChildren(PasswordField) if one.value()]
        for editor in typed:
            editor.set_value("")
        if typed:
            typed[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.judge()

    def judge(self, _changed: object = None) -> None:
        """Show what belongs to what stands there now, and allow to accept it or not."""
        filled = self.filled()
        for name, item in self._inputs.items():
            if item.when is not None:
                self.fields[name].setVisible(item.when(filled))
        filled = self.filled()
        needed = {name: self.fields[name] for name, item in self._inputs.items() if item.needed}
        self.accept_button.setEnabled(
            not self._waiting
            and all(
                filled[name].strip() or isinstance(editor, DateTimeField)
                for name, editor in needed.items()
                if editor.isVisibleTo(self)
            )
        )

    def _add_row(self, parts: tuple[Part | None, ...]) -> None:
        row = Row(self.kit, gap="field_gap")
        for part in parts:
            if part is STRETCH:
                row.addStretch(1)
            else:
                share = part.share if isinstance(part, Input) else isinstance(part, FormText)
                row.addWidget(self._made(part), share)
        self.body.addLayout(row)

    def _made(self, part: Part) -> QWidget:
        if isinstance(part, QWidget):
            return part
        if isinstance(part, Input):
            return self._made_field(part)
        return shown_text(self.kit, part)

    def _made_field(self, part: Input) -> QWidget:
        name = "_".join(filter(None, (self._form.name, part.name)))
        editor = part.make(self.kit, name, part.label)
        self._inputs[part.name], self.fields[part.name] = part, editor
        if part.value is not None:
            self.put(part.name, part.value)
        if isinstance(editor, Field) and (part.check or isinstance(editor, DateTimeField)):
            editor.edited.connect(editor.clear_hint)
        _changed(editor).connect(self.judge)
        if part.then is not None:
            _changed(editor).connect(partial(self._follow, part.then))
        if isinstance(editor, TextField | PasswordField) and part.placeholder:
            self.kit.texts.bind(editor.line.setPlaceholderText, part.placeholder)
        return editor

    def _follow(self, then: Callable[[FormDialog], None], _changed: object = None) -> None:
        then(self)
        self.judge()

    def _give(self) -> None:
        filled = self.filled()
        if not self.is_sound(filled):
            return
        try:
            given = self.outcome(filled)
        except AppError as error:
            self.show_error(error)
            return
        if self._form.closes:
            self.accept()
        self._waiting = self._form.waits
        self.judge()
        self.given.emit(given)


def shown_text(kit: Kit, part: FormText) -> Label:
    """Its label."""
    label = Label(kit, role=part.role, ink=part.ink, wrap=part.wrap)
    label.setObjectName(part.name)
    if part.key:
        label.set_key(part.key, **part.params)
    else:
        label.set_text(part.text)
    return label


def _changed(editor: Editor) -> SignalInstance:
    if isinstance(editor, CheckBox):
        return editor.toggled
    return editor.chosen if isinstance(editor, Segmented) else editor.edited


def _value(editor: Editor) -> object:
    if isinstance(editor, DateTimeField):
        return editor.instant()
    return editor.isChecked() if isinstance(editor, CheckBox) else editor.value()


def _wrong(item: Input, editor: Editor, filled: FilledForm) -> str:
    """The key of what is wrong with a field, "" for nothing."""
    if isinstance(editor, DateTimeField) and editor.instant() is None:
        return "shared.field.not_a_time" if editor.value() or item.needed else ""
    return item.check(filled) if item.check is not None else ""
