"""Qt's own few sentences, such as that a chosen file is not there, in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from desktop.ui.shared.kit.translator import Translator


class QtWords(QObject):
    """Follows ``words``, and lives as long as they do."""

    def __init__(self, words: Translator) -> None:
        super().__init__(words)
        self._words = words
        self._sentences = QTranslator(self)
        words.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        QCoreApplication.removeTranslator(self._sentences)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._sentences.load(f"qtbase_{self._words.language}", folder):
            QCoreApplication.installTranslator(self._sentences)
