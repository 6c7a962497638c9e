"""F10 on the form: the number the keyboard is in is read aloud by a second person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.identifiers.masked_number import read_masked
from desktop.domain.read_aloud import compared, groups_to_read
from desktop.services.cases.read_aloud import readable
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.port import IntakePort
from desktop.ui.shared.dialogs.read_aloud_dialog import ReadAloudDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.toast import toast

Nearest = Callable[[], str]
"""The path of the number that is meant where the keyboard is in none; empty when there is none."""


class ReadAloudCheck(QObject):
    """Remembers who read last: it is mostly the same colleague all evening."""

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        port: IntakePort,
        model: FormModel,
        fields: FormFields,
        *,
        nearest: Nearest,
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._port = port
        self._model = model
        self._fields = fields
        self._nearest = nearest
        self._reader = ""
        kit.actions.add(host, "read_aloud.action", "F10", self.start, group_key="intake.keys.title")

    def start(self) -> None:
        """Show the number in large groups, unless it is none or has blots."""
        path = self._path()
        number = self._model.value(path) if path else ""
        if not compared(number):
            toast(self._kit, self._host, "read_aloud.nothing", tone=Tone.INFO)
        elif read_masked(number) is not None:
            toast(self._kit, self._host, "read_aloud.masked", tone=Tone.INFO)
        else:
            dialog = ReadAloudDialog(
                self._kit,
                self._host,
                number,
                reader=self._reader,
                confirm=partial(self._confirm, number),
            )
            dialog.wrong_at.connect(partial(self._correct, path))
            dialog.open()

    def _path(self) -> str:
        numbers = dict(readable(self._model.form))
        focused = self._fields.path_of(self._host.focusWidget())
        return focused if focused in numbers else self._nearest()

    def _confirm(self, number: str, reader: str) -> None:
        reading = self._port.read_aloud(number, reader)
        self._reader = reader
        self._model.add_reading(reading)

    def _correct(self, path: str, place: int) -> None:
        """Back into the field, with the group that was wrong marked."""
        for field in self._fields.fields_at(path):
            editor = field.editor
            if isinstance(editor, QLineEdit) and editor.isVisible():
                editor.setFocus()
                groups = groups_to_read(editor.text())
                before = sum(map(len, groups[:place]))
                start, end = _span(editor.text(), before, before + len(groups[place]))
                editor.setSelection(start, end - start)


def _span(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the counted characters ``first`` to ``last`` stand in ``text``, which may have spaces between."""
    places = [at for at, sign in enumerate(text) if compared(sign)]
    if not places or first >= len(places):
        return 0, len(text)
    return places[first], places[min(last, len(places)) - 1] + 1
