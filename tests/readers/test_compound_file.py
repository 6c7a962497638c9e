"""Compound files that promise more than they hold are refused before a library believes them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import UserInputError, WorldError
from desktop.readers.compound_file import SIGNATURE, CompoundDamaged, check_compound
from desktop.readers.contents.look import look
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.decoding.decoder import Decoder
from desktop.readers.decoding.workbook import workbook_rows
from desktop.runtime.processes.helper_process import HelperProcess

SAMPLES = Path(__file__).parent / "statements" / "samples"
BOOKS = [path for path in sorted(SAMPLES.glob("*.xls")) if path.read_bytes().startswith(SIGNATURE)]
FAR = 0xFFFFFFF0
"""A sector two terabytes away."""


def book() -> bytes:
    return BOOKS[0].read_bytes()


def with_number(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def sector(number: int) -> int:
    return 512 * (number + 1)


def first_table(data: bytes) -> int:
    return sector(struct.unpack_from("<I", data, 76)[0])


def entry_of_book(data: bytes) -> int:
    return data.index("Workbook".encode("utf-16-le"))


def far_directory(data: bytes) -> bytes:
    return with_number(data, 48, FAR)


def far_table(data: bytes) -> bytes:
    return with_number(data, 76, FAR)


def far_more_tables(data: bytes) -> bytes:
    return with_number(data, 68, 0x00FFFFFF)


def more_tables_than_sectors(data: bytes) -> bytes:
    return with_number(data, 44, 0x7FFFFFFF)


def ring(data: bytes) -> bytes:
    """The first sector of the directory follows itself."""
    (start,) = struct.unpack_from("<I", data, 48)
    return with_number(data, first_table(data) + 4 * start, start)


def far_stream(data: bytes) -> bytes:
    return with_number(data, entry_of_book(data) + 116, FAR)


def endless_stream(data: bytes) -> bytes:
    return with_number(data, entry_of_book(data) + 120, 0x7FFFFFFF)


def cut_short(data: bytes) -> bytes:
    return data[:700]


DAMAGE = [
    far_directory,
    far_table,
    far_more_tables,
    more_tables_than_sectors,
    ring,
    far_stream,
    endless_stream,
    cut_short,
]


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_sound_books_pass(path: Path) -> None:
    check_compound(path.read_bytes())


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_book_larger_than_its_file_is_refused_in_either_reader(
    damage: Callable[[bytes], bytes],
) -> None:
    data = damage(book())
    with pytest.raises(CompoundDamaged):
        check_compound(data)
    with pytest.raises(UserInputError, match=r"statement\.unreadable"):
        workbook_rows(data)
    with pytest.raises(ContentsRefused) as caught:
        look("流水.xls", data)
    assert caught.value.code == "damaged"


def old_office_file() -> bytes:
    """A sound compound file without a workbook."""
    return book().replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))


def test_a_mail_of_outlook_and_an_old_text_are_not_called_damaged() -> None:
    data = old_office_file()
    with pytest.raises(UserInputError, match=r"statement\.not_book"):
        workbook_rows(data)
    with pytest.raises(ContentsRefused) as caught:
        look("通知.msg", data)
    assert caught.value.code == "not_book"


def with_a_password(data: bytes) -> bytes:
    """As Excel 97 to 2003 say it: the second record tells of the password (FILEPASS)."""
    begun = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    return data[: begun + 20] + b"\x2f\x00" + data[begun + 22 :]


def with_a_password_anew(data: bytes) -> bytes:
    """As newer ones do: what is in the file is no workbook, but one that was encrypted."""
    at = entry_of_book(data)
    name = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    return data[:at] + name + struct.pack("<H", 34) + data[at + 66 :]


@pytest.mark.parametrize("locked", [with_a_password, with_a_password_anew])
def test_a_workbook_with_a_password_is_called_locked(locked: Callable[[bytes], bytes]) -> None:
    data = locked(book())
    with pytest.raises(UserInputError, match=r"^statement\.book_locked$"):
        workbook_rows(data)
    with pytest.raises(ContentsRefused) as refused:
        look("账单.xls", data)
    assert refused.value.code == "book_locked"


def test_without_the_process_that_decodes_it_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(_helper: HelperProcess, _question: bytes) -> bytes:
        raise WorldError("helper.missing")

    monkeypatch.setattr(HelperProcess, "ask", missing)
    with pytest.raises(WorldError, match=r"^reading\.missing$"):
        Decoder().workbook(book())
