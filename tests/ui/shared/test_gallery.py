"""Every control on one page: nothing clipped, nothing overlapping, all named, focus in sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.scroll import BareScroll
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.pages.step_list import ListStep, StepList
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label
from tests.ui.pages.looks import LOOKS
from tests.ui.shared.gallery import gallery, sample_model, sample_orders, with_gallery_words

_WIDTH, _HEIGHT = 1366 - 72, 768 - 48 - 28
"""What the rail and the bars leave of the smallest screen."""


@pytest.fixture
def sample_kit(kit: Kit) -> Kit:
    return replace(kit, texts=Translator(with_gallery_words))


def _shown(kit: Kit, qtbot: QtBot) -> Page:
    page = gallery(kit)
    qtbot.addWidget(page)
    page.resize(_WIDTH, _HEIGHT)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_all_fits_on_the_smallest_screen(
    sample_kit: Kit, qtbot: QtBot, language: str, scheme: Scheme
) -> None:
    sample_kit.texts.set_language(language)
    sample_kit.theme.set_scheme(scheme)
    page = _shown(sample_kit, qtbot)
    assert (page.width(), page.height()) == (_WIDTH, _HEIGHT)
    assert clipped_texts(page) == []
    assert overlaps(page) == []


def test_a_live_switch_leaves_no_word_behind(sample_kit: Kit, qtbot: QtBot) -> None:
    page = _shown(sample_kit, qtbot)
    sample_kit.texts.set_language("en")
    again = _shown(sample_kit, qtbot)
    switched, fresh = (
        [label.text() for label in one.findChildren(QLabel)] for one in (page, again)
    )
    assert switched == fresh
    qtbot.waitUntil(lambda: clipped_texts(page) == [])


def _focusable(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def _left_to_arrows(control: QWidget) -> bool:
    """Tab enters a switch at its choice only; the arrow keys move inside it."""
    group = control.group() if isinstance(control, Button) else None
    return group is not None and group.checkedButton() is not control


def _picture(widget: QWidget) -> QImage:
    return widget.window().grab().toImage()


def test_the_focus_is_seen_on_every_control_and_each_has_a_name(
    sample_kit: Kit, qtbot: QtBot
) -> None:
    page = _shown(sample_kit, qtbot)
    controls = _focusable(page)
    assert len(controls) > 15
    rest = page
    rest.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for control in controls:
        rest.setFocus()
        before = _picture(control)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(control, QLineEdit):
            control.deselect()
        assert _picture(control) != before, control
        assert control.accessibleName() or control.objectName() == "orders", control


def test_tab_reaches_every_control_and_returns(sample_kit: Kit, qtbot: QtBot) -> None:
    page = _shown(sample_kit, qtbot)
    wanted = {control for control in _focusable(page) if not _left_to_arrows(control)}
    first = next(iter(wanted))
    first.setFocus()
    reached = set()
    for _ in range(len(wanted) + 5):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert wanted <= reached


def test_the_sample_model_is_sound(sample_kit: Kit) -> None:
    model = sample_model(sample_kit)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(sample_orders())
    model.set_rows(sample_orders()[1:])


def test_the_inspection_finds_what_an_eye_would(kit: Kit, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(400, 200)
    label, wrapped = Label(kit), Label(kit, wrap=True)
    button = Button(kit, "shared.save", name="narrow")
    line = QLineEdit("a text that is much too long")
    combo = QComboBox()
    combo.addItem("another text that is too long")
    label.set_text("a text that is too long")
    wrapped.set_text("several words that need several lines")
    for place, widget in enumerate((label, wrapped, button, line, combo)):
        widget.setParent(page)
        widget.setFixedWidth(30)
        widget.setFixedHeight(20)
        widget.move(0, place * 25)
    page.show()
    found = clipped_texts(page)
    assert len(found) == 5, found
    assert overlaps(page) == []
    combo.move(10, line.y())
    assert len(overlaps(page)) == 1
    combo.setProperty("floating", True)
    assert overlaps(page) == []
    outside = Label(kit)
    outside.setParent(page)
    outside.set_text("x")
    outside.setGeometry(395, 150, 30, 20)
    outside.show()
    assert any("reaches out" in line for line in clipped_texts(page))


def test_a_shortened_label_has_the_whole_in_its_tip(kit: Kit, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    label = ElidedLabel(kit)
    row.addWidget(label)
    label.set_text("兰州市公安局城关分局张掖路派出所")
    page.resize(120, 40)
    page.show()
    assert label.text() != label.whole_text()
    assert label.toolTip() == label.whole_text()
    assert clipped_texts(page) == []
    page.resize(600, 40)
    qtbot.waitUntil(lambda: label.text() == label.whole_text())
    assert label.toolTip() == ""


def test_steps_and_switches_by_keys(kit: Kit, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    steps = StepList(
        kit,
        [ListStep(name, "shared.save", "shared.cancel") for name in ("one", "two", "three")],
    )
    options = [Option(name, text=name) for name in ("a", "b", "c")]
    switch = Segmented(kit, options, "switch")
    row.addWidget(steps)
    row.addWidget(switch)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    first = page.findChild(QWidget, "step_one")
    assert isinstance(first, QWidget)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    with qtbot.waitSignal(steps.chosen) as told:
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Down)
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Return)
    assert told.args == [1]
    switch.chosen_button().setFocus()
    with qtbot.waitSignal(switch.chosen) as told:
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Left)
    assert told.args == ["c"]
    switch.set_value("b")
    assert switch.value() == "b"


def test_what_cannot_be_scrolled_to_the_side_is_noticed(kit: Kit, qtbot: QtBot) -> None:
    contents = QWidget()
    label = Label(kit)
    label.setParent(contents)
    label.set_text("x")
    label.setGeometry(90, 500, 30, 20)
    scroll = BareScroll(kit, contents)
    qtbot.addWidget(scroll)
    contents.setMinimumSize(200, 600)
    scroll.resize(100, 100)
    scroll.show()
    assert clipped_texts(scroll) == []
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    assert len(clipped_texts(scroll)) == 1
    label.move(10, 500)
    assert clipped_texts(scroll) == []
