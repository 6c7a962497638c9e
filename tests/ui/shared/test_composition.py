"""Half a word of an input method is never lost, whatever the platform does when it is asked to finish."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shared.kit import composition
from desktop.ui.shared.kit.composition import Composition
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import LineEdit, TextEdit
from tests.ui.pages.window_page import compose


def _text(editor: QWidget) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
@pytest.mark.parametrize(
    ("platform", "text", "going_on"),
    [("drops", "abwang", False), ("commits", "ab王", False), ("nothing", "ab", True)],
)
def test_finishing(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[QWidget],
    platform: str,
    text: str,
    going_on: bool,
) -> None:
    editor = kind()
    qtbot.addWidget(editor)
    watched = Composition()
    watched.watch(editor)
    first = QInputMethodEvent()
    first.setCommitString("ab")
    QCoreApplication.sendEvent(editor, first)
    compose(editor, "wang")
    assert watched.going_on

    def commit() -> None:
        event = QInputMethodEvent()
        if platform == "commits":
            event.setCommitString("王")
        if platform != "nothing":
            QCoreApplication.sendEvent(editor, event)

    asked = SimpleNamespace(inputMethod=lambda: SimpleNamespace(commit=commit))
    monkeypatch.setattr(composition, "QGuiApplication", asked)
    watched.finish()
    assert (_text(editor), watched.going_on) == (text, going_on)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Qt.FocusReason.MouseFocusReason, "abwang"),
        (Qt.FocusReason.TabFocusReason, "abwang"),
        (Qt.FocusReason.PopupFocusReason, "ab"),
        (Qt.FocusReason.ActiveWindowFocusReason, "ab"),
    ],
)
def test_a_click_elsewhere_takes_no_half_word(
    qtbot: QtBot, reason: Qt.FocusReason, text: str
) -> None:
    """The list of candidates may be a window of its own: that one leaves the word half."""
    editor = QLineEdit("ab")
    qtbot.addWidget(editor)
    watched = Composition()
    watched.watch(editor)
    compose(editor, "wang")
    QCoreApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert editor.text() == text
    assert not watched.going_on


@pytest.mark.parametrize("also", [False, True], ids=["every field", "a form's too"])
@pytest.mark.parametrize("kind", [LineEdit, TextEdit])
def test_every_field_of_the_program_keeps_it(
    qtbot: QtBot, kit: Kit, kind: type[QWidget], also: bool
) -> None:
    editor = LineEdit(kit) if kind is LineEdit else TextEdit(kit, lines=2)
    qtbot.addWidget(editor)
    form = Composition(asks=True)
    if also:
        form.watch(editor)
    compose(editor, "zhao liu")
    QCoreApplication.sendEvent(editor, QInputMethodEvent())  # dropped
    reason = Qt.FocusReason.MouseFocusReason
    for leaving in (QEvent.Type.FocusAboutToChange, QEvent.Type.FocusOut):
        QCoreApplication.sendEvent(editor, QFocusEvent(leaving, reason))
    assert _text(editor) == "zhao liu"
    left = form.take_left()
    assert (left is not None) is also
    assert form.take_left() is None
