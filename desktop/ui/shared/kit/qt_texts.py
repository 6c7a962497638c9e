"""Qt's own few sentences, such as that a chosen file is not there, in the language of the program."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from desktop.ui.shared.kit.translator import Translator

_NAME: Final = "qt_words"


class QtTexts(QObject):
    """Follows ``words``. There is one translator in a process: where one of Qt knows no sentence in its language, Qt
    asks those that were installed before, and would answer in theirs."""

    def __init__(self, words: Translator) -> None:
        super().__init__(words)
        self._words = words
        words.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        sentences = _of_the_process()
        QCoreApplication.removeTranslator(sentences)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if sentences.load(f"qtbase_{self._words.language}", folder):
            QCoreApplication.installTranslator(sentences)


def _of_the_process() -> QTranslator:
    app = QCoreApplication.instance()
    found = app.findChild(QTranslator, _NAME) if app is not None else None
    if found is None:
        found = QTranslator(app)
        found.setObjectName(_NAME)
    return found
