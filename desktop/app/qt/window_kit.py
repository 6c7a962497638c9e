"""The kit every window is made with, from the settings of this PC."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.domain.time.clock import Clock
from desktop.domain.time.local_time import CHINA
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.runtime.texts.settings import Settings
from desktop.ui.shared.codes.qt_camera import open_camera
from desktop.ui.shared.kit.actions import ActionRegistry
from desktop.ui.shared.kit.icons import Icons
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import Runner
from desktop.ui.shared.kit.theme import Scheme, Theme
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.kit.translator import Translator

DESKTOP_FILE: Final = "fanzha-desk"
"""Name of the menu entry that an installed program has: by it desktops find its icon in the task bar."""


_NAME: Final = "qt_words"


class QtTexts(QObject):
    """Follows ``words``. There is one translator in a process: where one of Qt knows no sentence in its language, Qt
    asks those that were installed before, and would answer in theirs."""

    def __init__(self, texts: Translator) -> None:
        super().__init__(texts)
        self._texts = texts
        texts.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        sentences = _of_the_process()
        QCoreApplication.removeTranslator(sentences)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if sentences.load(f"qtbase_{self._texts.language}", folder):
            QCoreApplication.installTranslator(sentences)


def _of_the_process() -> QTranslator:
    app = QCoreApplication.instance()
    found = app.findChild(QTranslator, _NAME) if app is not None else None
    if found is None:
        found = QTranslator(app)
        found.setObjectName(_NAME)
    return found


def program_icon() -> QIcon:
    """The icon of every window, in the sizes desktops ask for."""
    icon = QIcon()
    for picture in sorted(resource_path("icons/program").glob("fanzha-*.png")):
        icon.addFile(str(picture))
    return icon


def make_kit(app: QApplication, settings: Settings, clock: Clock, runner: Runner) -> Kit:
    """Looks, words and clockwork for one process."""
    theme = Theme(app, resource_path, scheme=Scheme(settings.theme.value))
    texts = Translator(Catalogue.load, settings.language)
    QtTexts(texts)
    return Kit(
        theme=theme,
        texts=texts,
        icons=Icons(theme, resource_path),
        ticks=TickSource(clock),
        runner=runner,
        actions=ActionRegistry(),
        zone=CHINA,
        camera=open_camera,
    )
