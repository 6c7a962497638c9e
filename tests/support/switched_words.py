"""Whatever window a test leaves open follows a change of the language: no word of the one before is left in it.

A window may be told its words once and never again: whoever changes the language then reads two of them on one page.
Every such test leaves a window in the state that it is about, with the data that it needs, so each of them is tried
there, once in each process. What is still Chinese in an English window was typed, or comes of a text of the catalogue
that was asked for in Chinese and not asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from weakref import WeakSet

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from shiboken6 import isValid

from desktop.runtime.texts.catalogue import LANGUAGES, PLACEHOLDER, Catalogue
from desktop.ui.shared.kit.translator import Translator
from tests.ui.pages.words import columns_of, words_in

CHINESE, ENGLISH = LANGUAGES
_SIGN: Final = r"[\u3400-\u9fff]"
_WORD: Final = re.compile(rf"{_SIGN}.*{_SIGN}", re.DOTALL)
_ROLES: Final = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_IN_CHINESE: Final = (
    "case_story_text", "case_story_of_", "case_supplement_text_", "case_paper_view",
    "case_paper_banner", "evidence_source", "evidence_table", "toast",
)  # fmt: skip
"""How the names begin of what was written or recorded, or stands on paper or in a file, in Chinese, and of what is gone
within four seconds."""
_CITED: Final = re.compile(r"\S*〔\d{4}〕.*|[/\\]\S+|\S+\.(?:png|jpg|txt|pdf)\b")
"""Articles of the law, and files by their paths and names."""
_tried: set[frozenset[tuple[str, str]]] = set()


class AskedTexts:
    """Which translators there are, and which texts they were asked for in Chinese."""

    def __init__(self) -> None:
        self.translators: WeakSet[Translator] = WeakSet()
        self._keys: set[str] = set()

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Meanwhile, of every translator."""
        text = Translator.text

        def asked(translator: Translator, key: str, **params: str | int) -> str:
            self.translators.add(translator)
            if translator.language == CHINESE:
                self._keys.add(key)
            return text(translator, key, **params)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Translator, "text", asked)
            yield

    def patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """The longest part of each text that was asked for, and how it looks with anything put into it."""
        catalogue = Catalogue.load(CHINESE)
        found = []
        for template in sorted({catalogue.template(key) for key in self._keys if key in catalogue}):
            parts = PLACEHOLDER.split(template)[::2]
            longest = max(parts, key=len)
            if _WORD.search(longest):
                like = ".*?".join(map(re.escape, parts))
                found.append((longest, re.compile(rf"(?<!\w){like}(?!\w)", re.DOTALL)))
        return found


def left_behind(asked: AskedTexts) -> list[str]:
    """A line for each fault of what is open in Chinese; none where windows with the same parts were tried before, or
    while a dialog waits for its answer: nobody comes to the choice of the language then."""
    translators = [one for one in asked.translators if isValid(one)]
    if QApplication.activeModalWidget() is not None or any(
        one.language != CHINESE for one in translators
    ):
        return []
    windows = [window for window in QApplication.topLevelWidgets() if _is_open(window)]
    parts = frozenset(
        (type(part).__name__, part.objectName())
        for window in windows
        for part in (window, *window.findChildren(QWidget))
        if part.isVisible()
    )
    if parts in _tried:
        return []
    _tried.add(parts)
    for translator in translators:
        translator.set_language(ENGLISH)
    QApplication.processEvents()
    patterns = asked.patterns()
    return [
        f"still says {part!r} in English: {words}"
        for words in _words(windows)
        if not words[0].startswith(_IN_CHINESE)
        for part in sorted({part for word in words for part in _stale(word, patterns)})
    ]


def _stale(words: str, patterns: list[tuple[str, re.Pattern[str]]]) -> Iterator[str]:
    own = _CITED.sub("", words)
    if _WORD.search(own):
        yield from (part for part, like in patterns if part in own and like.search(own))


def _is_open(window: QWidget) -> bool:
    return type(window).__module__.startswith("desktop.") and window.isVisible()


def _words(windows: list[QWidget]) -> list[tuple[str, ...]]:
    return [
        words
        for window in windows
        if isValid(window) and window.isVisible()
        for words in (
            (window.objectName(), window.windowTitle()),
            *words_in(window),
            *_of_lists(window),
        )
    ]


def _of_lists(window: QWidget) -> Iterator[tuple[str, ...]]:
    """What lists say to who does not see them, and below the mouse."""
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None:
            yield (view.objectName(), *_of_cells(model))


def _of_cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in columns_of(model):
            for role in _ROLES:
                if said := model.index(row, column).data(role):
                    yield str(said)
