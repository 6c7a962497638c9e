"""A unit's own forms in the settings: what changed in their originals is shown and decided place by place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.profile.bound_folder import ProfileFolder
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.text.three_way import Place, merged, three_way
from desktop.runtime.files.paths import ProfilePaths
from desktop.services.bound.approve_file import approve_file
from desktop.services.bound.compare_originals import own_form, take_originals
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.bound_files.own_forms import ComparedLabel, OriginalsDialog, OwnFormsCard, PlaceCard
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.support.fake_papers import FakePapers
from tests.support.sessions import Seat
from tests.support.texts import zh
from tests.ui.pages.window_page import WindowPage

TEMPLATE = "forms/receipt.typ"
THEN = "标题\n正文\n查询方式\n一式两份\n结尾\n"
NOW = "标题\n正文\n查询方式：<96110>\n一式三份\n结尾\n"
OWN = "标题（本所）\n正文\n查询方式\n一式五份\n结尾\n"


class Originals(FakePapers):
    """Papers whose shipped template a later version words otherwise."""

    shipped = THEN

    def based_on(self, name: str, text: str, former: str | None, former_original: str) -> str:
        return self.shipped if former is None else former_original

    def places(self, name: str, text: str, original: str) -> tuple[Place, ...]:
        return three_way(original or None, self.shipped, text)

    def with_taken(self, name: str, text: str, original: str, taken: Collection[int]) -> str:
        return merged(self.places(name, text, original), taken)


class Shown:
    """The card in a window, and the test pages it opened."""

    def __init__(self, kit: Kit, qtbot: QtBot, seat: Seat, root: Path) -> None:
        self.papers = Originals()
        self.session: Session = replace(
            seat.session, own_forms=self.papers, papers=self.papers,
            bound=ProfileFolder(ProfilePaths(root)),
        )  # fmt: skip
        self.kit, self.host = kit, QWidget()
        qtbot.addWidget(self.host)
        self.page = WindowPage(qtbot, self.host)
        self.seen: list[DialogFrame] = []

    def open(self, session: Session | None = None) -> OwnFormsCard:
        card = OwnFormsCard(self.kit, session or self.session, self.host, self.show_page)
        column = self.host.layout() or QVBoxLayout(self.host)
        column.addWidget(card)
        self.page.show()
        return card

    def show_page(self, parent: QWidget, pdf: Pdf, title: str) -> QDialog:
        paper = DialogFrame(self.kit, parent, "paper.title")
        self.seen.append(paper)
        paper.open()
        return paper

    def text(self) -> str:
        form = own_form(self.session, TEMPLATE)
        assert form.text is not None
        return form.text


@pytest.fixture
def without(kit: Kit, qtbot: QtBot, seat: Seat, quick_folder: Path) -> Shown:
    root = quick_folder / "profile"
    root.mkdir()
    return Shown(kit, qtbot, seat, root)


@pytest.fixture
def shown(without: Shown) -> Shown:
    approve_file(without.session, TEMPLATE, OWN)
    without.papers.shipped = NOW
    return without


def button(place: QWidget, name: str) -> QPushButton:
    found = place.findChild(QWidget, name)
    assert isinstance(found, QPushButton)
    return found


def dialog_of(card: OwnFormsCard, host: QWidget) -> OriginalsDialog:
    button(card, "own_form_compare_0").click()
    (dialog,) = host.findChildren(OriginalsDialog)
    return dialog


def test_a_unit_without_own_forms_is_told_so(without: Shown) -> None:
    card = without.open()
    told = [label.text() for label in card.findChildren(QLabel)]
    assert zh("bound_files.own.none") in told
    assert card.findChildren(QPushButton, "own_form_compare_0") == []


def test_three_columns_stand_side_by_side_and_each_place_is_chosen(shown: Shown) -> None:
    card = shown.open()
    dialog = dialog_of(card, shown.host)
    told = [label.text() for label in dialog.findChildren(QLabel)]
    for column in ("then", "now", "own"):
        assert told.count(zh(f"bound_files.own.{column}")) == len(dialog.cards)
    for version in ("查询方式：<96110>", "一式五份", "一式三份", "一式两份"):
        assert any(version in text for text in told)
    assert "结尾" not in told
    (choice,) = [item.choice for item in dialog.cards.values()]
    assert choice is not None
    assert choice.value() == "keep", "where both changed, the unit's own is offered first"
    choice.set_value("take")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert shown.text() == OWN, "looking at the test page decides nothing"
    (paper,) = shown.seen
    paper.reject()
    question = shown.page.dialog("confirm_dialog")
    question.click("confirm_accept")
    assert shown.text() == "标题（本所）\n正文\n查询方式：<96110>\n一式三份\n结尾\n"
    assert not dialog.isVisible()
    assert card.findChildren(QPushButton, "own_form_compare_0") == []
    button(card, "own_form_back_0").click()
    shown.page.dialog("confirm_dialog").click("confirm_accept")
    assert shown.text() == OWN
    assert card.findChildren(QPushButton, "own_form_compare_0")


def test_what_differs_is_legible_in_the_other_light_too(shown: Shown, kit: Kit) -> None:
    card = shown.open()
    dialog = dialog_of(card, shown.host)
    kit.theme.set_scheme(Scheme.DARK)
    ground = kit.theme.color("amber_soft").name()
    marked = [label for label in dialog.findChildren(ComparedLabel) if "<b " in QLabel.text(label)]
    assert marked
    assert [QLabel.text(label) for label in marked if ground not in QLabel.text(label)] == []


def test_what_the_original_of_today_leaves_out_is_struck_through_in_the_one_before(
    kit: Kit, qtbot: QtBot
) -> None:
    place = Place("（受案单位印章）", "（单位印章）", "（受案单位印章）")
    card = PlaceCard(kit, "章", place, 1, decides=False)
    qtbot.addWidget(card)
    then, now, own = (QLabel.text(label) for label in card.findChildren(ComparedLabel))
    assert "受案</s>" in then
    assert [text for text in (now, own) if "<s" in text or "<b" in text] == []


def test_escape_and_a_second_thought_decide_nothing(shown: Shown) -> None:
    card = shown.open()
    dialog = dialog_of(card, shown.host)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    shown.seen[0].reject()
    shown.page.dialog("confirm_dialog").click("confirm_cancel")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(own_form(shown.session, TEMPLATE).open) == 1


def test_what_changed_meanwhile_is_told_and_not_decided(shown: Shown) -> None:
    dialog = dialog_of(shown.open(), shown.host)
    form = own_form(shown.session, TEMPLATE)
    take_originals(shown.session, TEMPLATE, form.open, form.comparison)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert shown.seen == []
    assert dialog.banner.isVisible()
    assert dialog.banner.message.text() == zh("errors.bound.moved_on.what", file=TEMPLATE)


def test_who_may_not_decide_sees_and_closes(shown: Shown) -> None:
    front_desk = Officer("620177", "马晓梅", (Role.FRONT_DESK,))
    card = shown.open(replace(shown.session, officer=front_desk))
    dialog = dialog_of(card, shown.host)
    assert [item.choice for item in dialog.cards.values()] == [None]
    assert dialog.findChild(QWidget, "originals_decide") is None
    assert card.findChild(QWidget, "own_form_back_0") is None
