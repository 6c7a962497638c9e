"""The table that banks fill in, read back from the file: every fact, the choices of an answer, digits as text."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.order_workbook import order_workbook
from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.orders.order import ReplyResult
from desktop.domain.orders.sending.sheet import family_of
from desktop.runtime.packages.order_sheets import sheet_words
from desktop.runtime.texts.catalogue import Catalogue
from tests.documents.marked import Maker, marked_facts

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
COLUMNS = sheet_words()
PACK: DispatchBatch = Maker().make(DispatchBatch, orders=marked_facts().file.orders)
EMPTY = {"money": {"addressing"}, "number": {"wants_holder"}, "evidence": set[str]()}
"""Columns that no fact of these orders fills: found by the account, and nobody asks for the holder."""


@pytest.fixture(scope="module")
def data() -> bytes:
    return order_workbook(PACK, FormTexts(Catalogue.load("zh_CN")), COLUMNS)


def rows_of(data: bytes, family: str) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        [str(cell) for cell in row] for row in book.get_sheet_by_name(COLUMNS.sheets[family]).to_python()
    ]  # fmt: skip


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return ET.fromstring(book.read(name))  # noqa: S314 - our own file


def sheet(data: bytes, family: str) -> ET.Element:
    names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    return part(data, f"xl/worksheets/sheet{names.index(COLUMNS.sheets[family]) + 1}.xml")


@pytest.mark.parametrize("family", EMPTY)
def test_each_column_shows_its_fact(data: bytes, family: str) -> None:
    head, *rows = rows_of(data, family)
    orders = [view.order for view in PACK.orders if family_of(view.order) == family]
    asked = COLUMNS.asked[family]
    assert head == [column.title for column in (*asked, *COLUMNS.answered[family])]
    numbers = [column.code for column in asked].index("number")
    assert [row[numbers] for row in rows] == [order.number for order in orders]
    filled = {
        column.code for at, column in enumerate(asked) if any(row[at] for row in rows)
    }  # fmt: skip
    assert {column.code for column in asked} - filled == EMPTY[family]
    assert not any(cell for row in rows for cell in row[len(asked) :])


@pytest.mark.parametrize("family", EMPTY)
def test_an_answer_is_chosen_from_a_list_of_words_that_are_read(data: bytes, family: str) -> None:
    (rule,) = sheet(data, family).findall(".//x:dataValidation", SPACE)
    assert (rule.get("type"), rule.get("errorStyle")) == ("list", "warning")
    words = (rule.findtext("x:formula1", "", SPACE)).strip('"').split(",")
    assert {COLUMNS.result(word) for word in words} == set(ReplyResult)
    assert len(words) == len(ReplyResult)
    head, *rows = rows_of(data, family)
    first = len(COLUMNS.asked[family])
    letters = re.fullmatch(r"([A-Z]+)2(?::\1(\d+))?", rule.get("sqref", ""))
    assert letters is not None
    assert column_number(letters[1]) == first
    assert int(letters[2] or 2) == len(rows) + 1
    assert head[first] == COLUMNS.answered[family][0].title


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def test_digits_are_text_so_that_no_spreadsheet_rounds_an_account(data: bytes) -> None:
    styles = part(data, "xl/styles.xml")
    formats = styles.findall(".//x:numFmt", SPACE)
    is_text = {one.get("numFmtId") for one in formats if one.get("formatCode") == "@"}
    looks = styles.findall(".//x:cellXfs/x:xf", SPACE)
    text = {at for at, look in enumerate(looks) if look.get("numFmtId") in is_text}
    for family in EMPTY:
        cells = sheet(data, family).findall(".//x:sheetData//x:c", SPACE)
        assert cells
        assert {int(cell.get("s", "0")) for cell in cells} <= text
        pane = sheet(data, family).find(".//x:pane", SPACE)
        assert pane is not None
        assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("3", "1", "frozen")


@pytest.mark.parametrize("family", EMPTY)
def test_each_order_has_a_cell_to_answer_in_below_every_column(data: bytes, family: str) -> None:
    """One whose look tells it from what was asked: the bank sees where it may write, and how."""
    asked = len(COLUMNS.asked[family])
    head, *rows = sheet(data, family).findall(".//x:sheetData/x:row", SPACE)
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    looks = [[cell.get("s") for cell in row] for row in rows]
    (asked_look,) = {look for row in looks for look in row[:asked]}
    (answer_look,) = {look for row in looks for look in row[asked:]}
    assert asked_look != answer_look


def test_further_payments_have_a_row_for_each_order_and_some_to_spare(data: bytes) -> None:
    head, *rows = rows_of(data, "hops")
    money = [view.order for view in PACK.orders if family_of(view.order) == "money"]
    assert head == [column.title for column in COLUMNS.answered["hops"]]
    assert [row[:2] for row in rows[: len(money)]] == [[order.id, order.number] for order in money]
    assert len(rows) > len(money)
    assert not any(cell for row in rows[len(money) :] for cell in row)


def test_a_table_carries_the_number_of_its_batch_and_when_it_was_made(data: bytes) -> None:
    """Not when it was written: the same batch gives the same octets at any time."""
    said = {one.tag.rpartition("}")[2]: one.text for one in part(data, "docProps/core.xml")}
    made = PACK.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (said["title"], said["created"], said["modified"]) == (PACK.number, made, made)
