"""Files made to do harm: each gives a message within a limit, the program goes on, and the original is untouched."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from desktop.domain.errors import AppError
from desktop.readers.codes.find_codes import find_codes
from desktop.readers.statements.open_statement import open_statement
from desktop.runtime.processes.gray_pictures import check_picture
from tests.support.error_texts import assert_error
from tests.support.every_row import every_row
from tests.support.strict import all_of

HEAD = "交易时间,交易对方,收/支,金额(元),交易单号\r\n"
ROW = "2026-11-24 10:12:35,王五,支出,98000.00,4200002026112410123\r\n"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate((HEAD, ROW)):
            sheet.write_row(at, 0, line.strip().split(","))
    return out.getvalue()


def altered(archive: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data) if member == name else data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def far_cell() -> bytes:
    """A thousand octets that ask for half a terabyte: one cell in either corner."""
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return altered(workbook(), SHEET, lambda data: data.replace(b"</sheetData>", far))


def laughs() -> bytes:
    """Entities within entities."""
    names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    entities = "".join(
        f'<!ENTITY {name} "{f"&{below};" * 20 if below else "ha" * 20}">'
        for below, name in zip(["", *names], names, strict=False)
    )
    doctype = f"<!DOCTYPE x [{entities}]>".encode()
    return altered(
        workbook(), "xl/sharedStrings.xml",
        lambda data: data.replace(b"<sst", doctype + b"<sst", 1).replace(b"<t>", b"<t>&i;", 1),
    )  # fmt: skip


def lying_zip() -> bytes:
    """Unpacks to a gigabyte and says that it is a hundred octets."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("账单.csv", HEAD.encode() + b"0" * (8 << 20))
    data = bytearray(out.getvalue())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def zip_in_zip() -> bytes:
    inner = (HEAD + ROW).encode()
    for _ in range(40):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("again.zip", inner)
        inner = out.getvalue()
    return inner


def pdf(*objects: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out + end % (len(objects) + 1, start))


def scripted_pdf() -> bytes:
    """A script at opening, a form that is sent, a file that is launched."""
    return pdf(
        b"<</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (app.alert(1);while(1){})>>"
        b" /AA <</WC <</S /Launch /F (/bin/sh)>>>>>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /AA <</O <</S /URI /URI (http://example.invalid)>>>>>>",
    )


def circling_pdf() -> bytes:
    """A tree of pages that bites its tail, on a page that draws itself."""
    return pdf(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R 2 0 R] /Count 99999>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>>>",
        b"<</Length 5>>\nstream\n/X Do\nendstream",
        b"<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 5 0 R>>>> /Length 5>>\n"
        b"stream\n/X Do\nendstream",
    )


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (far_cell, {"reading.failed", "statement.too_large", "statement.unreadable"}),
        (lying_zip, {"statement.unreadable", "statement.bomb"}),
        (zip_in_zip, {"statement.none_inside"}),
        (scripted_pdf, {"statement.unknown"}),
        (circling_pdf, {"statement.unknown", "statement.unreadable", "reading.failed"}),
        (lambda: HEAD.encode() + b"0" * (9 << 20), {"statement.unknown"}),
        ((HEAD + ROW.replace("王五", '"' + "王" * 2_000_000)).encode, {"statement.broken_quotes"}),
        (lambda: b"<html><table>" + b"<tr><td>" * 200_000, {"statement.unknown"}),
        (lambda: b"", {"statement.empty"}),
        (lambda: b"PK\x05\x06" + bytes(18), {"statement.unknown", "statement.unreadable"}),
        (lambda: workbook()[:-200], {"statement.unreadable"}),
    ],
    ids=[
        "far cell", "lying zip", "zip in zip", "scripts", "circles", "endless line", "open quote", "endless table",
        "nothing", "empty zip", "cut workbook",
    ],
)  # fmt: skip
def test_a_harmful_statement_is_reported_and_the_next_one_is_read(
    made: Callable[[], bytes], codes: set[str]
) -> None:
    source = io.BytesIO(made())
    before = source.getvalue()
    with pytest.raises(AppError) as caught:
        open_statement(source).whole()
    assert caught.value.code in codes
    assert_error(caught.value, caught.value.code)
    assert source.getvalue() == before
    assert open_statement(io.BytesIO((HEAD + ROW).encode())).whole().rows[0].amount_fen == 9_800_000


