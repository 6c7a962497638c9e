"""What kind of fraud the story sounds like, with the words that say so; the officer takes one or neither."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.suggestion import Suggestion, SuggestionReason
from desktop.ui.intake.alarm import AlarmSound
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import ElidedLabel, Label

_WAIT: Final = 250
"""Milliseconds without a key before the story is looked at."""
_KEYS: Final = ("Alt+Q", "Alt+W")
_MOST_WORDS: Final = 4


class TypeSuggestion(QWidget):
    """``taken(code)``: the person takes that type. ``found`` tells that other words speak for a type now."""

    taken = Signal(str)
    found = Signal()

    def __init__(
        self,
        kit: Kit,
        scope: QWidget,
        *,
        suggest: Callable[[], tuple[Suggestion, ...]],
        name_of: Callable[[str], str],
        make_alarm: Callable[[], AlarmSound],
    ) -> None:
        super().__init__()
        self.setObjectName("type_suggestion")
        self._kit = kit
        self._suggest = suggest
        self._name_of = name_of
        self._wanted = True
        self._suggestions: tuple[Suggestion, ...] = ()
        self._alarm = make_alarm()
        self._alarm.rang.connect(self.look)
        column = Column(kit, self, gap="space_xs")
        column.addWidget(Label(kit, "suggestion.title", role="hint", ink="muted"))
        self._rows = [self._row(scope, place) for place in range(len(_KEYS))]
        for row, _, _, _ in self._rows:
            column.addWidget(row)
        kit.texts.changed.connect(self._show)
        self._show()

    @property
    def words(self) -> tuple[SuggestionReason, ...]:
        """The words of the narrative that speak for the candidates, while these are shown."""
        if not self._wanted:
            return ()
        return tuple(
            reason for item in self._suggestions for reason in item.reasons if not reason.feature
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
        """Propose anew."""
        self._suggestions = self._suggest()
        self._show()

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
        if place < len(self._suggestions):
            self.taken.emit(self._suggestions[place].code)

    def _show(self) -> None:
        shown = self._suggestions if self._wanted else ()
        self.setVisible(bool(shown))
        for place, (row, action, button, reasons) in enumerate(self._rows):
            there = place < len(shown)
            row.setVisible(there)
            action.set_enabled(enabled=there)
            if there:
                item = shown[place]
                button.set_text(f"{item.code} {self._name_of(item.code)}")
                reasons.set_text(self._reasons(item))
        self.found.emit()

    def _reasons(self, item: Suggestion) -> str:
        words = self._kit.texts
        named = [
            words.text(f"suggestion.feature.{reason.word}") if reason.feature else reason.word
            for reason in item.reasons[:_MOST_WORDS]
        ]
        more = len(item.reasons) - len(named)
        listed = words.text("suggestion.between").join(named)
        key = "suggestion.reasons_more" if more else "suggestion.reasons"
        return words.text(key, words=listed, score=item.score, more=more)
