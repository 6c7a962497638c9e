"""What clerks, spreadsheets and attackers do to a bill."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from email.message import EmailMessage

import pytest
import pyzipper
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import AppError, UserInputError
from desktop.domain.money.amounts import format_yuan
from desktop.domain.statements.statement import MoneyDirection, Statement
from desktop.readers.statements.cells import amount_of
from desktop.readers.statements.moments import moment_of
from desktop.readers.statements.open_statement import open_statement, preview_table
from tests.readers.statements.locked_pdf import locked_pdf
from tests.support.error_texts import assert_error
from tests.support.every_row import every_row
from tests.support.strict import all_of

HEADER = ("交易时间", "交易对方", "收/支", "金额(元)", "交易单号", "商户单号", "备注")
ROW = ("2026-11-24 10:12:35", "王五", "支出", "¥98000.00", "4200002026112410123", "M1", "/")


def csv_of(*rows: Sequence[str], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def read(data: bytes, password: str = "") -> Statement:
    return open_statement(io.BytesIO(data), password).whole()


BILL = csv_of(("微信支付账单明细",), HEADER, ROW)


@every_row("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@every_row("delimiter", [",", "\t", ";"])
def test_any_encoding_and_delimiter_gives_the_same_row(encoding: str, delimiter: str) -> None:
    (row,) = read(
        csv_of(("微信支付账单明细",), HEADER, ROW, delimiter=delimiter).encode(encoding)
    ).rows
    assert (row.amount_fen, row.direction, row.counterparty) == (
        9_800_000,
        MoneyDirection.OUT,
        "王五",
    )
    assert row.reference == "4200002026112410123"
    assert row.row == 3


def test_a_table_named_like_a_spreadsheet_is_read() -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in ROW)
    head = "".join(f"<th> {cell} </th>" for cell in HEADER)
    page = f'<html><meta charset="gb2312"><table><tr>{head}</tr><tr>{cells}</tr></table></html>'
    (row,) = read(page.encode("gb18030")).rows
    assert (row.amount_fen, row.counterparty) == (9_800_000, "王五")


@pytest.mark.parametrize("encryption", [None, pyzipper.WZ_AES])
def test_a_password_zip_opens_with_its_password_alone(encryption: int | None) -> None:
    packed = zipped(BILL.encode(), encryption)
    if encryption is None:
        assert read(packed).rows[0].amount_fen == 9_800_000
        return
    for wrong, code in (("", "statement.password"), ("123456", "statement.password_wrong")):
        with pytest.raises(AppError, match=code):
            read(packed, wrong)
    assert read(packed, "260314").rows[0].amount_fen == 9_800_000


def test_a_pdf_opens_with_its_password_alone() -> None:
    for said, code in (("", "statement.password"), ("123456", "statement.password_wrong")):
        with pytest.raises(UserInputError) as caught:
            read(locked_pdf("260314"), said)
        assert_error(caught.value, code)
    rows = read(locked_pdf("260314"), "260314").rows
    assert [row.amount_fen for row in rows] == [9_800_000, 500]


def zipped(content: bytes, encryption: int | None = None) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(
        out, "w", compression=zipfile.ZIP_DEFLATED, encryption=encryption
    ) as archive:
        archive.setpassword(b"260314" if encryption else None)
        archive.writestr("微信支付账单.csv", content)
    return out.getvalue()


def test_bombs_are_refused_before_they_unpack() -> None:
    with pytest.raises(AppError, match=r"statement\.bomb"):
        read(zipped(b"0" * (64 << 20)))


def test_numbers_a_spreadsheet_rounded_are_reported() -> None:
    spoiled = (*ROW[:4], "4.20000202611E+18", *ROW[5:])
    found = read(csv_of(HEADER, spoiled).encode())
    assert found.rows[0].problems == ("statement.cell.damaged",)
    assert "damaged" in {item.code for item in found.findings}


def test_an_archive_without_a_bill_is_no_table_nobody_knows() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("照片.jpg", b"\xff\xd8\xff" + bytes(range(256)) * 4)
    with pytest.raises(UserInputError) as caught:
        read(packed.getvalue())
    assert_error(caught.value, "statement.none_inside")


PART = ("凭证号", "记账日期", "支出", "收入", "对手称谓", "备考")


def test_a_spoiled_row_is_named_and_is_no_sum_of_the_file() -> None:
    good, spoiled = (
        ("1", "20261124", "10.00", "", "王五", "x"),
        ("05", "坏日期", "10", "", "王五", "x"),
    )
    odd = ("2", "20261124", "一百元", "", "王五", "x")
    found = read(csv_of(PART, good, odd, spoiled).encode())
    assert found.stated == ()
    told = {item.code: item.params for item in found.findings}
    assert told["skipped"] == {"n": 1, "rows": "4"}
    assert told["damaged"] == {"n": 1, "rows": "3"}
    summed = read(csv_of(PART, good, ("合计", "", "10.00", "0.00", "", "")).encode())
    assert [(total.direction, total.amount_fen) for total in summed.stated] == [
        (MoneyDirection.IN, 0),
        (MoneyDirection.OUT, 1000),
    ]


def test_columns_nothing_is_read_from_are_named() -> None:
    found = read(csv_of(PART, ("1", "20261124", "10.00", "", "王五", "x")).encode())
    told = {item.code: item.params for item in found.findings}
    assert told["unread_columns"] == {"names": "凭证号、对手称谓、备考"}
    known = {item.code for item in read(BILL.encode()).findings}
    assert "unread_columns" not in known, "of a layout that is known nothing is missing"


def test_the_balance_tells_the_direction_where_no_sign_does() -> None:
    title = ("中国建设银行个人活期账户全部交易明细",)
    header = (
        "序号",
        "摘要",
        "币别",
        "钞汇",
        "交易日期",
        "交易金额",
        "账户余额",
        "交易地点/附言",
        "对方账号与户名",
    )
    amounts = (("500.00", "1500.00"), ("200.00", "1300.00"), ("50.00", "1350.00"))
    rows = [("1", "转账", "人民币", "钞", "20261124", *pair, "", "李四") for pair in amounts]
    ascending = [row.direction for row in read(csv_of(title, header, *rows).encode()).rows]
    assert ascending[1:] == [MoneyDirection.OUT, MoneyDirection.IN]
    descending = [
        row.direction for row in read(csv_of(title, header, *reversed(rows)).encode()).rows
    ]
    assert descending == [MoneyDirection.IN, MoneyDirection.OUT, MoneyDirection.NEUTRAL]
    unsure = read(csv_of(title, header, *rows).encode())
    assert [bool(row.problems) for row in unsure.rows] == [True, False, False]
    assert {item.code: item.params for item in unsure.findings}["damaged"] == {"n": 1, "rows": "3"}


@pytest.mark.parametrize("clocks", [("10:00:00", "10:05:00", "10:09:00"), ("",) * 3])
def test_equal_sums_in_a_row_are_compared_with_the_row_before_alone(
    clocks: tuple[str, ...],
) -> None:
    title = ("中国建设银行个人活期账户全部交易明细",)
    header = ("交易日期", "交易金额", "账户余额", "对方账号与户名")
    paid = zip(clocks, ("500.00", "500.00", "30.00"), ("1500.00", "1000.00", "970.00"), strict=True)
    rows = [(f"20261124 {clock}", *sums, "李四") for clock, *sums in paid]
    for one, oldest in ((rows, 0), (rows[::-1], -1)):
        ways = [row.direction for row in read(csv_of(title, header, *one).encode()).rows]
        assert ways.pop(oldest) is MoneyDirection.NEUTRAL, "nothing tells the oldest's"
        assert ways == [MoneyDirection.OUT, MoneyDirection.OUT]


def test_rows_whose_order_nothing_tells_stay_without_a_direction() -> None:
    title = ("中国建设银行个人活期账户全部交易明细",)
    header = ("交易日期", "交易金额", "账户余额", "对方账号与户名")
    rows = [("20261124", "500.00", balance, "李四") for balance in ("1500.00", "1000.00", "500.00")]
    found = read(csv_of(title, header, *rows).encode()).rows
    assert {row.direction for row in found} == {MoneyDirection.NEUTRAL}
    assert all_of(row.problems for row in found)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "statement.empty"),
        (b"\x00" * 4096, "statement.empty"),
        (b"%PDF-1.7 ...", "statement.unreadable"),
        (bytes(range(256)) * 64, "statement.unknown"),
        (b"PK\x03\x04" + b"\x00" * 200, "statement.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "statement.unreadable"),
        ("今天天气很好\n没有账单\n".encode(), "statement.unknown"),
        (csv_of(HEADER).encode(), "statement.no_rows"),
    ],
)
def test_what_is_no_statement_is_distinguished(data: bytes, code: str) -> None:
    with pytest.raises(AppError, match=code):
        read(data)


@given(
    st.binary(max_size=400),
    st.integers(0, len(BILL.encode())),
    st.sampled_from([BILL.encode(), zipped(BILL.encode())]),
)
def test_damage_gives_rows_or_a_message_and_never_a_crash(
    noise: bytes, at: int, whole: bytes
) -> None:
    with contextlib.suppress(AppError):
        found = read(whole[:at] + noise + whole[at + len(noise) :])
        assert all_of(row.time is not None for row in found.rows)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_reads_as_it_was_written(fen: int) -> None:
    for text in (format_yuan(fen), f"¥{format_yuan(abs(fen))}", f"{Decimal(fen) / 100}"):
        found = amount_of(text)
        assert found is not None
        assert found.exact
        assert abs(found.fen) == abs(fen)
    assert amount_of(format_yuan(fen)) == amount_of(f"{Decimal(fen) / 100:.2f}")


@given(st.datetimes().map(lambda moment: moment.replace(microsecond=0)))
def test_a_moment_reads_the_same_in_every_form(moment) -> None:
    wanted = moment_of(f"{moment:%Y-%m-%d %H:%M:%S}".zfill(19), "")
    assert wanted is not None
    assert wanted.utcoffset() == timedelta(hours=8)
    day = f"{moment.year:04d}{moment.month:02d}{moment.day:02d}"
    clock = f"{moment:%H%M%S}"
    slashes = f"{moment.year:04d}/{moment.month}/{moment.day}"
    assert wanted == moment_of(day, clock) == moment_of(slashes, f"{moment:%H:%M:%S}")
    assert wanted == moment_of(f"{slashes}  {moment:%H:%M:%S}", "")


def test_a_mail_is_recognised_and_no_columns_of_it_are_asked_for() -> None:
    mail = EmailMessage()
    for name, value in (("From", "bank@example.com"), ("To", "a@example.com"), ("Subject", "流水")):
        mail[name] = value
    mail.set_content("附件是流水，请查收。")
    mail.add_attachment(BILL.encode("utf-8-sig"), maintype="text", subtype="csv", filename="a.csv")
    for way in (open_statement, preview_table):
        with pytest.raises(UserInputError) as caught:
            way(io.BytesIO(bytes(mail)))
        assert_error(caught.value, "statement.mail")


def _zip_of(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_zip_of("AndroidManifest.xml", "classes.dex"), "statement.program"),
        (b"MZ\x90\0" + bytes(64), "statement.program"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(64), "statement.archive"),
        (_zip_of(*(f"{number}.csv" for number in range(300))), "statement.too_many_files"),
    ],
    ids=["app", "program", "archive", "many"],
)
def test_what_is_no_statement_is_named_by_what_it_is(data: bytes, code: str) -> None:
    with pytest.raises(UserInputError) as caught:
        open_statement(io.BytesIO(data)).whole()
    assert_error(caught.value, code)
