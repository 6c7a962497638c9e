"""The small parts that volumes are made of: headers of members, lines of the journal, lanes."""

from __future__ import annotations

import hashlib
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.volumes.journal_spool import spool_journal
from desktop.bundles.volumes.lanes import WorkerThread
from desktop.bundles.volumes.layout import LIMITS
from desktop.bundles.volumes.tar_format import BLOCK, END, member_header, member_size, padding
from desktop.domain.errors import TrustError

NAMES = st.from_regex(r"[a-z]{1,8}/[a-z0-9.-]{1,80}", fullmatch=True)


@given(NAMES, st.integers(0, 8**11 - 2) | st.integers(8**11 - 1, 2**60))
def test_public_tools_read_name_and_size_of_every_member(name: str, size: int) -> None:
    head = member_header(name, size)
    assert len(head) % BLOCK == 0
    assert member_size(name, size) % BLOCK == 0
    with tarfile.open(fileobj=io.BytesIO(head + END)) as archive:
        found = archive.next()
    assert found is not None
    assert (found.name, found.size) == (name, size)


@given(st.integers(0, 5000))
def test_a_member_fills_whole_blocks(size: int) -> None:
    assert member_size("a/b", size) == len(member_header("a/b", size)) + size + len(padding(size))


def test_a_name_that_fits_no_header_is_refused() -> None:
    assert member_header("a/" + "b" * 98, 1)
    with pytest.raises(ValueError, match="100 octets"):
        member_header("a/" + "b" * 99, 1)


LONG = b"x" * (LIMITS.line - 1)


@pytest.mark.parametrize("lines", [[], [b"a"], [b"a", b"bc"], [LONG, b"a"] * 17, [LONG] * 33])
def test_lines_come_back_as_they_were_however_many_there_are(lines: list[bytes]) -> None:
    """With more than fit in memory, which wait in a sealed file."""
    whole = b"".join(line + b"\n" for line in lines)
    with spool_journal(lines) as spool:
        assert b"".join(spool.blocks()) == whole
        assert b"".join(spool.blocks()) == whole, "as often as it is asked"
        assert (spool.count, spool.size) == (len(lines), len(whole))
        assert spool.sha256 == hashlib.sha256(whole).hexdigest()


@pytest.mark.parametrize("line", [b"", b"\n", b"a\nb", b"x" * (LIMITS.line + 1)])
def test_what_is_no_line_of_a_journal_gets_into_no_volume(line: bytes) -> None:
    with pytest.raises(ValueError, match="one line"), spool_journal([b"a", line]):
        pass


def test_what_fails_in_a_lane_comes_out_and_ends_its_work() -> None:
    done: list[int] = []

    def work(item: int) -> None:
        if item == 2:
            raise TrustError("bundle.damaged")
        done.append(item)

    lane = WorkerThread(work)
    try:
        lane.put(1)
        lane.settle()
        lane.put(2)
        with pytest.raises(TrustError, match=r"^bundle\.damaged$"):
            lane.settle()
        with pytest.raises(TrustError, match=r"^bundle\.damaged$"):
            lane.put(3)
    finally:
        lane.stop()
    lane.stop()
    assert done == [1]
