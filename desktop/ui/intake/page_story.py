"""Page 诈骗经过: what kind of fraud it was, and what happened in the person's own order."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.port import IntakeSetup
from desktop.ui.intake.type_grid import TypeGrid
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.card import Column, Row
from desktop.ui.shared.field import Field
from desktop.ui.shared.fields import LongTextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label


class StoryPage(WizardPage):
    """The type, then the narrative with its length."""

    title_key = "intake.story.title"
    detail_key = "intake.story.subtitle"

    def __init__(self, kit: Kit, model: FormModel, fields: FormFields, setup: IntakeSetup) -> None:
        super().__init__(kit, fields)
        self._model = model
        self.types = TypeGrid(kit, setup.types, setup.type_name)
        self.types.setObjectName("type")
        self.types.chosen.connect(self._type_chosen)
        kit.words.bind(self.types.setAccessibleName, "intake.story.type")
        types = Column(kit, gap="space_xs")
        types.addWidget(Label(kit, "intake.story.type", role="label", ink="muted"))
        types.addWidget(self.types)
        self.body.addLayout(types)
        self._story = LongTextField(kit, "narrative", "intake.story.narrative")
        kit.words.bind(self._story.text.setPlaceholderText, "intake.story.example")
        self._count = Label(kit, role="hint", ink="muted")
        self._count.setObjectName("narrative_count")
        self.fields.add(self._story, "narrative")
        self._fill_height()
        self.body.addWidget(self._story, 1)
        model.changed.connect(self._changed)
        model.replaced.connect(self._read)
        self._read()

    def first_focus(self) -> QWidget:
        """The type while there is none, then the narrative."""
        return self._story.editor if self.types.value() else self.types.first_focus()

    def reveal(self, path: str) -> Field | None:
        """The type has no field of its own; its tiles take the keyboard."""
        if path == "type":
            self.types.first_focus().setFocus()
            return None
        return super().reveal(path)

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
        self._model.put("type", code)

    def _changed(self, path: str) -> None:
        if path in ("type", "narrative"):
            self._read()

    def _read(self) -> None:
        if self.types.value() != self._model.value("type"):
            self.types.set_value(self._model.value("type"))
        length = len("".join(self._model.value("narrative").split()))
        self._count.set_key("intake.story.count", count=length)
