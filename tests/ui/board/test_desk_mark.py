"""The board says whose a case is, and shows only ours, or what is offered to us."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.cases.case_holder import CaseHolder, HolderNote
from desktop.ui.board.board_filter import BoardFilter, Desks, passing
from desktop.ui.board.board_item import BoardItem, board_items
from desktop.ui.board.board_screen import BoardScreen
from desktop.ui.board.card_texts import CardTexts
from desktop.ui.board.desk_mark import desk_mark
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.ui.board import samples
from tests.ui.board.conftest import HEIGHT, WIDTH, FakeWindow, HeldWork
from tests.ui.pages.board import BoardPage

A, B = "AAAA", "BBBB"
THEIRS = CaseHolder(B, "B", "620177", samples.NOW, "换班", former="A")
TO_US = CaseHolder(
    B, "B", "620177", samples.NOW, offer=HolderNote(A, "A", "620177", samples.NOW, "下班")
)
TO_B = CaseHolder(
    A, "A", samples.ME, samples.NOW, offer=HolderNote(B, "B", samples.ME, samples.NOW, "x")
)
CHARGES = {"马强": THEIRS, "何平": TO_US, "周卫东": TO_B}


def marked(items: tuple[BoardItem, ...]) -> tuple[BoardItem, ...]:
    """The sample cases, those of desk B as such, three of them on their way between desks."""

    def of(item: BoardItem) -> BoardItem:
        if item.card is None:
            return item
        home = B if "-B-" in item.number else A
        return replace(item, card=replace(item.card, home=home, holder=CHARGES.get(item.victim)))

    return tuple(map(of, items))


ITEMS = marked(samples.items())


def of(victim: str) -> BoardItem:
    return next(item for item in ITEMS if item.victim == victim)


@pytest.mark.parametrize(
    ("victim", "own", "chip", "mark_tip"),
    [
        ("马强", A, "B 机", "由 B 机办理"),
        ("欧阳文静", A, "B 机", "由 B 机办理"),
        ("何平", A, "B 机移交", "B 机移交给本机，待接收"),
        ("周卫东", A, "→ B 机", "已提请移交 B 机，待接收"),
        ("马强", B, "", ""),
        ("马强", "", "B 机", "由 B 机办理"),
        ("欧阳文静", "", "", ""),
        ("李秀兰", A, "", ""),
    ],
)
def test_the_mark_says_whose_it_is(
    kit: Kit, victim: str, own: str, chip: str, mark_tip: str
) -> None:
    mark = desk_mark(kit, of(victim), own)
    assert (mark.chip if mark else "", mark.tip if mark else "") == (chip, mark_tip)
    rules = replace(samples.RULES, own=own)
    assert mark_tip in CardTexts(kit, rules)(of(victim))


def shown(**wanted: object) -> set[str]:
    filters = BoardFilter(own=A, **wanted)  # type: ignore[arg-type]  # fields of the filter
    return {item.victim for item in passing(ITEMS, filters, samples.NOW, samples.type_name)}


def test_only_ours_or_only_what_waits_for_us() -> None:
    everybody = shown()
    assert shown(desks=Desks.WAITING) == {"何平"}
    ours = shown(desks=Desks.OWN)
    assert everybody - ours == {item.victim for item in ITEMS if item.card and item.card.desk == B}


def test_mine_is_whose_case_i_have_now() -> None:
    cards = tuple(item.card for item in ITEMS if item.card)
    items = {item.victim: item.officer for item in board_items(cards, ())}
    assert (items["马强"], items["李秀兰"]) == ("620177", samples.ME)


def test_the_choice_of_desks_is_there_where_the_station_has_several(kit: Kit, qtbot: QtBot) -> None:
    runner = HeldRunner()
    work = HeldWork(samples.items())
    rules = replace(samples.RULES, own=A)
    screen = BoardScreen(replace(kit, runner=runner), work, FakeWindow(), rules)
    qtbot.addWidget(screen)
    page = BoardPage(qtbot, screen)
    page.show(WIDTH, HEIGHT)
    screen.opened()
    runner.run_all()
    assert not screen.filters.desks.isVisible()
    work.items = ITEMS
    screen.reload()
    runner.run_all()
    assert screen.filters.desks.isVisible()
    screen.filters.desks.setCurrentIndex(list(Desks).index(Desks.WAITING))
    assert page.column("stopping") == ["何平"]
    screen.filters.clear()
    assert "马强" in page.column("new")
