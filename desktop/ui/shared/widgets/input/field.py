"""A field: label above, editor, and a line below that says how things stand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.texts.label import Label


class Field(QWidget):
    """The frame around an editor. Use one of the concrete fields; they share this interface.

    The editor's object name is ``name``; the field's is ``<name>_field``, the hint's
    ``<name>_hint``. ``edited`` follows every change by the person, ``committed`` their being done
    with it.
    """

    edited = Signal(str)
    committed = Signal(str)

    def __init__(
        self, kit: Kit, name: str, label_key: str, editor: QWidget, *, reserve_hint: bool = False
    ) -> None:
        super().__init__()
        self._kit = kit
        self._editor = editor
        self._reserve_hint = reserve_hint
        self._beside: Label | None = None
        self.setObjectName(f"{name}_field")
        editor.setObjectName(name)
        self.label = Label(kit, label_key, role="label", ink="muted")
        self.label.setBuddy(editor)
        self.hint = Label(kit, role="hint", wrap=True)
        self.hint.setObjectName(f"{name}_hint")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(kit.theme.space("space_xs"))
        rows.addWidget(self.label)
        rows.addWidget(editor)
        rows.addWidget(self.hint)
        rows.addStretch(1)
        if reserve_hint:
            self.hint.setMinimumHeight(self.hint.fontMetrics().lineSpacing())
        else:
            self.hint.hide()
        kit.texts.bind(editor.setAccessibleName, label_key)
        self.setFocusProxy(editor)

    @property
    def editor(self) -> QWidget:
        """The widget that takes the typing."""
        return self._editor

    def value(self) -> str:
        """What the person typed or chose."""
        raise NotImplementedError

    def set_value(self, value: str) -> None:
        """Show a value that comes from the program; neither edited nor committed is emitted."""
        raise NotImplementedError

    def set_label(self, key: str, **params: str | int) -> None:
        """Change the label."""
        self.label.set_key(key, **params)
        self._kit.texts.bind(self._editor.setAccessibleName, key, **params)

    def set_hint(self, tone: Tone, text: str) -> None:
        """Show data below the editor, and colour its border by ``tone``."""
        self.hint.set_text(text)
        self._show_hint(tone)

    def set_hint_key(self, tone: Tone, key: str, **params: str | int) -> None:
        """Show catalogue words below the editor, and colour its border by ``tone``."""
        self.hint.set_key(key, **params)
        self._show_hint(tone)

    def set_state(self, tone: Tone) -> None:
        """Colour the border alone."""
        state = "" if tone in (Tone.NEUTRAL, Tone.INFO) else tone.value
        set_look(self._editor, state=state)

    def clear_hint(self) -> None:
        """Nothing to say; the border is neutral."""
        self.hint.set_text("")
        self.hint.setVisible(self._reserve_hint)
        self.set_state(Tone.NEUTRAL)
        self._editor.setAccessibleDescription("")

    def set_mark_key(self, key: str, **params: str | int) -> None:
        """Show catalogue words in green beside the hint, that stay whatever the hint says."""
        if self._beside is None:
            self._beside = Label(self._kit, role="hint", ink="green")
            self._beside.setObjectName(f"{self._editor.objectName()}_mark")
            line = QHBoxLayout()
            line.setSpacing(self._kit.theme.space("space_s"))
            rows = self.layout()
            assert isinstance(rows, QVBoxLayout)  # noqa: S101 - made above
            place = rows.indexOf(self.hint)
            rows.removeWidget(self.hint)
            line.addWidget(self.hint, 1)
            line.addWidget(self._beside)
            rows.insertLayout(place, line)
        self._beside.set_key(key, **params)
        self._beside.show()

    def clear_mark(self) -> None:
        """The words beside the hint hold no more."""
        if self._beside is not None:
            self._beside.hide()

    def _show_hint(self, tone: Tone) -> None:
        self.hint.set_tone(tone)
        self.hint.show()
        self.set_state(tone)
        self._editor.setAccessibleDescription(self.hint.text())

    def _on_committed(self, value: str) -> None:
        self.committed.emit(value)
