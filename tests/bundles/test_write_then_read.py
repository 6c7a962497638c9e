"""Writing is the first half of the work, reading back the second, whatever is counted in either."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.volumes.write_then_read_progress import WriteThenReadProgress


class Shares:
    """What a person is shown, as shares of the whole."""

    def __init__(self) -> None:
        self.seen: list[float] = []

    def advance(self, done: int, total: int) -> None:
        self.seen.append(done / total)

    def check(self) -> None:
        """Nobody asked to stop."""


@given(st.integers(0, 50), st.integers(1, 50), st.data())
def test_it_never_goes_back_and_ends_at_the_whole(
    size: int, read: int, data: st.DataObject
) -> None:
    """Even where less is written than was said, or more is read than was written."""
    shares = Shares()
    progress = WriteThenReadProgress(shares, size)
    for done in sorted(data.draw(st.lists(st.integers(0, size)))):
        progress.wrote(done)
    progress.wrote(size)
    assert size == 0 or shares.seen[-1] == 0.5
    progress.turn()
    for done in sorted(data.draw(st.lists(st.integers(0, read)))):
        progress.advance(done, read)
    progress.advance(read, read)
    assert shares.seen == sorted(shares.seen)
    assert shares.seen[-1] == 1
