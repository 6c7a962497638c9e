"""The scam types side by side, and which two of them the story sounds like."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop.domain.cases.scam_types import ScamType
from desktop.domain.interview.scripts import Scripts
from desktop.domain.interview.suggestion import (
    StoryReading,
    StoryVerdict,
    Suggestion,
    SuggestionReason,
)
from desktop.ui.intake.form.alarm import AlarmSound
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label
from desktop.ui.shared.widgets.texts.painting import paint_ring

COLUMNS: Final = 3
_MOVES: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
"""Key → (places down the column, columns to the right)."""


class TypeLine(QWidget):
    """Code, name, the official name, what else it may be; a button brings the grid back."""

    def __init__(self, kit: Kit, change: Action) -> None:
        super().__init__()
        self._kit = kit
        self._type: ScamType | None = None
        row = Row(kit, self, gap="space_s")
        self._code = Chip(kit, tone=Tone.INFO)
        self._name = Label(kit, role="strong")
        self._name.setObjectName("type_chosen")
        self._official = ElidedLabel(kit, role="small", ink="muted")
        self._branch = Chip(kit, tone=Tone.WARN)
        self.change = Button.of(kit, change, size=Size.COMPACT, name="type_change")
        row.addWidget(self._code)
        row.addWidget(self._name)
        row.addWidget(self._official, 1)
        row.addWidget(self._branch)
        row.addWidget(self.change)
        kit.texts.changed.connect(self._read_words)

    def show_type(self, chosen: ScamType | None) -> None:
        """Name it; None: none was chosen, and none need be."""
        self._type = chosen
        self._read_words()

    def _read_words(self) -> None:
        self._code.setVisible(self._type is not None)
        if self._type is None:
            self._name.set_key("visits.no_type")
            self._official.set_text("")
            self._branch.hide()
            return
        language = self._kit.texts.language
        self._code.set_text(self._type.code)
        self._name.set_text(self._type.short(language))
        self._official.set_text(self._type.official(language))
        self._branch.setVisible(bool(self._type.branch))
        if self._type.branch:
            self._branch.set_key(f"scam_types.branch.{self._type.branch}")


class _TypeTile(QPushButton):
    """One type: its code muted, its name, a soft ground once chosen."""

    def __init__(self, kit: Kit, code: str) -> None:
        super().__init__()
        self._kit = kit
        self.code = code
        self.setObjectName(f"type_{code}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(kit.theme.space("control"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)

    def set_name(self, name: str) -> None:
        """Show the name; whole in the tip, should it not fit."""
        self.setText(name)
        self.setAccessibleName(name)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses like Space; arrows and digits are the grid's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in _MOVES or event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Three share the width."""
        return QSize(self._kit.theme.space("control"), self._kit.theme.space("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, code, name."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "blue_soft" if self.isChecked() else "hover" if self.underMouse() else "surface"
        line = "blue_line" if self.isChecked() else "line"
        painter.setPen(QPen(theme.color(line), theme.space("border")))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(rect, theme.space("radius_m"), theme.space("radius_m"))
        inner = rect.adjusted(theme.space("field_padding"), 0, -theme.space("space_s"), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("digits_small"))
        painter.setPen(theme.color("text_muted"))
        painter.drawText(inner, flags, self.code)
        inner.setLeft(inner.left() + theme.space("space_xl") + theme.space("space_s"))
        font = theme.font("strong" if self.isChecked() else "body")
        painter.setFont(font)
        painter.setPen(theme.color("blue" if self.isChecked() else "text"))
        shown = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(inner.width())
        )
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(inner, flags, shown)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.end()


class TypeGrid(QWidget):
    """``chosen(code)`` follows each choice by the person; choosing the chosen one takes it back."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, types: tuple[str, ...], name_of: Callable[[str], str]) -> None:
        super().__init__()
        self._kit = kit
        self._name_of = name_of
        self._value = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(kit.theme.space("space_xs"))
        # Down the columns, as a list is read.
        rows = self._rows = -(-len(types) // COLUMNS)
        self._typed = ""
        self._tiles: list[_TypeTile] = []
        for place, code in enumerate(types):
            tile = _TypeTile(kit, code)
            self._group.addButton(tile, place)
            grid.addWidget(tile, place % rows, place // rows)
            self._tiles.append(tile)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self._group.idClicked.connect(self._clicked)
        kit.texts.changed.connect(self._read_words)
        self._read_words()

    def value(self) -> str:
        """The chosen code; empty for none."""
        return self._value

    def set_value(self, code: str) -> None:
        """Choose without a signal; an unknown code chooses nothing."""
        self._value = code
        self._group.setExclusive(False)
        for tile in self._tiles:
            tile.setChecked(tile.code == code)
        self._group.setExclusive(True)

    def first_focus(self) -> QWidget:
        """The chosen tile, else the first."""
        return next((tile for tile in self._tiles if tile.isChecked()), self._tiles[0])

    def hideEvent(self, event: QHideEvent) -> None:
        """One digit typed before the page was left is not the first of a number typed later."""
        super().hideEvent(event)
        self._typed = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move over the tiles; two digits choose the type of that number."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None:
            self._move(move)
        elif event.text().isdigit():
            self._digit(event.text())
        else:
            super().keyPressEvent(event)

    def _move(self, move: tuple[int, int]) -> None:
        self._typed = ""
        place = next((i for i, tile in enumerate(self._tiles) if tile.hasFocus()), 0)
        target = place + move[0] + move[1] * self._rows
        if 0 <= target < len(self._tiles):
            self._tiles[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _digit(self, digit: str) -> None:
        self._typed = (self._typed + digit)[-2:]
        for place, tile in enumerate(self._tiles):
            if tile.code == f"T{self._typed}":
                self._typed = ""
                self._choose(tile.code)
                return
            if tile.code.startswith(f"T{self._typed}"):
                self._tiles[place].setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _choose(self, code: str) -> None:
        self.set_value(code)
        self.chosen.emit(code)

    def _clicked(self, place: int) -> None:
        code = self._tiles[place].code
        self._choose("" if code == self._value else code)

    def _read_words(self) -> None:
        for tile in self._tiles:
            tile.set_name(self._name_of(tile.code))


_WAIT: Final = 250
"""Milliseconds without a key before the story is looked at."""
_KEYS: Final = ("Alt+Q", "Alt+W")
_MOST_WORDS: Final = 4
_LEAST: Final = 1
"""Of a hundred: a type less likely than that is not worth a line, nor a key that takes it."""
_TONES: Final = {
    StoryVerdict.FRAUD: Tone.INFO,
    StoryVerdict.NOT_FRAUD: Tone.NEUTRAL,
    StoryVerdict.UNSURE: Tone.WARN,
}
_NOTHING_YET: Final = StoryReading(StoryVerdict.UNSURE)


class TypeSuggestion(QWidget):
    """``taken(code)``: the person takes that type. ``found`` tells that other words speak for a type now."""

    taken = Signal(str)
    found = Signal()

    def __init__(
        self,
        kit: Kit,
        scope: QWidget,
        *,
        suggest: Callable[[], StoryReading],
        scripts: Scripts,
        make_alarm: Callable[[], AlarmSound],
    ) -> None:
        super().__init__()
        self.setObjectName("type_suggestion")
        self._kit = kit
        self._suggest = suggest
        self._scripts = scripts
        self._wanted = True
        self._reading = _NOTHING_YET
        self._alarm = make_alarm()
        self._alarm.rang.connect(self.look)
        column = Column(kit, self, gap="space_xs")
        head = Row(kit, gap="space_s")
        self._verdict = Chip(kit, tone=Tone.INFO)
        self._verdict.setObjectName("suggestion_verdict")
        self._title = Label(kit, role="hint", ink="muted")
        head.addWidget(self._verdict)
        head.addWidget(self._title)
        head.addStretch(1)
        column.addLayout(head)
        self._rows = [self._row(scope, place) for place in range(len(_KEYS))]
        for row, _, _, _ in self._rows:
            column.addWidget(row)
        self._question = ElidedLabel(kit, role="small")
        self._question.setObjectName("suggestion_question")
        column.addWidget(self._question)
        kit.texts.changed.connect(self._show)
        self._show()

    @property
    def words(self) -> tuple[SuggestionReason, ...]:
        """The words of the narrative that speak for the types shown."""
        return tuple(
            reason for item in self._shown() for reason in item.reasons if not reason.feature
        )

    def consider(self) -> None:
        """Something was typed; look soon."""
        self._alarm.start(_WAIT)

    def set_wanted(self, *, wanted: bool) -> None:
        """Only while there is a type to choose."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    def look(self) -> None:
        """Read the story again."""
        self._reading = self._suggest()
        self._show()

    def _shown(self) -> tuple[Suggestion, ...]:
        """The types that are anything like likely."""
        if not self._wanted:
            return ()
        return tuple(item for item in self._reading.candidates if item.score >= _LEAST)

    def _row(self, scope: QWidget, place: int) -> tuple[QWidget, Action, Button, ElidedLabel]:
        kit = self._kit
        action = kit.actions.add(
            scope,
            f"suggestion.take_{place + 1}",
            _KEYS[place],
            partial(self._take, place),
            group_key="questions.keys",
        )
        button = Button(kit, "", size=Size.COMPACT, keys=_KEYS[place], name=f"suggestion_{place}")
        button.clicked.connect(action.trigger)
        reasons = ElidedLabel(kit, role="small", ink="muted")
        reasons.setObjectName(f"suggestion_{place}_reasons")
        row = QWidget()
        line = Row(kit, row, gap="space_s")
        line.addWidget(button)
        line.addWidget(reasons, 1)
        return row, action, button, reasons

    def _take(self, place: int) -> None:
        shown = self._shown()
        if place < len(shown):
            self.taken.emit(shown[place].code)

    def _show(self) -> None:
        shown, language = self._shown(), self._kit.texts.language
        self.setVisible(self._wanted and bool(self._reading.candidates))
        verdict = self._reading.verdict
        self._verdict.set_key(f"suggestion.verdict.{verdict}")
        self._verdict.set_tone(_TONES[verdict])
        self._title.set_key(f"suggestion.title.{verdict if shown else 'alone'}")
        self._title.setToolTip(
            self._kit.texts.text("suggestion.model", version=self._reading.version)
        )
        for place, (row, action, button, reasons) in enumerate(self._rows):
            there = place < len(shown)
            row.setVisible(there)
            action.set_enabled(enabled=there)
            if there:
                item = shown[place]
                kind = self._scripts.type(item.code)
                button.set_text(f"{item.code} {kind.short(language) if kind else ''}".strip())
                reasons.set_text(self._reasons(item))
        question = self._scripts.deciding_question(self._reading.asked, language)
        self._question.setVisible(bool(question))
        self._question.set_key("suggestion.ask", question=question)
        self.found.emit()

    def _reasons(self, item: Suggestion) -> str:
        texts = self._kit.texts
        named = [
            texts.text(f"suggestion.feature.{reason.word}") if reason.feature else reason.word
            for reason in item.reasons[:_MOST_WORDS]
        ]
        if not named:
            return texts.text("suggestion.no_reasons", score=item.score)
        return texts.text(
            "suggestion.reasons",
            words=texts.text("suggestion.between").join(named),
            score=item.score,
        )
