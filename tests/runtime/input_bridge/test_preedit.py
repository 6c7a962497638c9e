"""Half a word from octets to characters, for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.runtime.input_bridge.context import read_preedit

_PIECES = st.lists(
    st.tuples(st.text("azÜ赵六𠮷", max_size=4), st.sampled_from([0, 8, 16, 24, 32])), max_size=5
)


@given(_PIECES, st.data())
def test_the_cursor_stands_before_the_same_character(
    pieces: list[tuple[str, int]], data: st.DataObject
) -> None:
    text = "".join(piece for piece, _ in pieces)
    place = data.draw(st.integers(0, len(text)))
    preedit = read_preedit(pieces, len(text[:place].encode()))
    assert (preedit.text, preedit.cursor) == (text, place)


@given(_PIECES, st.integers(-3, 60))
def test_no_cursor_is_outside_and_the_spans_cover_the_text(
    pieces: list[tuple[str, int]], cursor: int
) -> None:
    preedit = read_preedit(pieces, cursor)
    assert 0 <= preedit.cursor <= len(preedit.text)
    covered = [place for span in preedit.spans for place in range(span.start, span.end)]
    assert covered == list(range(len(preedit.text)))


def test_what_is_not_to_stay_is_said() -> None:
    assert read_preedit([("赵", 0)], 0).committed
    assert not read_preedit([("hint", 32)], 0).committed
    assert read_preedit([], 0).committed
