"""Ctrl+Shift+V on the page of a case: what is new becomes a supplement; what stands is not touched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.cases.supplement import SupplementText
from desktop.domain.errors import UserInputError
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from tests.ui.case import samples
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


def test_what_is_new_becomes_a_supplement_with_the_text(bench: Bench) -> None:
    press(opened(bench), Qt.Key.Key_Return)
    name, case, typed = bench.done()[-1]
    assert (name, case) == ("supplement", samples.CASE)
    assert isinstance(typed, SupplementText)
    assert typed.text == TEXT
    (transfer,) = typed.transfers
    assert (transfer.amount, transfer.payee_name) == ("32,000.00", "王海涛")
    assert dict(transfer.certainty)["amount"] == "told"
    assert typed.leads == (("wechat", "wxid_abc123def"),)


def test_a_refused_one_stays_open(bench: Bench) -> None:
    dialog = opened(bench)
    bench.port.errors = [UserInputError("supplement.future")]
    press(dialog, Qt.Key.Key_Return)
    bench.runner.run_all()
    assert dialog.isVisible()
    assert dialog.text == TEXT
