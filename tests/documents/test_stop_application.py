"""紧急止付申请表: who undertakes that it is true, and which payments one application is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.orders.stop_annex import payments_chosen, payments_offered
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.way import PaymentWay, WayKind
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.victim import Victim
from desktop.domain.ids import CaseId, OrderId, PartyId, TransferId
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text, page_texts, squeezed
from tests.documents.samples import AT, OFFICERS, a_case, a_file, an_item
from tests.support.sessions import RULES
from tests.support.strict import all_of

PAPERS = new_papers()
_UNIT: Final = Victim("甲公司", "uscc", "9162", representative="赵大伟")
_CHILD: Final = Victim("小明", "resident_id", "620102201305152048")


def text_of(form: str, file: CaseFile) -> str:
    return all_text(PAPERS.render(form, PaperFacts(file, OFFICERS, AT, rules=RULES)).data)


@pytest.mark.parametrize(
    ("victim", "role", "words", "signers"),
    [
        (Victim("李秀兰", "resident_id", "620102196804152044"), "", "本人承诺", ("申请人（签名",)),
        (_UNIT, "handler", "本单位承诺", ("经办人（签名）", "法定代表人：")),
        (_CHILD, "guardian", "本人系被害人的监护人", ("监护人（签名",)),
        (_CHILD, "", "本人系被害人的监护人", ("监护人（签名", "被害人（签名）")),
        (Victim("李秀兰"), "agent", "本人受被害人委托", ("代理人（签名",)),
        (Victim("李秀兰"), "witness", "报案人承诺", ("报案人（签名", "被害人、监护人或者代理人")),
    ],
)  # fmt: skip
def test_an_undertaking_is_given_by_who_may_give_it(
    victim: Victim, role: str, words: str, signers: tuple[str, ...]
) -> None:
    party = Party(PartyId("p1"), role, "钱某", "亲属", id_number="620102198001011234")
    case = replace(a_case(), victim=victim, parties=(party,) if role else ())
    case = replace(case, reported_by="p1" if role else "")
    text = text_of("stop_application", replace(a_file(), case=case))
    assert words in text
    assert all_of(signer in text for signer in signers)
    assert role != "witness" or "代为申请" not in text
    assert ("法定代表人赵大伟" in text) == bool(victim.representative)


def test_one_application_lists_every_payment_that_was_chosen() -> None:
    """By payee, what can still be saved first; a number that is none of theirs chooses nothing."""
    (paid,) = a_file().transfers
    times = (AT - timedelta(minutes=90), AT - timedelta(minutes=5), AT - timedelta(minutes=50))
    payments = tuple(
        replace(
            paid,
            id=TransferId(f"t{n}"),
            position=n,
            time=time,
            payee=replace(paid.payee, number=f"623052001003770000{n % 2}"),
            serial=f"LS{n}",
        )
        for n, time in enumerate(times, start=1)
    )
    file = replace(a_file(), transfers=payments, orders=())
    facts = PaperFacts(file, OFFICERS, AT, rules=RULES)

    def printed(chosen: str) -> str:
        return all_text(PAPERS.render("stop_application", facts, {"payments": chosen}).data)

    whole = printed("1–3")
    assert PAPERS.texts("stop_application", facts)["payments"] == "1–3"
    assert "本申请共3笔、2个收款账户，合计人民币贰拾玖万肆仟元整（￥294,000.00）" in whole
    assert [whole.partition("附表")[2].count(f"LS{n}") for n in (1, 2, 3)] == [1, 1, 1]
    assert whole.index("收款账户1：陈某某6230520010037700000") < whole.index("收款账户2：")
    assert "交易流水号LS2" in whole, "the one whose golden window still runs stands on the form"
    two = printed("1、3")
    assert "本申请共2笔、1个收款账户" in two
    assert "LS2" not in two
    for nobody in ("99", "全部", "9–7"):
        assert "本申请共3笔" in printed(nobody)
    assert "附表：" not in printed("2")


STOPPED: Final = frozenset({WayKind.BANK, WayKind.WALLET, WayKind.ECNY})
WAYS = st.lists(st.sampled_from(sorted(WayKind)), min_size=1, max_size=9)


@given(WAYS, st.data())
def test_what_a_stop_reaches_is_offered_until_stops_were_ordered(
    ways: list[WayKind], data: st.DataObject
) -> None:
    """Then those alone; and the numbers offered, typed as they stand, choose the same payments."""
    file = a_file()
    (paid,) = file.transfers
    payments = tuple(
        replace(paid, id=TransferId(f"t{n}"), position=n, way=PaymentWay(TransferId(f"t{n}"), way))
        for n, way in enumerate(ways, start=1)
    )
    ordered = data.draw(st.sets(st.sampled_from(payments).map(lambda item: item.position)))
    views = tuple(
        replace(view, order=replace(view.order, id=OrderId(f"o{n}"), transfer=TransferId(f"t{n}")))
        for view in file.orders
        for n in ordered
    )
    file = replace(file, transfers=payments, orders=views)
    expected = ordered or {item.position for item in payments if item.way.kind in STOPPED}
    words = payments_offered(file)
    spans = [span.split("–") for span in words.split("、") if span]
    listed = [n for span in spans for n in range(int(span[0]), int(span[-1]) + 1)]
    assert listed == sorted(expected)
    assert [one for other, one in pairwise(spans) if int(one[0]) <= int(other[-1]) + 1] == []
    chosen = payments_chosen(PaperFacts(file, OFFICERS, AT, rules=RULES), words)
    assert {item.position for item in chosen} == expected


def test_each_victim_of_a_joined_case_applies_for_the_own_money() -> None:
    """What another one paid and handed in is on the own application, with the own signature."""
    (paid,) = a_file().transfers
    theirs = replace(
        paid,
        id=TransferId("x1"),
        position=2,
        serial="LS2",
        payer=replace(paid.payer, name="周卫东"),
    )
    order = a_file().orders[0]
    of_other = replace(
        order,
        order=replace(
            order.order, id=OrderId("x"), number="Z9", transfer=theirs.id, payer=theirs.payer
        ),
    )
    second = Party(PartyId("c2"), "victim", name="周卫东", id_number="620102197712011239")
    joined = replace(
        a_file(),
        case=replace(a_case(), parties=(second,)),
        transfers=(paid, theirs),
        orders=(order, of_other),
        evidence=(an_item(1, "甲.jpg"), an_item(2, "乙.jpg")),
        of_others={"x1": CaseId("c2"), "e2": CaseId("c2")},
    )
    facts = PaperFacts(joined, OFFICERS, AT, rules=RULES)
    for chosen in ("", "1–2"):
        own = PAPERS.render("stop_application", facts, {"payments": chosen} if chosen else {})
        words = all_text(own.data)
        assert all_of(part in words for part in ("李秀兰", "￥98,000.00", "甲.jpg"))
        assert not any(part in words for part in ("LS2", "乙.jpg", "周卫东", "￥196,000.00"))
    drafted = PAPERS.render("stop_application", replace(facts, about="order/x"))
    for paper in (drafted, PAPERS.stop_form(joined, of_other.order, OFFICERS, AT)):
        words = all_text(paper.data)
        assert all_of(part in words for part in ("周卫东", "620102197712011239", "Z9", "乙.jpg"))
        assert "李秀兰" not in words


def test_an_annex_names_the_payers_where_they_are_several() -> None:
    (paid,) = a_file().transfers
    fathers = replace(
        paid, id=TransferId("t2"), position=2, payer=replace(paid.payer, name="王大山")
    )
    for payments, named in (((paid, fathers), True), ((paid, replace(paid, id=fathers.id)), False)):
        text = text_of("stop_application", replace(a_file(), transfers=payments, orders=()))
        annex = text.rpartition("附表：申请止付的付款")[2]
        assert ("王大山" in annex) == ("李秀兰" in annex) == named


@pytest.mark.parametrize(("count", "story", "pages"), [(4, "", 1), (9, "", 2), (4, "长" * 700, 2)])
def test_attachments_stand_alone_on_no_page_unless_they_are_an_annex(
    count: int, story: str, pages: int
) -> None:
    """They stay with the officers who accept the application, all of them on a page."""
    case = replace(a_case(), victim=_UNIT, narrative=story or a_case().narrative)
    items = tuple(an_item(n, f"{n}.jpg") for n in range(count))
    file = replace(a_file(), case=case, evidence=items)
    pdf = PAPERS.render("stop_application", PaperFacts(file, OFFICERS, AT, rules=RULES))
    last = squeezed(page_texts(pdf.data)[-1])
    assert pdf.pages == pages
    assert "附表：附件" in last or "受理民警" in last.replace("受理民警签名：", "")
    assert last.count("SHA-256") == count


def test_a_payee_stands_on_the_page_of_their_first_payment() -> None:
    (paid,) = a_file().transfers
    payments = tuple(
        replace(
            paid, id=TransferId(f"t{n}"), position=n, serial=f"LS{n}。",
            payee=replace(paid.payee, number=f"62300520010037{n:05d}"),
        )
        for n in range(1, 61)
    )  # fmt: skip
    facts = PaperFacts(replace(a_file(), transfers=payments, orders=()), OFFICERS, AT, rules=RULES)
    pages = list(map(squeezed, page_texts(PAPERS.render("stop_application", facts).data)[1:]))
    assert len(pages) > 2
    for page in pages:
        assert page.rindex("收款账户") < page.rindex("LS"), "no name at the foot of a page"
