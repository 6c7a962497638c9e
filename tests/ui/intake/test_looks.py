"""Both languages, both themes: nothing clipped, nothing overlaid, nothing lost at a switch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.ids import CaseId
from desktop.ui.shared.kit.theme import Scheme
from tests.support.sessions import Seat
from tests.ui.intake.conftest import MakePage
from tests.ui.intake.samples import other_cases
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.looks import each_look
from tests.ui.pages.words import words_in

STEPS = ("money", "reporter", "story", "identifiers", "evidence", "papers")
ENDS = ("result", "registered")


@pytest.fixture
def rich(filled: IntakePage, seat: Seat) -> Iterator[IntakePage]:
    """A full report whose payee account three other cases know."""
    other_cases(seat.session, seat.clock)
    filled.screen.pages.same.found.emit()
    yield filled
    filled.screen.kit.theme.set_scheme(Scheme.LIGHT)


def _go(page: IntakePage, place: str) -> None:
    if place == "result":
        page.stop().stop()
    elif place == "registered":
        page.go_to(6).register()
    else:
        page.go_to(STEPS.index(place) + 1)


def _fits(page: IntakePage, widget: QWidget) -> None:
    """Once what a switch set in motion has come to rest."""
    page.window.qtbot.waitUntil(lambda: not clipped_texts(widget) + overlaps(widget), timeout=1000)


@pytest.mark.parametrize("places", [STEPS, *((end,) for end in ENDS)], ids="-".join)
def test_each_page_fits_in_both_languages_and_themes(
    rich: IntakePage, places: tuple[str, ...]
) -> None:
    _go(rich, places[0])
    for _ in each_look(rich.screen.kit):
        for place in places:
            if place in STEPS:
                _go(rich, place)
            _fits(rich, rich.screen)


def test_a_switch_of_the_language_keeps_every_text(filled: IntakePage) -> None:
    filled.focus("transfers.0.amount")
    before = filled.form
    texts = filled.screen.kit.texts
    texts.set_language("en")
    assert filled.form == before
    assert filled.field("victim.name").value() == "李秀兰"
    assert filled.field("transfers.0.channel").value() == "mobile_bank"
    assert filled.hint("transfers.0.time").endswith("ago")
    assert filled.focused_path() == "transfers.0.amount"
    texts.set_language("zh_CN")
    assert filled.form == before


def test_a_switch_of_the_language_leaves_no_word_behind(
    filled: IntakePage, make_page: MakePage, seat: Seat
) -> None:
    """A page that was open says what one says that is opened in the other language."""
    other_cases(seat.session, seat.clock)
    texts, form = filled.screen.kit.texts, CaseId(filled.form.case_id)
    filled.screen.resume(form)
    switched = {}
    for step in STEPS:
        _go(filled, step)
        texts.set_language("en")
        switched[step] = words_in(filled.screen)
        texts.set_language("zh_CN")
    filled.screen.flush()
    texts.set_language("en")
    opened = make_page()
    opened.screen.resume(form)
    for step in STEPS:
        _go(opened, step)
        assert switched[step] == words_in(opened.screen), step


def test_the_check_and_the_slip_fit(rich: IntakePage, centre: Seat) -> None:
    kit = rich.screen.kit
    rich.stop()
    for language in ("en", "zh_CN"):
        kit.texts.set_language(language)
        _fits(rich, rich.dialog("stop_dialog").widget)
    rich.stop()
    order = rich.screen.pages.record.orders[0].order
    rich.window.click(f"order_slip_{order.number}")
    slip = rich.dialog("slip_view").widget
    _fits(rich, slip)
    layout, host = slip.layout(), rich.screen.window()
    item = layout.itemAt(0) if layout is not None else None
    panel = item.widget() if item is not None else None
    assert panel is not None
    margin = 2 * kit.theme.space("space_xl")
    assert panel.size() == host.size() - QSize(margin, margin), "a camera wants the code large"
    rich.press(Qt.Key.Key_Escape)
    assert not rich.has_dialog("slip_view")


@pytest.mark.parametrize("places", [STEPS, *((end,) for end in ENDS)], ids="-".join)
def test_a_screen_enlarged_to_125_per_cent_has_room_for_the_form(
    rich: IntakePage, places: tuple[str, ...]
) -> None:
    rich.show(1020, 538)  # what 1366 by 768 leaves to the page then
    kit = rich.screen.kit
    for place in places:
        _go(rich, place)
        for language in ("en", "zh_CN"):
            kit.texts.set_language(language)
            _fits(rich, rich.screen)
            assert (rich.screen.width(), rich.screen.height()) == (1020, 538)
