"""Where the parts of a card stand."""

from __future__ import annotations

import pytest

from desktop.ui.board.card_metrics import CardMetrics
from desktop.ui.shared.kit.kit import Kit


@pytest.mark.parametrize("width", [110, 145, 190, 300])
def test_the_number_ends_where_the_note_begins(kit: Kit, width: int) -> None:
    metrics = CardMetrics(kit.theme)
    row = metrics.rows(width)[3]
    note = "Draft open"
    place = metrics.number_place(row, note)
    assert place.right() - place.left() >= 0
    assert place.right() <= max(row.right() - metrics.small.width(note), row.left())
    assert metrics.number_place(row, "") == row
