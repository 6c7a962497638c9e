"""What the story sounds like: verdict, two types with the words that speak for them, and the question to ask next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

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