def test_a_page_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.readers.statements.open_statement._SECONDS", 2.0)
    with pytest.raises(AppError) as caught:
        open_statement(io.BytesIO(b"<table>" + b"</" * (1 << 19)))
    assert_error(caught.value, "reading.too_long")


def test_entities_are_not_unfolded() -> None:
    try:
        (row,) = open_statement(io.BytesIO(laughs())).whole().rows
    except AppError as error:
        assert_error(error, error.code)
    else:
        assert len(row.counterparty) < 1000


def test_a_workbook_still_reads_with_the_separators_of_our_own_pipe_in_it() -> None:
    data = altered(
        workbook(), "xl/sharedStrings.xml", lambda text: text.replace("王五".encode(), "王_x001e_\t五".encode())
    )  # fmt: skip
    (row,) = open_statement(io.BytesIO(data)).whole().rows
    assert (row.amount_fen, row.reference) == (9_800_000, "4200002026112410123")


def test_ten_gigabytes_are_refused_at_once(tmp_path: Path) -> None:
    large = tmp_path / "账单.csv"
    with large.open("wb") as file:
        file.write((HEAD + ROW).encode())
        file.truncate(10 << 30)  # takes no room
    with large.open("rb") as source, pytest.raises(AppError) as caught:
        open_statement(source)
    assert_error(caught.value, "statement.too_large")
    assert large.stat().st_size == 10 << 30


class _Shrinking(io.BytesIO):
    """A file another program cuts off while it is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.truncate(max(len(HEAD.encode()) + 20, self.getbuffer().nbytes // 2))
        return data


@pytest.mark.parametrize("data", [(HEAD + ROW * 5000).encode(), workbook()], ids=["csv", "xlsx"])
def test_a_file_that_shrinks_meanwhile_gives_rows_or_a_message(data: bytes) -> None:
    try:
        assert all_of(row.time for row in open_statement(_Shrinking(data)).whole().rows)
    except AppError as error:
        assert_error(error, error.code)


@every_row(
    ("data", "code"),
    [
        (png(100_000, 100_000), "picture.too_large"),
        (png(100_000, 1000), "picture.too_large"),
        (jpeg(65_000, 65_000), "picture.too_large"),
        (png(0, 0), "picture.too_large"),
        (b"", "picture.unknown"),
        (b"\x89PNG\r\n\x1a\n", "picture.unknown"),
        (b"\xff\xd8\xff", "picture.unknown"),
        (b"\xff\xd8\xff\xe0\x00\x02" * 1000, "picture.unknown"),
        (b"GIF89a" + bytes(50), "picture.unknown"),
    ],
)
def test_a_harmful_picture_is_reported_before_it_is_decoded(data: bytes, code: str) -> None:
    for read in (find_codes, check_picture):
        with pytest.raises(AppError) as caught:
            read(data)
        assert_error(caught.value, code)


@pytest.mark.parametrize(
    "data",
    [
        png(100_000, 1, zlib.compress(bytes(100_001))),
        png(1, 60_000, zlib.compress(bytes(120_000))),
        png(7000, 7000, zlib.compress(bytes(64 << 20), 9)),
        png(500, 500, b"not deflated"),
        png(500, 500, zlib.compress(bytes(500 * 501))[:40]),
        jpeg(4000, 4000),
        scripted_pdf(),
        circling_pdf(),
    ],
    ids=["wide", "high", "bomb", "noise", "cut", "empty jpeg", "scripts", "circles"],
)
def test_an_odd_picture_has_no_codes_or_a_message(data: bytes) -> None:
    try:
        assert find_codes(data) == ()
    except AppError as error:
        assert_error(error, error.code)
