"""Any orders in a letter: each account and measure once, and whatever a bank says of a row reaches each order once."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.order_workbook import order_workbook
from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.case_file.orders.letter_rows import letter_rows
from desktop.domain.case_file.orders.shared_reply import shared_replies
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.readers.answers.answer_table import read_answers
from desktop.runtime.packages.order_sheets import sheet_words
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.orders.answers.known_orders import KnownOrders
from tests.domain.orders.samples import NOON, order, view
from tests.support.strict import all_of
from tests.support.sweep import examples

WORDS = FormTexts(Catalogue.load("zh_CN"))
JOINED = (OrderKind.STOP, OrderKind.SECOND_STOP, OrderKind.QUERY_HOLDER)
UNITS = ("620102540000", "330106540000")
"""Two stations that number alike."""
ACCOUNTS = ("6230520010037788996", "6230520010037788111")


def _order(place: int, given: tuple[Any, ...]) -> OrderView:
    kind, account, holder, fen, minute = given
    made = order(
        kind, place, payee=Account(holder, account, "中国农业银行"), amount_fen=fen,
        payer=Account("", f"6217004230001{place:06}", ""), unit_code=UNITS[place % 2],
        issued_at=NOON + timedelta(minutes=minute), dispatch=Dispatch("P1", NOON, "中国农业银行"),
    )  # fmt: skip
    return view(replace(made, number=f"1124-A-{place // 2:04}-Z1"), OrderState.ACKNOWLEDGED)


several = st.lists(
    st.tuples(
        st.sampled_from((*JOINED, OrderKind.FREEZE)),
        st.sampled_from((*ACCOUNTS, "623052******8996")),
        st.sampled_from(("陈某某", "别人")),
        st.integers(1, 5_000_000),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=examples(90), deadline=None)
@given(several, st.data())
def test_a_letter_asks_once_and_its_answer_answers_each_order_once(
    given_orders: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    views = tuple(_order(place, one) for place, one in enumerate(given_orders))
    pack = DispatchBatch("P1", "中国农业银行", NOON, "1", views, NOON + timedelta(hours=4))
    rows = letter_rows(pack)

    ids = [item.order.id for item in views]
    listed = [[item.order.id for item in row.orders] for row in rows]
    assert Counter(key for row in listed for key in row) == Counter(ids)
    assert [row.place for row in rows] == list(range(1, len(rows) + 1))
    assert [ids.index(row[0]) for row in listed] == sorted(
        min(map(ids.index, row)) for row in listed
    )
    assert sum(row.amount_fen for row in rows) == sum(item.order.amount_fen for item in views)
    once = [
        (row.first.kind, row.first.payee.number, row.first.payee.name)
        for row in rows
        if row.first.kind in JOINED and "*" not in row.first.payee.number
    ]
    assert len(set(once)) == len(once), "each account and measure once"

    said = {row.place: data.draw(st.integers(0, row.amount_fen)) for row in rows}
    table = _filled(pack, said, keys=data.draw(st.booleans()))
    known, replies = KnownOrders(views), dict[str, int]()
    for place, answer in enumerate(table.rows, 1):
        named = known.of_row(answer)
        found = named.views if named is not None else tuple(known.fitting(answer))
        assert named is None or named.trouble is None
        assert sorted(item.order.id for item in found) == sorted(listed[place - 1])
        assert answer.reply is not None
        shares = shared_replies(found, answer.reply)
        assert not shares.keys() & replies.keys(), "no order is answered twice"
        assert sum(one.amount_fen for one in shares.values()) == said[place]
        replies |= {key: one.amount_fen for key, one in shares.items()}
    assert replies.keys() == set(ids)
    assert all_of(replies[item.order.id] <= item.order.amount_fen for item in views)


def _filled(pack: DispatchBatch, said: dict[int, int], *, keys: bool) -> Any:
    """The table of the pack, filled in and read back; without its keys the numbers alone are left."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(order_workbook(pack, WORDS, sheet_words())))
    head, *rows = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).iter_rows()]
    for place, row in enumerate(rows, 1):
        row[head.index("办理结果")] = "部分成功"
        row[head.index("执行金额(元)")] = f"{said[place] / 100:.2f}"
    text = io.StringIO()
    csv.writer(text).writerows([row if keys else row[1:] for row in (head, *rows)])
    return read_answers(io.BytesIO(text.getvalue().encode("gb18030")), NOON)
