"""Minutes as people say them."""

from __future__ import annotations

import pytest

from desktop.domain.time.rough_span import rough_span


@pytest.mark.parametrize(
    ("minutes", "span"),
    [
        (11, ("minutes", 11)),
        (119, ("minutes", 119)),
        (120, ("hours", 2)),
        (47 * 60 + 59, ("hours", 47)),
        (48 * 60, ("days", 2)),
        (400 * 24 * 60, ("days", 400)),
        (10_512_000, ("years", 20)),
    ],
)
def test_the_unit_grows_with_the_span(minutes: int, span: tuple[str, int]) -> None:
    assert rough_span(minutes) == span
