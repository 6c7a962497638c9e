"""What Qt says by itself is said in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.app.qt.window_kit import QtTexts
from desktop.runtime.texts.catalogue import Catalogue
from desktop.ui.shared.kit.translator import Translator


def _not_found() -> str:
    return QCoreApplication.translate(
        "QFileDialog", "%1\nFile not found.\nPlease verify the correct file name was given."
    )


def test_a_file_that_is_not_there_is_reported_in_the_language_chosen(qapp: QApplication) -> None:
    before = Translator(Catalogue.load, "zh_CN")  # of a window that was there before
    QtTexts(before)
    texts = Translator(Catalogue.load, "zh_CN")
    QtTexts(texts)
    assert "文件未找到" in _not_found()
    texts.set_language("en")
    assert "File not found" in _not_found()
    texts.set_language("zh_CN")
    assert "文件未找到" in _not_found()
    texts.set_language("en")
