"""The letter and the table of a pack say to each kind of receiver what it goes by, and how it is to answer."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

from python_calamine import CalamineWorkbook

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.order_workbook import order_workbook
from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch, reminders
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.number import LineKind, NumberKind, NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.runtime.packages.order_sheets import sheet_words
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import BatchLetterFacts
from tests.documents.making import new_printers
from tests.documents.pdf_text import all_text, collisions, glyphs
from tests.documents.samples import AT, a_file, an_order

WORDS = FormTexts(Catalogue.load("zh_CN"))


def order(kind: OrderKind, number: int, **given: Any) -> Order:
    bare = an_order(a_file().transfers[0])
    return replace(bare, id=OrderId(f"o{number}"), number=f"1124-A-{number}", kind=kind, **given)


def about_number(kind: OrderKind, number: int, value: str, line: LineKind | None) -> Order:
    terms = NumberTerms(
        raw=value,
        normal=value,
        line=line,
        number_kind=NumberKind.MOBILE,
        last_at=AT,
        wants_holder=True,
    )
    return order(kind, number, terms=terms, payee=Account(), amount_fen=0, transfer_time=None)


STOP = order(OrderKind.STOP, 1)
SHOWN = about_number(OrderKind.INTERCEPT, 2, "95588", LineKind.DISPLAYED)
SITE = about_number(OrderKind.BLOCK, 3, "https://jd-kefu88.example/login", None)
EVIDENCE = order(
    OrderKind.EVIDENCE_REQUEST, 4, terms=EvidenceTerms(about="rw_jd", wanted="登录日志", due_at=AT)
)


def pack(*orders: Order) -> DispatchBatch:
    views = tuple(
        OrderView(one, CaseId("c1"), "C-1", "李秀兰", OrderState.ISSUED) for one in orders
    )
    return DispatchBatch("1124-C-P01", "中国移动", AT, "620001", views, AT + timedelta(hours=4))


def letter(*orders: Order) -> bytes:
    facts = BatchLetterFacts(
        pack(*orders), "兰州市反诈中心", (("620001", "李静"),), "1124-C-P01-中国移动.xlsx"
    )
    return new_printers().sheets.sheet(facts, AT).data


def sheets(*orders: Order) -> dict[str, list[list[str]]]:
    made = order_workbook(pack(*orders), WORDS, sheet_words())
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).iter_rows()]
        for name in book.sheet_names
    }


def test_a_carrier_sees_which_numbers_were_only_shown() -> None:
    text = all_text(letter(SHOWN, SITE))
    for given in (
        "来电显示号码（可能改号）",
        "末次通话、访问时间",
        "请勿据此停用机主的号码",
        "单位电话",
    ):
        assert given in text
    for of_banks in ("户名", "金额", "转账时间"):
        assert of_banks not in text


def test_orders_that_two_stations_numbered_alike_bear_their_units() -> None:
    """And their place in the letter, which is one throughout all its tables."""
    payee = replace(STOP.payee, number="6230520010037788111")
    other = replace(
        STOP, id=OrderId("o9"), unit_code="330106540000", unit_name="西湖派出所", payee=payee
    )
    text = all_text(letter(STOP, SHOWN, other))
    for place, order in ((1, STOP), (3, other)):
        row = text[text.index(f"{place}{order.unit_code}-{order.number}") :]
        assert order.unit_name in row[: row.index(order.unit_name) + len(order.unit_name)]
    assert f"2{SHOWN.number}" in text


def test_an_account_that_two_orders_are_about_stands_once() -> None:
    """Two victims paid into it: one row asks for both together, in the letter as in the table."""
    other = replace(STOP, id=OrderId("o9"), number="1124-A-9", amount_fen=1_234_567)
    named = replace(
        STOP, id=OrderId("o7"), number="1124-A-7", payee=replace(STOP.payee, name="别人")
    )
    text = all_text(letter(STOP, named, other))
    assert text.count(STOP.payee.number) == 2, "another holder is another row"
    together = f"￥{(STOP.amount_fen + other.amount_fen) / 100:,.2f}"
    for given in (STOP.number, other.number, "￥12,345.67", "合计", together, "按合计办理一次"):
        assert given in text
    head, *rows = sheets(STOP, named, other)["资金指令及反馈"]
    first, second = (dict(zip(head, row, strict=True)) for row in rows)
    assert first["本地指令号"].split("\n") == [STOP.number, other.number]
    assert first["本行合计(元)"] == together[1:].replace(",", "")
    assert second["本地指令号"] == named.number


def test_each_family_has_its_own_table_and_nothing_is_overprinted() -> None:
    data = letter(STOP, SHOWN, SITE, EVIDENCE)
    text = all_text(data)
    for given in ("户名", "￥98,000.00", "显示号码/真实线路", "调取内容", "登录日志", "1124-A-4"):
        assert given in text
    assert not [page for page in glyphs(data) if collisions(page)]


def test_a_carrier_reads_of_numbers_in_its_own_table() -> None:
    found = sheets(SHOWN)
    head, row = found["号码指令及反馈"]
    given = dict(zip(head, row, strict=True))
    assert (given["紧急程度"], given["机主查询"]) == ("紧急", "是")
    said = "".join(line for (line, *_) in found["填写说明"])
    assert "溯源" in said
    assert "下一级转账" not in said
    assert "止付、冻结" not in said


def test_a_bank_reads_of_money_in_its_own_table() -> None:
    said = "".join(line for (line, *_) in sheets(STOP)["填写说明"])
    assert "下一级转账" in said
    assert "来电显示号码" not in said


def test_a_reminder_says_what_was_sent_before_and_when_it_was_due() -> None:
    late = pack(STOP), replace(pack(SHOWN), number="1124-C-P02", due_at=AT + timedelta(hours=1))
    (one,) = reminders(late)
    facts = BatchLetterFacts(one, "兰州市反诈中心", (("620001", "李静"),), "催办.xlsx")
    text = all_text(new_printers().sheets.sheet(facts, AT + timedelta(days=1)).data)
    for given in ("催办函", "1124-C-P02、1124-C-P01", "下列2条指令已经派发，应于2026年11月24日11时31分前反馈",
                 "2026年11月25日"):  # fmt: skip
        assert given in text
    book = CalamineWorkbook.from_filelike(io.BytesIO(order_workbook(one, WORDS, sheet_words())))
    helped = book.get_sheet_by_name(book.sheet_names[-1]).to_python()[0][0]
    assert "催办：应于" in str(helped)
