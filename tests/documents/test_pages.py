"""Every form for every sort of case, looked at by machine: nothing cut, nothing outside, no page for one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pypdfium2
import pytest
from pypdfium2 import raw

from desktop.documents.printing.form_texts import in_figures
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.ids import CaseId, IdentifierId, OrderId, StepId, TransferId
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.services.ports import PaperFacts
from tests.documents.drawn_papers import FORMS, cases, drawn, printer
from tests.documents.golden_texts import refused
from tests.documents.pdf_text import MM, Glyph, glyphs
from tests.documents.samples import AT, OFFICERS, a_file, an_order
from tests.support.sessions import RULES

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_FOOT, _HEAD = 18 * MM, 281 * MM
_MOST_BYTES: Final = 320 * 1024
_LEAST_LINES: Final = 3
_LONGEST: Final = 22
"""No narrow column holds the address of a chain, which nobody types over."""
_PADDED: Final = re.compile(r"年0\d月|月0\d日|日0\d时")
"""In Chinese 2027年5月4日9时05分: minutes alone have two figures (GB/T 9704-2012, 7.3.5.5)."""
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


def forty() -> CaseFile:
    file = a_file()
    paid = tuple(
        replace(
            file.transfers[0],
            id=TransferId(f"t{number}"),
            position=number,
            serial=f"26112400{number:06}",
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


ORDERED: Final = {"ordered": ordered(a_file()), "forty": forty()}
"""Cases in which everything was ordered of everything."""
KINDS: Final = (*ORDERED, *cases())


def print_of(form: str, name: str) -> bytes:
    """Of a case in which much was ordered, or of a kind of case."""
    if name not in ORDERED:
        return drawn(form, name).data
    return printer().render(form, PaperFacts(ORDERED[name], OFFICERS, AT, rules=RULES)).data


def file_of(name: str) -> CaseFile:
    return ORDERED[name] if name in ORDERED else cases()[name].file


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
    found = {*people, *money, "2026年11月24日", "10时31分"}
    return {number for number in found if 5 < len(number) <= _LONGEST}


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


def torn_rows(pages: list[list[Glyph]], file: CaseFile) -> list[str]:
    """Payments whose number stands on a page on which their sum does not: a row goes on overleaf."""
    texts = ["".join(glyph.mark for glyph in page) for page in pages]
    return [
        paid.serial
        for paid in file.transfers
        if paid.serial and any(in_figures(paid.amount_fen) in text for text in texts)
        and any(paid.serial in text and in_figures(paid.amount_fen) not in text for text in texts)
    ]  # fmt: skip


def unembedded(pdf: bytes) -> set[str]:
    """Fonts that another computer would replace by one of its own."""
    found = set()
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=8):
                font = raw.FPDFTextObj_GetFont(item.raw)
                if not raw.FPDFFont_GetIsEmbedded(font):
                    found.add(str(page))
    return found


def faults(page: list[Glyph], numbers: set[str], *, first: bool) -> Iterator[str]:
    """What is wrong with a page by itself."""
    outside = [
        g.mark for g in page if g.left < 0 or g.right > _WIDTH or g.bottom < 0 or g.top > _HEIGHT
    ]
    margins = [
        g.mark
        for g in page
        if g.bottom > _FOOT and g.top < _HEAD and not 16 * MM < g.left < g.right + 0.1 < 194 * MM
    ]
    if outside or margins:
        yield f"outside {''.join(outside or margins)[:20]}"
    if cut := cut_numbers(page, numbers):
        yield f"cut {cut[:3]}"
    if padded := _PADDED.search("".join(glyph.mark for glyph in page)):
        yield padded.group()
    if not first and len(lines_of(page)) < _LEAST_LINES:
        yield f"a page for {len(lines_of(page))} lines"


@pytest.mark.parametrize("name", KINDS)
def test_pages_are_whole(name: str) -> None:
    wrong: list[str] = []
    file = file_of(name)
    numbers = numbers_of(file)
    for form in FORMS:
        if name in cases() and refused(form, name):
            continue
        pdf = print_of(form, name)
        pages = glyphs(pdf)
        if len(pdf) > _MOST_BYTES:
            wrong.append(f"{form}: {len(pdf) // 1024} KiB")
        if torn := torn_rows(pages, file):
            wrong.append(f"{form}: torn {torn[:3]}")
        for number, page in enumerate(pages, start=1):
            found = faults(page, numbers, first=number == 1)
            wrong += [f"{form} {number}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("form", FORMS)
def test_every_font_is_in_the_file(form: str) -> None:
    assert unembedded(drawn(form, "adult").data) == set()
