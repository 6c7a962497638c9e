"""Ctrl+Shift+V on the page of a case: what is new becomes a supplement; what stands is not touched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import UserInputError
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from tests.ui.case.conftest import Bench

TEXT = "今天 10:20 又转了3.2万给王海涛，微信 wxid_abc123def"
_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[None]:
    QGuiApplication.clipboard().setText(TEXT)
    yield
    QGuiApplication.clipboard().clear()


def opened(bench: Bench) -> PasteDialog:
    bench.page.press(Qt.Key.Key_V, _BOTH)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PasteDialog)
    bench.runner.run_all()
    bench.page.qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.offers
    return dialog


def press(dialog: PasteDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, key, _CONTROL)


def test_what_is_new_becomes_a_supplement_with_the_text(desk: Bench) -> None:
    press(opened(desk), Qt.Key.Key_Return)
    file = desk.file()
    (told,) = file.supplements
    assert told.text == TEXT
    (transfer,) = (item for item in file.transfers if item.id in told.transfers)
    assert (transfer.amount_fen, transfer.payee.name) == (3_200_000, "王海涛")
    assert transfer.certainty["amount"] == "told"
    assert [(lead.kind, lead.value) for lead in file.identifiers] == [("wechat", "wxid_abc123def")]


def test_a_refused_one_stays_open(desk: Bench) -> None:
    dialog = opened(desk)
    desk.note("case.actions.case_works.add_supplement", UserInputError("supplement.future"))
    press(dialog, Qt.Key.Key_Return)
    assert desk.file().supplements == ()
    assert dialog.isVisible()
    assert dialog.text == TEXT
