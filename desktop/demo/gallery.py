"""Every page in both languages, light and dark, at the smallest screen: what is clipped or overlaps ends the day."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QWidget,
)

from desktop.demo.driver import DemoError, Driver
from desktop.demo.stage import DemoStage
from desktop.domain.installation.officer import Role
from desktop.domain.orders.order import receiver
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.texts.label import ElidedLabel

PAGES: Final = {
    "station": "F2 F3 F4 F6 Shift+F4 Shift+F7 Shift+F6",
    "centre": "F2 Shift+F3 Ctrl+F2 F3 F4 F6 Shift+F4 Shift+F7 Shift+F6",
    "bank": "F3",
}
"""The keys of every page of the windows of a station, a centre and a bank's clerk there."""
LANGUAGES: Final = ("zh_CN", "en")
LOOKS = tuple(product(LANGUAGES, (Scheme.LIGHT, Scheme.DARK)))
"""Each language in each light."""
_RICH: Final = "高山"
"""Whose case has payments, answers, freezes and evidence."""


_SLACK = 1  # fonts round


def clipped_texts(widget: QWidget) -> list[str]:
    """A line for each visible text below ``widget`` that is larger than its place.

    A shortened text is in order if its tooltip has the whole.
    """
    _settle()
    found = []
    for child in _visible(widget):
        reason = _clipped(child)
        if reason:
            found.append(f"{_name(child)}: {reason}")
        elif _sticks_out(child):
            found.append(f"{_name(child)}: reaches out of {_name(child.parentWidget())}")
    return found


def overlaps(widget: QWidget) -> list[str]:
    """A line for each pair of visible siblings that cover each other.

    Widgets with the property ``floating`` (pop-ups, toasts, overlays) lie on others by design.
    """
    _settle()
    found = []
    for parent in [widget, *_visible(widget)]:
        if isinstance(parent, QAbstractScrollArea):
            continue
        children = [child for child in _children(parent) if not child.property("floating")]
        for place, one in enumerate(children):
            found += [
                f"{_name(one)} and {_name(other)}"
                for other in children[place + 1 :]
                if one.geometry().intersects(other.geometry())
            ]
    return found


def _children(parent: QWidget) -> list[QWidget]:
    return [
        child
        for child in parent.children()
        if isinstance(child, QWidget)
        and child.isVisible()
        and not child.isWindow()
        and not child.size().isEmpty()
    ]


def _settle() -> None:
    """What asked for another place in this turn has it: nobody sees the window before the next one."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _visible(widget: QWidget) -> list[QWidget]:
    return [
        child
        for child in widget.findChildren(QWidget)
        if child.isVisible() and child.window() is widget.window()
    ]


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    text = _text(widget)
    name = widget.objectName() or widget.__class__.__name__
    return f"{name} “{text}”" if text else name


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _clipped(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return _label_clipped(widget)
    if isinstance(widget, QAbstractButton):
        if not widget.text() or widget.text() in widget.toolTip():
            return ""
        return _short_of(widget.size(), widget.minimumSizeHint())
    if isinstance(widget, QLineEdit):
        return _line_clipped(widget)
    if isinstance(widget, QComboBox):
        return _combo_clipped(widget)
    return ""


def _label_clipped(label: QLabel) -> str:
    if not label.text():
        return ""
    if isinstance(label, ElidedLabel):
        return "" if label.text() == label.whole_text() or label.toolTip() else "no tooltip"
    if label.wordWrap():
        return _wrapped_clipped(label)
    return _short_of(label.size(), label.sizeHint())


def _wrapped_clipped(label: QLabel) -> str:
    if label.heightForWidth(label.width()) > label.height() + _SLACK:
        return f"{label.heightForWidth(label.width())} high, has {label.height()}"
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setPlainText(QLabel.text(label))
    document.setDocumentMargin(0)
    document.setTextWidth(0)  # as narrow as the longest word allows
    if document.size().width() > label.width() + _SLACK:
        return "a word is wider than its place"
    return ""


def _line_clipped(line: QLineEdit) -> str:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    place = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    text = line.displayText() or line.placeholderText()
    needs = QFontMetrics(line.font()).horizontalAdvance(text)
    room = place.width() - line.textMargins().left() - line.textMargins().right()
    if needs > room + _SLACK and line.toolTip() != line.text():
        return f"{needs} wide, has {room}"
    return ""


def _combo_clipped(combo: QComboBox) -> str:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    place = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    needs = QFontMetrics(combo.font()).horizontalAdvance(combo.currentText())
    return f"{needs} wide, has {place.width()}" if needs > place.width() + _SLACK else ""


def _short_of(has: QSize, needs: QSize) -> str:
    if needs.width() > has.width() + _SLACK:
        return f"{needs.width()} wide, has {has.width()}"
    if needs.height() > has.height() + _SLACK:
        return f"{needs.height()} high, has {has.height()}"
    return ""


def _sticks_out(widget: QWidget) -> bool:
    """Whether a text lies partly outside what its ancestors show. Contents may be scrolled, sideways only where there
    is a bar for it."""
    if not _text(widget):
        return False
    rect = widget.rect()
    child, parent = widget, widget.parentWidget()
    while parent is not None and not child.isWindow():
        rect = rect.translated(child.pos())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            fixed = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            return fixed and not -_SLACK <= rect.left() <= rect.right() < parent.width() + _SLACK
        if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(rect):
            return True
        child, parent = parent, parent.parentWidget()
    return False


def gallery(stage: DemoStage) -> None:
    """Keep a picture of each page and of each tab of a case, and say what cannot be read there."""
    faults: list[str] = []
    for name in PAGES:
        place = "station" if name == "station" else "centre"
        if name == "bank":
            _seat_clerk(stage)
        kit = stage.places[place].program.kit
        for language, scheme in LOOKS:
            kit.texts.set_language(language)
            kit.theme.set_scheme(scheme)
            look = _Appearance(stage, stage.front(place), name, f"{language}-{scheme.value}")
            look.at_pages(PAGES[name].split())
            if name == "station":
                look.at_case()
            faults += look.faults
        kit.texts.set_language(LANGUAGES[0])
        kit.theme.set_scheme(Scheme.LIGHT)
    if faults:
        raise DemoError("; ".join(faults[:5]))


def _seat_clerk(stage: DemoStage) -> None:
    """The centre's window as a clerk of the bank has it that the stop went to."""
    session = stage.session("centre")
    bank = receiver(stage.newest_order("centre").order)
    clerk = replace(session.officer, roles=(Role.BANK_CLERK,), institutions=(bank,))
    stage.places["centre"].program.open_desk(replace(session, officer=clerk))


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
            pressed = QKeySequence(key)[0]  # type: ignore[index]  # the stubs lack it
            self._driver.press(pressed.key(), pressed.keyboardModifiers())
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
