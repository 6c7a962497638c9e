"""Where the parts of a card stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.law.deadlines import AT_ZERO, Deadline
from desktop.ui.board.board_item import board_items
from desktop.ui.board.card_note import card_note
from desktop.ui.board.card_painter import CardMetrics
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.texts.measured_time import whole_span_text
from tests.ui.board import samples


@pytest.mark.parametrize(("width", "below"), [(107, True), (150, False), (190, False)])
def test_a_clock_never_cuts_the_name(kit: Kit, width: int, *, below: bool) -> None:
    metrics = CardMetrics(kit.theme)
    top, kind, _, _ = metrics.rows(width)
    place = metrics.chip_rect(width, "11:28", "李秀兰")
    assert metrics.chip_row(width) == (kind if below else top)
    assert metrics.chip_row(width).contains(place)
    assert place.width() == metrics.chip_width("11:28"), "whole"
    room = top.width() - (0 if below else place.width() + metrics.gap)
    assert room >= metrics.name.width("李秀兰")


@pytest.mark.parametrize("width", [110, 145, 190, 300])
def test_the_number_is_whole_and_the_note_has_what_it_leaves(kit: Kit, width: int) -> None:
    metrics = CardMetrics(kit.theme)
    row = metrics.rows(width)[3]
    number = "1124-A-0017 +2"
    place = metrics.note_place(row, number)
    assert place.width() >= 0
    assert place.left() >= min(row.left() + metrics.number.width(number), row.right())
    assert place.right() == row.right()


@pytest.mark.parametrize("seconds", [90, 20 * 3600 + 2749, 17 * 86_400])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_stop_that_ended_leaves_room_for_a_name(kit: Kit, language: str, seconds: int) -> None:
    kit.texts.set_language(language)
    metrics = CardMetrics(kit.theme)
    time = whole_span_text(kit.texts, seconds)
    chip = metrics.chip_rect(182, kit.texts.text("board.chip.overdue", time=time), "邓刚育")
    assert chip.left() - metrics.gap - metrics.padding >= metrics.name.width("邓刚育")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_wants_doing_is_named_whole_beside_the_number(kit: Kit, language: str) -> None:
    """Each clock there is, on a card of the narrowest screen."""
    kit.texts.set_language(language)
    metrics, (item,) = (
        CardMetrics(kit.theme),
        board_items((samples.card("1124-A-0017", "李秀兰", "", 0, "new"),), ()),
    )
    room = metrics.note_place(metrics.rows(182)[3], "1124-A-0017").width()
    notes = [
        card_note(kit, replace(item, clock=Deadline(name, samples.NOW, "", samples.NOW)), late=True, short=True)[0]
        for name in AT_ZERO
    ]  # fmt: skip
    others = ("late_task", "conflicts", "at_odds", "unconfirmed", "unfinished", "tasks")
    notes += [kit.texts.text(f"board.card.{name}", count=3) for name in others]
    assert [note for note in notes if metrics.small.width(note) > room] == []
