"""Files are read beside the desk: within a time, and whatever becomes of the source."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from desktop.domain.errors import Cancelled, TrustError
from desktop.domain.progress import SILENT
from desktop.readers.contents.contents_reader import MOST_OCTETS, ContentsReader
from desktop.readers.contents.look import look
from desktop.services.ports.reading.contents import Unread
from tests.readers.contents.test_chats import QQ
from tests.support.made_apk import certificate, made_apk


@pytest.fixture(scope="module")
def reader() -> Iterator[ContentsReader]:
    made = ContentsReader()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("客服.txt", QQ.encode()),
        ("a.apk", made_apk(certificate())),
        ("a.csv", "单号,金额\n1,2\n".encode()),
        ("a.bin", bytes(range(256))),
    ],
)
def test_what_comes_back_is_what_is_there(reader: ContentsReader, name: str, data: bytes) -> None:
    assert reader.read(name, io.BytesIO(data), len(data), SILENT) == look(name, data)


class Broken:
    """Gives a little and fails."""

    def __init__(self, error: Exception) -> None:
        self._left = 1
        self._error = error

    def read(self, size: int, /) -> bytes:
        if not self._left:
            raise self._error
        self._left -= 1
        return b"x" * 10


@pytest.mark.parametrize("error", [TrustError("vault.damaged"), Cancelled()])
def test_a_source_that_fails_leaves_the_reader_ready(
    reader: ContentsReader, error: Exception
) -> None:
    with pytest.raises(type(error)):
        reader.read("a.txt", Broken(error), 100, SILENT)
    assert reader.read("a.txt", io.BytesIO(b"text"), 4, SILENT) == look("a.txt", b"text")


def test_a_source_shorter_than_it_says_is_damaged(reader: ContentsReader) -> None:
    assert reader.read("a.txt", io.BytesIO(b"text"), 100, SILENT) == Unread("damaged")


class Endless:
    """A very large file of one letter."""

    given = 0

    def read(self, size: int, /) -> bytes:
        self.given += size
        return b"a" * size


def test_of_a_huge_file_only_the_beginning_is_read(reader: ContentsReader) -> None:
    source = Endless()
    found = reader.read("a.txt", source, 10 << 30, SILENT)
    assert not isinstance(found, Unread)
    assert found.cut
    assert source.given < MOST_OCTETS


def test_reading_ends_when_it_takes_too_long() -> None:
    hasty = ContentsReader(seconds=0.001)
    assert hasty.read("a.txt", io.BytesIO(b"text"), 4, SILENT) == Unread("too_slow")
    hasty.close()
