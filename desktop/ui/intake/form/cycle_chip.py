"""A chip that goes round a few answers: where a fact was read, why an answer is missing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.chip_button import ChipButton


class CycleChip(ChipButton):
    """Goes round ``tones`` at each click; ``chosen(value)`` follows. ``words``: the beginning of the catalogue keys,
    below which each value and ``unsaid`` and ``tip`` stand. A key does the same from inside the field."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, name: str, words: str, tones: Mapping[str, Tone]) -> None:
        super().__init__(kit, name)
        self._words = words
        self._tones = dict(tones)
        self._value = ""
        self.clicked.connect(self.cycle)
        self.set_value("")

    @property
    def value(self) -> str:
        """The answer; empty when nobody said."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show an answer without a signal."""
        self._value = value if value in self._tones else ""
        self.set_tone(self._tones[self._value])
        self.set_key(f"{self._words}.{self._value.lstrip('@') or 'unsaid'}")
        self._kit.texts.bind(self.setToolTip, f"{self._words}.tip")

    def cycle(self) -> None:
        """Take the next answer."""
        values = tuple(self._tones)
        self.set_value(values[(values.index(self._value) + 1) % len(values)])
        self.chosen.emit(self._value)
