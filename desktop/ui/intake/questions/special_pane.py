"""What may make a case special: how money went besides transfers, other ways of the law, what aggravates it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.cases.case import Visit
from desktop.domain.cases.scam_types import ScriptQuestion, Section
from desktop.domain.interview.scripts import Scripts
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.questions.question_list import QuestionList
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

_COLUMNS = 3


class FlagPanel(QWidget):
    """One of them: the call, then what is asked on or must be there."""

    def __init__(self, kit: Kit, fields: FormFields, line: ScriptQuestion) -> None:
        super().__init__()
        self.setObjectName(f"flag_panel_{line.id}")
        self._kit = kit
        self._line = line
        column = Column(kit, self, gap="space_xs")
        self.banner = Banner(kit, f"flag_banner_{line.id}")
        self.details = QuestionList(kit, fields, "branches.details", f"flag_details_{line.id}")
        column.addWidget(self.banner)
        column.addWidget(self.details)
        self._state = (False, False)
        kit.texts.changed.connect(self._read)
        self.hide()

    def show_state(self, *, holds: bool, suggested: bool) -> None:
        """Call loudly where it holds or may hold; ask on only where it holds."""
        if (holds, suggested) == self._state:
            return
        self._state = (holds, suggested)
        self.details.show_questions(self._line.details if holds else ())
        self._read()

    def _read(self) -> None:
        holds, suggested = self._state
        language = self._kit.texts.language
        call = self._line.call(language)
        set_shown(self, shown=holds or (suggested and bool(call)))
        if not call or not (holds or suggested):
            self.banner.clear()
            return
        name = self._line.name(language)
        self.banner.show_text(
            Tone.BAD if holds else Tone.WARN,
            name if holds else self._kit.texts.text("branches.perhaps", name=name),
            call,
        )


class FlagBar(QWidget):
    """``lines`` of one kind. Space ticks the box with the keyboard; the flags are in the form. ``panels``, with the
    calls and what is asked on, is placed by whoever makes the bar."""

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        title_key: str,
        lines: tuple[ScriptQuestion, ...],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._suggested: frozenset[str] = frozenset()
        self.lines = lines
        column = Column(kit, self, gap="space_xs")
        column.addWidget(Label(kit, title_key, role="small_strong", ink="muted"))
        grid = QGridLayout()
        grid.setSpacing(kit.theme.space("space_xs"))
        self._tiles: dict[str, Button] = {}
        self._panels: dict[str, FlagPanel] = {}
        for place, line in enumerate(lines):
            tile = Button(kit, "", size=Size.COMPACT, name=f"flag_{line.id}")
            tile.setCheckable(True)
            tile.clicked.connect(partial(self._clicked, line.id))
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            self._tiles[line.id] = tile
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        self.panels = QWidget()
        below = Column(kit, self.panels, gap="space_xs")
        for line in lines:
            self._panels[line.id] = FlagPanel(kit, fields, line)
            below.addWidget(self._panels[line.id])
        set_shown(self, shown=bool(lines))
        model.changed.connect(self._changed)
        model.replaced.connect(self._read)
        kit.texts.changed.connect(self._read_words)
        self._read_words()
        self._read()

    def first_focus(self) -> QWidget:
        """The first box."""
        return next(iter(self._tiles.values()))

    def suggest(self, flags: frozenset[str]) -> None:
        """Call for what may hold; nobody has said so yet."""
        if flags != self._suggested:
            self._suggested = flags
            self._read()

    def _clicked(self, flag: str) -> None:
        self._model.put_flag(flag, holds=self._tiles[flag].isChecked())

    def _changed(self, path: str) -> None:
        if path == "flags":
            self._read()

    def _read(self) -> None:
        flags = self._model.form.flags
        for name, tile in self._tiles.items():
            tile.setChecked(name in flags)
            self._panels[name].show_state(holds=name in flags, suggested=name in self._suggested)

    def _read_words(self) -> None:
        for line in self.lines:
            name = line.name(self._kit.texts.language)
            self._tiles[line.id].setText(name)


_KEYS = "branches.keys"


class SpecialPane(QWidget):
    """``wanted(part)`` should be scrolled to. The calls of the law stand in ``calls``, which belongs at the top of
    the page: who may take their life must not be below a list."""

    wanted = Signal(QWidget)

    def __init__(self, kit: Kit, model: FormModel, fields: FormFields, scripts: Scripts) -> None:
        super().__init__()
        law = scripts.lawful(Section.BRANCH)
        self.delivery = FlagBar(
            kit, model, fields, "branches.delivery", scripts.common(Section.DELIVERY)
        )
        self.law = FlagBar(kit, model, fields, "branches.law", law)
        self.calls = self.law.panels
        self.circumstances = QuestionList(
            kit, fields, "branches.circumstances", "questions_circumstances"
        )
        self._aggravating = scripts.lawful(Section.CIRCUMSTANCE)
        column = Column(kit, self, gap="space_m")
        column.addWidget(self.delivery)
        column.addWidget(self.delivery.panels)
        column.addWidget(self.law)
        column.addWidget(self.circumstances)
        for name, keys, handler in (
            ("branches.to_delivery", "Alt+D", self._to_delivery),
            ("branches.to_law", "Alt+B", self._to_law),
            ("branches.to_circumstances", "Alt+C", self._to_circumstances),
        ):
            kit.actions.add(self, name, keys, handler, group_key=_KEYS)

    def show_visit(self, visit: str) -> None:
        """What aggravates a case is asked at a report."""
        shown = self._aggravating if visit == Visit.REPORT else ()
        self.circumstances.show_questions(shown)

    def suggest(self, branches: frozenset[str]) -> None:
        """Call for what may hold."""
        self.law.suggest(branches)

    def _to_delivery(self) -> None:
        self._go(self.delivery.first_focus())
        self.wanted.emit(self.delivery.panels)

    def _to_law(self) -> None:
        self._go(self.law.first_focus())

    def _to_circumstances(self) -> None:
        if self.circumstances.rows:
            self._go(self.circumstances.rows[0].editor)

    def _go(self, target: QWidget) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.wanted.emit(target)
