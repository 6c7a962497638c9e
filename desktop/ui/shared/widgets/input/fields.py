"""The concrete fields: text, several lines, choice. Secrets: ``password_field``."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.line_edit import Combo, LineEdit, Option, TextEdit


class TextField(Field):
    """One line of text. ``digits`` spaces the type for accounts, phones and numbers."""

    def __init__(
        self,
        kit: Kit,
        name: str,
        label_key: str,
        *,
        placeholder_key: str = "",
        digits: bool = False,
        reserve_hint: bool = False,
    ) -> None:
        self.line = LineEdit(kit, role="digits" if digits else "body")
        super().__init__(kit, name, label_key, self.line, reserve_hint=reserve_hint)
        if placeholder_key:
            kit.texts.bind(self.line.setPlaceholderText, placeholder_key)
        self.line.textEdited.connect(self.edited)
        self.line.committed.connect(self._on_committed)

    def value(self) -> str:
        """The text without blanks around it."""
        return self.line.text().strip()

    def set_value(self, value: str) -> None:
        """Show ``value``."""
        self.line.set_value(value)


class LongTextField(Field):
    """Several lines of text."""

    def __init__(self, kit: Kit, name: str, label_key: str, *, lines: int = 0) -> None:
        self.text = TextEdit(kit, lines=lines or kit.theme.space("text_lines"))
        super().__init__(kit, name, label_key, self.text)
        self.text.textChanged.connect(self._changed)
        self.text.committed.connect(self._on_committed)
        self._quiet = False

    def value(self) -> str:
        """The text without blanks around it."""
        return self.text.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show ``value``."""
        self._quiet = True
        self.text.set_value(value)
        self._quiet = False

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit(self.text.toPlainText())


class ComboField(Field):
    """A choice from a list; ``value`` is that of the chosen :class:`Option`."""

    def __init__(self, kit: Kit, name: str, label_key: str, options: Sequence[Option] = ()) -> None:
        self.combo = Combo(kit)
        super().__init__(kit, name, label_key, self.combo)
        self.combo.set_options(options)
        self.combo.currentIndexChanged.connect(self._chosen)

    def set_options(self, options: Sequence[Option]) -> None:
        """Replace the choices."""
        self.combo.set_options(options)

    def value(self) -> str:
        """The value of the choice, ``""`` if there is none."""
        return self.combo.value()

    def set_value(self, value: str) -> None:
        """Choose by value; an unknown value chooses nothing."""
        self.combo.set_value(value)

    def _chosen(self) -> None:
        value = self.combo.value()
        self.edited.emit(value)
        self._on_committed(value)
