"""The desk's own sheets: the slip scans, the recovery code is large, the readme names public tools."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
import zxingcpp

from desktop.documents.pages.pictures import render_pdf_page
from desktop.documents.printing.printable import Printable
from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.victim import Victim
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.ids import CaseId, DeviceId, OrderId, PartyId, TransferId
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind
from desktop.services.ports import PaperFacts
from tests.documents.making import CODE, FINGERPRINT, SEALED, drawn, new_papers, qr_png
from tests.documents.pdf_text import (
    MM,
    all_text,
    glyphs,
    page_texts,
    squeezed,
)
from tests.documents.samples import (
    AT,
    OFFICER,
    PROFILE,
    SUMMARY,
    a_file,
    hostile_file,
)


@pytest.mark.parametrize(
    ("way", "names"),
    [("cross_border", ("召回汇款", "Recall money")), ("", ("撤销提醒", "Revocation reminder"))],
)
def test_papers_call_a_call_back_by_what_it_asks_for(
    sheets: TypstSheets, way: str, names: tuple[str, str]
) -> None:
    file = a_file()
    view = file.orders[0]
    recall = replace(view, way=way, order=replace(view.order, kind=OrderKind.REVOKE))
    pdf = sheets.slip([(replace(file, orders=(recall,)), recall.order)], [qr_png()], AT)
    text = all_text(pdf.data)
    assert any(squeezed(name) in text for name in names)


@pytest.mark.parametrize("sample", [a_file, hostile_file])
def test_the_slip_is_one_page_and_its_code_scans(
    sheets: TypstSheets, printable: Printable, sample: Callable[[], CaseFile]
) -> None:
    file = sample()
    order = file.orders[0].order
    pdf = sheets.slip([(file, order)], [qr_png()], AT)
    assert pdf.pages == 1
    found = zxingcpp.read_barcode(gray(render_pdf_page(pdf.data, 0, 1240)))
    assert found is not None
    assert bytes(found.bytes) == SEALED
    place = found.position
    assert (place.top_right.x - place.top_left.x) * 210 / 1240 >= 70  # millimetres
    text = all_text(pdf.data)
    for value in (
        order.number, order.payee.number, order.payee.name, order.payee.bank, order.serial,
        order.order_number, order.payer.number, order.payer.name, file.case.victim.name, FINGERPRINT,
    ):  # fmt: skip
        assert squeezed(printable.text(value)) in text
    sealed = ("已签名加密，仅市中心可读", "Signedandsealed:onlythecitycentrecanreadit")
    assert any(line in text for line in sealed)


def gray(png: bytes) -> memoryview:
    """The pixels of one of our PNGs as zxing-cpp wants them."""
    width, height = struct.unpack(">LL", png[16:24])
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">L", png[start - 4 : start])
    rows = zlib.decompress(png[start + 4 : start + 4 + length])
    stride = width * 3 + 1
    green = b"".join(rows[y * stride + 2 : (y + 1) * stride : 3] for y in range(height))
    return memoryview(green).cast("B", shape=[height, width])


def test_the_recovery_sheet_has_eight_large_groups(sheets: TypstSheets) -> None:
    pdf = sheets.recovery_sheet(PROFILE, OFFICER, CODE, AT)
    assert pdf.pages == 1
    (page,) = glyphs(pdf.data)
    large = "".join(glyph.mark for glyph in page if glyph.top - glyph.bottom > 6 * MM)
    text = all_text(pdf.data)
    for number, group in enumerate(CODE.split("-"), 1):
        assert f"{number}{group}" in text
        assert group[0] in large
    assert FINGERPRINT in text
    plain = sheets.recovery_sheet(PROFILE, OFFICER, CODE.replace("-", ""), AT)
    assert plain.data == pdf.data


def test_the_readme_tells_how_to_check_with_public_tools(sheets: TypstSheets) -> None:
    text = all_text(sheets.readme(SUMMARY))
    for command in (
        "age -d -i key.txt", "tar -xf bundle.tar", "sha256sum -c manifest-sha256.txt",
        "bagit.py --validate .", "ssh-keygen -Y verify", "-n fanzha-bundle", "tagmanifest-sha256.txt.sig",
        "A-000213", FINGERPRINT, "李秀兰", "阿依古丽·买买提", "￥118,000.00",
    ):  # fmt: skip
        assert squeezed(command) in text


@pytest.mark.parametrize("count", [1, 4, 9])
def test_a_slip_of_several_codes_shows_each_with_its_number(
    sheets: TypstSheets, printable: Printable, count: int
) -> None:
    file = a_file()
    codes = [f"code {number} of {count} ".encode() * 40 for number in range(1, count + 1)]
    orders = [(file, view.order) for view in (*file.orders, *file.orders)]
    pdf = sheets.slip(orders, list(map(drawn, codes)), AT)
    pages = -(-count // 4)
    found = [
        bytes(code.bytes)
        for page in range(pages)
        for code in zxingcpp.read_barcodes(gray(render_pdf_page(pdf.data, page, 1240)))
    ]
    assert sorted(found) == sorted(codes)
    text = all_text(pdf.data)
    assert pdf.pages >= pages
    for number in range(1, count + 1):
        numbered = (f"第{number}张共{count}张", f"Code{number}of{count}")
        assert any(words in text for words in numbered)
    for _, order in orders:
        assert squeezed(printable.text(order.number)) in text
        assert squeezed(printable.text(order.payee.number)) in text


def test_an_order_without_money_names_what_it_is_about(sheets: TypstSheets) -> None:
    file = a_file()
    terms = NumberTerms(identifier_kind="phone", raw="17012345678")
    order = replace(file.orders[0].order, payee=Account("", "", ""), amount_fen=0, terms=terms)
    assert "17012345678" in all_text(sheets.slip([(file, order)], [qr_png()], AT).data)


def test_a_card_names_the_device_where_its_key_has_another_fingerprint(
    sheets: TypstSheets,
) -> None:
    device, key = DeviceId("7QK2M9XD41TCZP8A"), DeviceId("K8P2V7WQ3H9XM4TD")
    first = PeerCard(
        "enrolment", device, "620102540000", "张掖路派出所", "A", "desk", "ssh-ed25519 AAAA", "age1x",
        "2026-11-20T02:00:00.000Z",
    )  # fmt: skip
    for card, named in (
        (first, False),
        (replace(first, key=device), False),
        (replace(first, key=key), True),
    ):
        text = all_text(sheets.device_card(card, drawn(b"code"), AT).data)
        assert (FINGERPRINT in text) is named


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_a_reporter_takes_home_is_one_page(language: str) -> None:
    """With three stops, a freeze and a number; long advice runs on to a second page, the telephone box with it."""
    file = a_file()
    (view, *_) = file.orders
    kinds = (OrderKind.STOP, OrderKind.STOP, OrderKind.STOP, OrderKind.INTERCEPT, OrderKind.FREEZE)
    orders = tuple(
        replace(view, order=replace(view.order, id=OrderId(f"o{n}"), number=f"Z{n}", kind=kind))
        for n, kind in enumerate(kinds)
    )
    facts = PaperFacts(replace(file, orders=orders), {}, AT, duty_phone="0931-8888888")
    papers = new_papers(language)
    assert papers.render("guidance", facts).pages == 1
    long = papers.render("guidance", facts, {"advice": "长" * 900})
    assert long.pages == 2
    assert "96110" in page_texts(long.data)[1]


def test_a_reporter_is_not_told_what_was_stopped_for_another_victim() -> None:
    file = a_file()
    (view,) = file.orders
    theirs = replace(
        view.order, id=OrderId("x"), number="Z9", transfer=TransferId("x1"), amount_fen=2_300_000
    )
    joined = replace(
        file,
        orders=(view, replace(view, order=theirs)),
        of_others={"x1": CaseId("c2")},
    )
    text = all_text(new_papers().render("guidance", PaperFacts(joined, {}, AT)).data)
    assert "￥98,000.00" in text
    assert "￥23,000.00" not in text


@pytest.mark.parametrize(
    ("victim", "role", "brings"),
    [
        (a_file().case.victim, "", "本人身份证件。"),
        (a_file().case.victim, "agent", "您和被害人的身份证件，代为报案的证明"),
        (Victim("甲公司", "uscc", "9162"), "handler", "营业执照"),
    ],
)
def test_whoever_reports_is_asked_for_the_own_papers(
    victim: Victim, role: str, brings: str
) -> None:
    party = Party(PartyId("p1"), role, "钱某", "亲属", id_number="620102198001011234")
    case = replace(a_file().case, victim=victim, parties=(party,) if role else ())
    file = replace(a_file(), case=replace(case, reported_by="p1" if role else ""))
    assert brings in all_text(new_papers().render("guidance", PaperFacts(file, {}, AT)).data)
