"""Every page in both languages, light and dark, at the smallest screen: what is clipped or overlaps ends the day."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.driver import DemoError, Driver
from desktop.demo.stage import DemoStage
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.inspection import clipped_texts, overlaps

PAGES: Final = {"station": "F2 F3 F4 F6 Shift+F7 Shift+F6", "centre": "F2 F3 F4 F7 Shift+F6"}
"""The keys of every page of both windows."""
LANGUAGES: Final = ("zh_CN", "en")
SCHEMES: Final = (Scheme.LIGHT, Scheme.DARK)
_RICH: Final = "高山"
"""Whose case has payments, answers, freezes and evidence."""


def gallery(stage: DemoStage) -> None:
    """Keep a picture of each page and of each tab of a case, and say what cannot be read there."""
    faults: list[str] = []
    for name in PAGES:
        kit = stage.places[name].program.kit
        for language in LANGUAGES:
            for scheme in SCHEMES:
                kit.texts.set_language(language)
                kit.theme.set_scheme(scheme)
                look = _Appearance(stage, stage.front(name), name, f"{language}-{scheme.value}")
                look.at_pages(PAGES[name].split())
                if name == "station":
                    look.at_case()
                faults += look.faults
        kit.texts.set_language(LANGUAGES[0])
        kit.theme.set_scheme(SCHEMES[0])
    if faults:
        raise DemoError("; ".join(faults[:5]))


class _Appearance:
    """One language in one light at one PC."""

    def __init__(self, stage: DemoStage, driver: Driver, name: str, look: str) -> None:
        self._stage = stage
        self._driver = driver
        self._name = name
        self._look = look
        self.faults: list[str] = []

    def at_pages(self, keys: list[str]) -> None:
        """Each by its key."""
        for key in keys:
            *shift, plain = key.split("+")
            held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
            self._driver.press(getattr(Qt.Key, f"Key_{plain}"), held)
            self._see(key)

    def at_case(self) -> None:
        """A case with something on every tab, found by the name of who reported it."""
        self._driver.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self._driver.write(_RICH)
        self._driver.until(
            lambda: self._driver.find_shown("search_hits") is not None, "nothing was found"
        )
        self._driver.press(Qt.Key.Key_Return)
        for tab in Tab:
            self._driver.click(f"case_tab_{tab.value}")
            self._see(f"case-{tab.value}")

    def _see(self, what: str) -> None:
        self._driver.until(
            lambda: self._driver.find_shown("evidence_notice") is None, "it does not open"
        )
        window = self._driver.find("main_window", QWidget)
        shot = f"looks/{self._name}-{what}-{self._look}"
        self._stage.picture(self._driver, shot)
        self.faults += [f"{shot}: {fault}" for fault in clipped_texts(window) + overlaps(window)]
