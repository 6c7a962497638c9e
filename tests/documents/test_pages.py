"""Every form for every sort of case, looked at by machine: nothing cut, nothing outside, no page for one line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.printing.form_texts import in_figures
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.party import Party
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.cases.transfer import Account
from desktop.domain.cases.victim import Victim
from desktop.domain.cases.way import PaymentWay
from desktop.domain.ids import CaseId, IdentifierId, OrderId, PartyId, StepId, TransferId
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import MM, Glyph, glyphs
from tests.documents.samples import AT, OFFICERS, a_file, an_order
from tests.support.sessions import RULES

PAPERS = new_papers()
FORMS = [entry.id for entry in all_forms()]
_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_FOOT, _HEAD = 18 * MM, 281 * MM
_MOST_BYTES: Final = 320 * 1024
_LEAST_LINES: Final = 3
_KINDS: Final = (
    OrderKind.STOP, OrderKind.FREEZE, OrderKind.QUERY_DETAILS, OrderKind.UNFREEZE, OrderKind.SHUTDOWN,
    OrderKind.EVIDENCE_REQUEST,
)  # fmt: skip
_BANKS: Final = ("中国农业银行兰州××支行", "招商银行", "财付通支付科技有限公司", "中国建设银行")


def ordered(file: CaseFile) -> CaseFile:
    """Filed, every payment stopped, queried, frozen and released, every lead asked about."""
    views = []
    for paid in file.transfers:
        bare = replace(an_order(paid), target=f"transfer/{paid.id}")
        views += [
            OrderView(
                replace(bare, id=OrderId(f"{paid.id}{kind}"), kind=kind), CaseId("c1"), "", "", OrderState.ISSUED
            )
            for kind in _KINDS
            if SPECS[kind].target is OrderTarget.PAYMENT
        ]  # fmt: skip
    lead = NumberTerms("mobile", "13919364417", "13919364417", first_at=AT, last_at=AT)
    terms: dict[OrderKind, NumberTerms | EvidenceTerms] = {
        OrderKind.SHUTDOWN: lead,
        OrderKind.EVIDENCE_REQUEST: EvidenceTerms("甲公司", wanted="日志", about="13919364417"),
    }
    for kind, said in terms.items():
        one = replace(views[0].order, id=OrderId(kind), kind=kind, terms=said, target=f"x/{kind}")
        views.append(OrderView(one, CaseId("c1"), "", "", OrderState.ISSUED))
    filed = ProcedureStep(StepId("s"), StepKind.FILED, AT, "城公（刑）立字〔2026〕12号")
    return replace(file, orders=tuple(views), steps=(filed,))


def of_victim(victim: Victim, *parties: Party) -> CaseFile:
    file = a_file()
    reported = parties[0].id if parties else ""
    case = replace(file.case, victim=victim, parties=parties, reported_by=reported)
    return ordered(replace(file, case=case))


def paid_by(way: PaymentWay) -> CaseFile:
    file = a_file()
    paid = replace(file.transfers[0], payee=Account("", "", ""), way=way)
    return replace(file, transfers=(paid,), orders=())


def forty() -> CaseFile:
    file = a_file()
    paid = tuple(
        replace(
            file.transfers[0],
            id=TransferId(f"t{number}"),
            position=number,
            amount_fen=137_700 * number,
            time=AT - timedelta(minutes=3 * number),
            payee=Account(f"收款人{number % 7}", f"62305200100377{number:05}", _BANKS[number % 4]),
        )
        for number in range(1, 41)
    )
    leads = tuple(
        Identifier(IdentifierId(f"i{number}"), kind, value, value)
        for number, (kind, value) in enumerate(
            (("mobile", "13919364417"), ("url", "https://a.example/x"), ("wechat", "rw_jd"))
        )
    )
    return ordered(replace(file, transfers=paid, identifiers=leads))


_RESIDENT: Final = "620102198001011234"
_WAY: Final = TransferId("t1")
CASES: Final = {
    "adult": ordered(a_file()),
    "minor": of_victim(
        Victim("小明", "resident_id", "620102201305152048", "13919364417", "兰州市城关区张掖路"),
        Party(PartyId("p1"), "guardian", "李某", "父亲", id_number=_RESIDENT),
    ),
    "company": of_victim(
        Victim("甲公司", "uscc", "91620102MA00000011", "0931-8888888", "兰州", representative="赵大伟"),
        Party(PartyId("p1"), "handler", "钱会计", "财务", id_number=_RESIDENT, papers="介绍信"),
    ),
    "agent": of_victim(
        a_file().case.victim,
        Party(PartyId("p1"), "agent", "孙律师", "代理人", id_number=_RESIDENT, papers="授权委托书"),
    ),
    "no_id": of_victim(Victim("无名老人")),
    "forty": forty(),
    "coin": paid_by(PaymentWay(_WAY, "coin", "USDT", "tron", "ab" * 32)),
    "courier": paid_by(PaymentWay(_WAY, "cash", driver="李师傅 13800000000", plate="甘A12345")),
}  # fmt: skip


def print_of(form: str, name: str) -> bytes:
    return PAPERS.render(form, PaperFacts(CASES[name], OFFICERS, AT, rules=RULES)).data


def lines_of(page: list[Glyph]) -> list[list[Glyph]]:
    """The characters of the body, line by line as they stand on the paper."""
    body = [glyph for glyph in page if glyph.bottom > _FOOT and glyph.top < _HEAD]
    found: list[list[Glyph]] = []
    for glyph in sorted(body, key=lambda one: -one.bottom):
        if found and found[-1][-1].bottom - glyph.bottom < 4:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def numbers_of(file: CaseFile) -> set[str]:
    """What somebody types over from the paper: accounts, identity and telephone numbers, serials, sums, days."""
    case = file.case
    people = [part for one in case.everyone for part in (one.id_number, one.phone)]
    money = [
        part
        for paid in file.transfers
        for part in (paid.payee.number, paid.payer.number, paid.serial, in_figures(paid.amount_fen))
    ]
    return {number for number in (*people, *money, "2026年11月24日", "10时31分") if len(number) > 5}


def cut_numbers(page: list[Glyph], numbers: set[str]) -> list[str]:
    """Those of the numbers that go on in another line."""
    text = "".join(glyph.mark for glyph in page)
    found = []
    for number in numbers:
        for match in re.finditer(re.escape(number), text):
            drawn = page[match.start() : match.end()]
            if max(one.bottom for one in drawn) - min(one.bottom for one in drawn) > 6:
                found.append(number)
    return found


@pytest.mark.parametrize("name", CASES)
def test_pages_are_whole(name: str) -> None:
    wrong: list[str] = []
    numbers = numbers_of(CASES[name])
    for form in FORMS:
        pdf = print_of(form, name)
        pages = glyphs(pdf)
        if len(pdf) > _MOST_BYTES:
            wrong.append(f"{form}: {len(pdf) // 1024} KiB")
        for number, page in enumerate(pages, start=1):
            outside = [
                g.mark
                for g in page
                if g.left < 0 or g.right > _WIDTH or g.bottom < 0 or g.top > _HEIGHT
            ]
            margins = [
                g.mark
                for g in page
                if g.bottom > _FOOT and g.top < _HEAD and not 16 * MM < g.left < g.right + 0.1 < 194 * MM
            ]  # fmt: skip
            if outside or margins:
                wrong.append(f"{form} {number}: outside {''.join(outside or margins)[:20]}")
            cut = cut_numbers(page, numbers)
            if cut:
                wrong.append(f"{form} {number}: cut {cut[:3]}")
            if number > 1 and 0 < len(lines_of(page)) < _LEAST_LINES:
                wrong.append(f"{form} {number}: a page for {len(lines_of(page))} lines")
    assert not wrong, "\n".join(wrong)
