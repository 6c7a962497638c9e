"""Guided filming at the window: folder chosen, photographs mapped by key, taken in, contact sheet begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.filming import filmed
from desktop.services.cases.register_report import register_report
from desktop.services.look_up import case_evidence
from desktop.ui.evidence.build import evidence_pane
from desktop.ui.evidence.filming_dialog import FilmingDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.inspection import clipped_texts, overlaps
from tests.support.desks import a_form, take_seat
from tests.ui.evidence.fakes import fake_decoders
from tests.ui.evidence.passwords import known_password
from tests.ui.evidence.pictures import picture
from tests.ui.pages.evidence import EvidencePage

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_folder_of_photographs_becomes_numbered_evidence(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.desk, a_form(seat.desk)).case
    photos = tmp_path / "photos"
    photos.mkdir()
    for n in range(4):
        (photos / f"IMG_{n}.png").write_bytes(picture(20 + n, 40))
    pane = evidence_pane(kit, seat.desk, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    pane.setFocus()
    page.press(Qt.Key.Key_F, CTRL_SHIFT)
    dialog = page.dialog("filming_dialog")
    assert isinstance(dialog.widget, FilmingDialog)
    assert "还缺" in dialog.text("filming_missing")
    assert "再选这个文件夹" in dialog.text("filming_count")
    assert not dialog.find("filming_accept").isEnabled()
    dialog.widget.folder_wanted.emit(tmp_path)  # an empty choice is told in the dialog
    qtbot.waitUntil(dialog.widget.isActiveWindow)
    QTest.keyClick(dialog.widget.shot_table, Qt.Key.Key_O, CTRL)
    chooser = page.chooser()
    chooser.filesSelected.emit([str(photos)])
    chooser.reject()
    assert dialog.text("filming_count") == "4 张照片"
    table = dialog.widget.photo_table
    table.select_key(2)
    QTest.keyClick(table, Qt.Key.Key_Left)
    dialog.widget.activateWindow()
    qtbot.waitUntil(dialog.widget.isActiveWindow)
    QTest.keyClick(table, Qt.Key.Key_Return, CTRL)
    items = filmed(case_evidence(seat.desk, case))
    shots = [item.record.shot for item in items]
    assert [shot.partition(".")[2] for shot in shots] == ["phone", "own", "own", "profile"]
    assert [item.record.frame for item in items] == [1, 2, 3, 4]
    assert {item.record.holder for item in items} == {"李秀兰"}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_dialog_fits(
    kit: Kit, qtbot: QtBot, tmp_path: Path, language: str, scheme: Scheme
) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.desk, a_form(seat.desk)).case
    kit.words.set_language(language)
    kit.theme.set_scheme(scheme)
    pane = evidence_pane(kit, seat.desk, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    pane.setFocus()
    page.press(Qt.Key.Key_F, CTRL_SHIFT)
    dialog = page.dialog("filming_dialog")
    assert isinstance(dialog.widget, FilmingDialog)
    dialog.widget.show_photos(tuple(Path(f"IMG_20261124_1013{n:02d}.jpg") for n in range(12)))
    page.qtbot.waitUntil(lambda: clipped_texts(dialog.widget) + overlaps(dialog.widget) == [])
    assert dialog.widget.height() <= 768
    QTest.keyClick(dialog.widget, Qt.Key.Key_Escape)
