"""The desk's own sheets: all that was handed over is on paper, whole and in its place."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets import desk_sheets
from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.payments.way import PaymentWay
from desktop.domain.ids import TransferId
from desktop.domain.orders.money import ApplicationType, Freeze, MoneyTerms
from desktop.domain.orders.order import OrderKind
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import (
    HandoverDesk,
    HandoverSeat,
    HandoverTask,
    OpenPart,
    PaperFacts,
    Pdf,
)
from tests.documents.making import Printers, new_printers
from tests.documents.pdf_text import MM, all_text, collisions, glyphs, page_texts, squeezed
from tests.documents.samples import AT, a_file, hostile_file
from tests.documents.sheet_samples import (
    enquiry_facts,
    hand_over_facts,
    handover_facts,
    masked_slip_facts,
    order_sheet_facts,
)

TEXTS = FormTexts(Catalogue.load("zh_CN"))


def all_sheets(printers: Printers, *, hostile: bool) -> dict[str, Pdf]:
    sheets = printers.sheets
    enquiry = PaperFacts(
        hostile_file() if hostile else a_file(), {}, AT, enquiry=enquiry_facts(hostile=hostile)
    )
    return {
        "order_sheet": sheets.sheet(order_sheet_facts(hostile=hostile), AT),
        "masked_slip": sheets.sheet(masked_slip_facts(hostile=hostile), AT),
        "handover": sheets.sheet(handover_facts(hostile=hostile), AT),
        "hand_over_list": sheets.sheet(hand_over_facts(hostile=hostile), AT),
        "enquiry_guidance": printers.papers.render("enquiry_guidance", enquiry),
    }


@pytest.mark.parametrize("hostile", [False, True])
def test_nothing_is_clipped_overprinted_or_heavy(printers: Printers, hostile: bool) -> None:
    for name, pdf in all_sheets(printers, hostile=hostile).items():
        assert len(pdf.data) <= 300_000 * pdf.pages, name
        for page in glyphs(pdf.data):
            assert not collisions(page), name
            for glyph in page:
                assert glyph.left >= 16 * MM, (name, glyph)
                assert glyph.right <= (210 - 17) * MM, (name, glyph)
                assert 4 * MM <= glyph.bottom <= glyph.top <= (297 - 6) * MM, (name, glyph)


def test_the_slip_to_the_paying_bank_is_always_one_page(sheets: TypstSheets) -> None:
    for hostile in (False, True):
        pdf = sheets.sheet(masked_slip_facts(hostile=hostile), AT)
        assert pdf.pages == 1
        assert "6230****8996" in all_text(pdf.data)


def test_every_order_is_on_the_sheet_with_its_elements(sheets: TypstSheets) -> None:
    facts = order_sheet_facts()
    text = all_text(sheets.sheet(facts, AT).data)
    for line in facts.orders:
        for part in (line.local_number, line.account.number, line.account.name, line.serial):
            assert squeezed(part) in text
    assert "￥98,000.00" in text


@pytest.mark.parametrize("count", [3, 7, 12])
def test_an_order_and_the_room_for_its_answer_stay_on_one_page(count: int) -> None:
    facts = order_sheet_facts()
    lines = [replace(facts.orders[0], local_number=f"A-Z{number}") for number in range(count)]
    pdf = new_printers().sheets.sheet(replace(facts, orders=tuple(lines)), AT)
    texts = [squeezed(text) for text in page_texts(pdf.data)]
    for page, text in enumerate(texts):
        assert text.count("业务申请编号") == text.count("起止时间"), page
        assert "送：中国农业银行" in text, "each page says whom it is for"
    assert sum(text.count("业务申请编号") for text in texts) == count
    assert "单位电话" in texts[0], "who is asked to call needs a number, or a place for it"


def test_a_shift_ends_with_what_is_overdue_first(sheets: TypstSheets) -> None:
    facts = handover_facts()
    text = all_text(sheets.sheet(facts, AT).data)
    places = [text.index(clock.local_case_number) for clock in facts.clocks]
    assert places == sorted(places)
    assert "换班" in text
    assert "并案办理" in text
    assert "新接报案" in text
    assert text.count("▲") == sum(clock.at <= AT for clock in facts.clocks) == 2


DUE = st.none() | st.integers(-600, 600).map(lambda minutes: AT + timedelta(minutes=minutes))


@given(st.lists(DUE, min_size=1, max_size=6), st.sampled_from(("promises", "missing", "tasks")))
def test_what_is_due_first_stands_first_and_what_has_no_hour_last(
    due: list[datetime | None], part: str
) -> None:
    """Whatever the order in which it was noted, and in each part of the sheet; of one hour by case."""
    noted = tuple(HandoverTask(f"A-{99 - n}", "李秀兰", "回电", hour) for n, hour in enumerate(due))
    listed_there: dict[str, Any] = {part: noted}
    data = desk_sheets.handover(replace(handover_facts(), **listed_there), TEXTS, AT)
    title = TEXTS.text(f"handover.{part}", count=len(noted))
    (listed,) = [one for one in rows_of(data["lists"]) if one["title"] == title]
    expected = sorted(
        noted,
        key=lambda one: (one.due_at.timestamp() if one.due_at else inf, one.local_case_number),
    )
    assert [(row["case"], row["due"]) for row in rows_of(listed["rows"])] == [
        (one.local_case_number, TEXTS.minute(one.due_at) if one.due_at else "") for one in expected
    ]


def rows_of(value: Any) -> list[dict[str, Any]]:
    return list(value)


def test_remarks_that_nobody_typed_can_be_written(sheets: TypstSheets) -> None:
    facts = handover_facts()
    typed, open_ = (
        all_text(sheets.sheet(replace(facts, remarks=words), AT).data) for words in ("移交", "")
    )
    assert open_.count("／") == typed.count("／")


def test_the_number_of_an_order_stands_on_one_line(sheets: TypstSheets) -> None:
    facts = order_sheet_facts()
    (page,) = glyphs(sheets.sheet(facts, AT).data)
    text = "".join(glyph.mark for glyph in page)
    for order in facts.orders:
        start = text.index(order.local_number)
        feet = {round(g.bottom) for g in page[start : start + len(order.local_number)]}
        assert max(feet) - min(feet) < 6


def test_what_left_is_listed_with_every_digest_and_the_mark_of_who_signed(
    sheets: TypstSheets,
) -> None:
    facts = hand_over_facts(hostile=True)
    text = all_text(sheets.sheet(facts, AT).data)
    assert facts.fingerprint in text
    for item in facts.items:
        assert squeezed(item.fixed.sha256.upper()) in text
        assert item.fixed.path in text
    assert text.count("MD5") == len(facts.items)


def test_the_table_of_what_left_is_in_the_words_of_its_readers(sheets: TypstSheets) -> None:
    facts = hand_over_facts()
    first = replace(
        facts.items[0], evidence=replace(facts.items[0].evidence, name="=cmd|calc!.csv")
    )
    table = sheets.court_handover_table(replace(facts, items=(first, *facts.items[1:])))
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [row["名称"] for row in rows][:2] == ["'=cmd|calc!.csv", "转账凭证 2026-11-24.jpg"]
    told = (rows[0]["SHA-256"], rows[0]["提取方法"], rows[0]["持有人（提供人）"])
    assert told == (first.fixed.sha256, "提取", "李秀兰")
    assert rows[0]["固定时间"].startswith("2026-11-24 10:31")


def test_an_order_sheet_says_what_each_order_asks_for() -> None:
    facts = order_sheet_facts()
    terms = MoneyTerms(
        application=ApplicationType.AFTER, original_application="YW9", freeze=Freeze(amount_fen=100)
    )
    told = replace(facts, orders=(replace(facts.orders[0], terms=terms),))
    text = all_text(new_printers().sheets.sheet(told, AT).data)
    for part in ("止付后补流程", "原业务申请编号：YW9", "￥1.00"):
        assert part in text


def test_a_clock_that_rests_on_unknown_holidays_says_so() -> None:
    facts = handover_facts()
    sheets = new_printers().sheets
    assert "节假日安排未公布" not in all_text(sheets.sheet(facts, AT).data)
    doubtful = replace(facts, clocks=tuple(replace(one, certain=False) for one in facts.clocks))
    assert "节假日安排未公布，按周末推算" in all_text(sheets.sheet(doubtful, AT).data)


COURIER = PaymentWay(
    TransferId("t1"), "cash", goods="gold", handover="on_the_way", driver="王师傅", plate="甘A12345",
    place="兰州市安宁区培黎街 12 号",
)  # fmt: skip


def test_a_call_back_tells_what_is_asked_and_by_what_it_is_found(printers: Printers) -> None:
    facts = order_sheet_facts()
    line = replace(
        facts.orders[0], kind=OrderKind.REVOKE, account=Account("", "甘A12345", "滴滴"), serial="王师傅",
        order_number="DD20261124", way=COURIER, terms=None, channel=None,
    )  # fmt: skip
    sheet = printers.sheets.sheet(replace(facts, institution="滴滴", orders=(line,)), AT)
    text = all_text(sheet.data)
    named = [
        printers.catalogue.text(f"ways.{key}")
        for key in ("ask.cash", "kind.cash", "goods.gold", "target.cash.order_number")
    ]
    for part in (*named, "DD20261124", "培黎街"):
        assert squeezed(part) in text
    assert text.count("王师傅") == 1, "once, by its name"


@pytest.mark.parametrize("kind", [OrderKind.LIFT, OrderKind.UNFREEZE])
def test_the_order_that_ends_a_measure_says_that_its_message_has_no_sum(kind: OrderKind) -> None:
    """Whoever wants a part released has to know what the institution will do."""
    facts = order_sheet_facts()
    sheets = new_printers().sheets
    for orders, told in ((facts.orders, False), ((replace(facts.orders[0], kind=kind),), True)):
        sheet = sheets.sheet(replace(facts, orders=orders), AT)
        assert ("没有金额栏" in squeezed(all_text(sheet.data))) is told


def test_a_centre_hands_over_what_is_open_who_has_it_and_whom_to_ring(
    sheets: TypstSheets,
) -> None:
    calls = (HandoverTask("", "赵敏", "139****4417", AT),)
    to_ring = (
        HandoverTask("", "中国农业银行", "反诈专席　95599"),
        HandoverTask("", "招商银行", ""),
    )
    seats = (HandoverSeat("620777", "王芳", 3, AT),)
    desk = HandoverDesk(
        ((OpenPart.UNANSWERED, 41), (OpenPart.CALLS, 1), (OpenPart.LATE, 0)),
        seats,
        calls,
        (),
        to_ring,
    )
    text = all_text(sheets.sheet(replace(handover_facts(), desk=desk), AT).data)
    for printed in ("41", "王芳", "139****4417", "95599", "招商银行"):
        assert printed in text
