"""Lists of evidence with what was recorded: many items over many pages, seals, passings, digests."""

from __future__ import annotations

import hashlib
import shutil
import struct
import subprocess
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.codes.qr import codes_in
from desktop.documents.case_forms.case_facts import evidence_facts
from desktop.documents.case_forms.form_specs import entry_of
from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.printing.form_texts import FormTexts, in_groups
from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.custody import CustodyTransfer, Seal
from desktop.domain.evidence.item import AcquisitionMethod, handed_in
from desktop.domain.evidence.list_digest import list_digest
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import CaseId, EvidenceId
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text, page_texts, squeezed
from tests.documents.samples import AT, OFFICERS, a_file, an_item
from tests.support.strict import all_of

PAPERS: TypstPapers = new_papers()
TEXTS = FormTexts(Catalogue.load("zh_CN"))
RECORD = EvidenceRecord(
    holder="李秀兰", device="华为 P60", second="620135", witness="陈社区", category="communication",
    format="JPEG 图片", taken_at=AT - timedelta(hours=1), reason="要接回访电话", process="逐屏拍照",
)  # fmt: skip


def plain_png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x99" * width) * height)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("category", ["", "of_a_newer_program"])
@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("image/jpeg", "image"), ("video/mp4", "video"), ("text/csv", "text"), ("application/pdf", "other")],
)  # fmt: skip
def test_a_kind_of_data_that_nobody_names_is_that_of_the_file(
    category: str, media_type: str, kind: str
) -> None:
    """No code stands on the paper; what was recorded in words that are known goes before it."""
    item = replace(an_item(1, "1"), media_type=media_type, record=EvidenceRecord(category=category))
    assert evidence_facts(item, TEXTS)["category"] == TEXTS.text(f"category.{kind}")
    known = replace(item, record=RECORD)
    assert evidence_facts(known, TEXTS)["category"] == TEXTS.name("category", RECORD.category)


def recorded(count: int, form: str = "extraction_list") -> CaseFile:
    """Items as the form lists them: what was handed in, or what officers photographed."""
    handed_in = form == "evidence_list"
    items = tuple(
        replace(
            an_item(n, f"聊天截图-{n:02d}.jpg"),
            method=AcquisitionMethod.PROVIDED if handed_in else AcquisitionMethod.PHOTOGRAPHED,
            record=RECORD,
            md5=f"{n:032x}",
        )
        for n in range(1, count + 1)
    )
    return replace(a_file(), evidence=items, orders=())


def test_forty_items_fill_pages_that_each_repeat_the_head() -> None:
    for form, head in (("extraction_list", "完整性校验值"), ("evidence_list", "特征")):
        file = recorded(40, form)
        pages = page_texts(PAPERS.render(form, PaperFacts(file, OFFICERS, AT)).data)
        assert len(pages) > 4
        listing = [page for page in map(squeezed, pages) if "聊天截图" in page]
        assert all_of(head in page for page in listing)
        text = squeezed("".join(pages))
        assert all(f"聊天截图-{n:02d}.jpg" in text for n in range(1, 41))
        assert text.count("SHA-256") >= 40
        assert text.count("MD5（兼容）") == 40
        assert "共40项" in text


LISTS = ("extraction_list", "evidence_list", "fixing_note")


@pytest.mark.parametrize("form", LISTS)
def test_no_row_of_a_list_goes_on_overleaf(form: str) -> None:
    """Name and digest of an item stand on one page, however high the rows are."""
    file = recorded(40, form)
    items = tuple(
        replace(
            item,
            name=f"{'很长的名称' * (n * 7 % 23)}{item.name}",
            sha256=hashlib.sha256(bytes([n])).hexdigest(),
        )
        for n, item in enumerate(file.evidence)
    )
    printed = PAPERS.render(form, PaperFacts(replace(file, evidence=items), OFFICERS, AT)).data
    pages = [squeezed(page) for page in page_texts(printed)]
    assert len(pages) > 2
    torn = [
        item.name[-12:]
        for item in items
        for page in pages
        if (item.name[-12:] in page) != (item.sha256[-8:].upper() in page.upper())
    ]
    assert torn == []


def test_a_row_higher_than_a_page_is_printed_whole() -> None:
    file = recorded(2, "evidence_list")
    long = "甲" * 3000 + "终"
    items = (replace(file.evidence[0], source=long), file.evidence[1])
    text = all_text(
        PAPERS.render("evidence_list", PaperFacts(replace(file, evidence=items), OFFICERS, AT)).data
    )
    assert text.count("甲") == 3000
    assert "聊天截图-02.jpg" in text


def test_the_list_of_what_was_handed_in_names_nothing_else_and_no_later_day() -> None:
    handed, later = recorded(1, "evidence_list"), recorded(2, "evidence_list").evidence[1]
    record = replace(RECORD, taken_at=AT + timedelta(days=3))
    taken = replace(an_item(3, "屏幕照片.jpg"), method=AcquisitionMethod.PHOTOGRAPHED)
    items = (*handed.evidence, replace(later, record=record), taken)
    file = replace(handed, evidence=items)
    for about, own, other in (("", "01", "02"), (f"evidence/{later.id}", "02", "01")):
        text = all_text(PAPERS.render("evidence_list", PaperFacts(file, OFFICERS, AT, about)).data)
        assert f"聊天截图-{own}.jpg" in text
        assert f"聊天截图-{other}.jpg" not in text
        assert "屏幕照片" not in text
        assert "共1项" in text
    register = all_text(PAPERS.render("acceptance_register", PaperFacts(file, OFFICERS, AT)).data)
    assert "1项，见《接受证据材料清单》" in register, "the register counts what the list names"
    for form in ("filing_report", "guidance"):
        text = squeezed(all_text(PAPERS.render(form, PaperFacts(file, OFFICERS, AT)).data))
        assert "2项" in text, "of every occasion, and of nothing that officers took"


def test_what_was_handed_in_is_what_its_list_names() -> None:
    items = [replace(an_item(1, "票据.jpg"), method=method) for method in AcquisitionMethod]
    assert {item.method.value for item in handed_in(items)} == set(
        entry_of("evidence_list").methods
    )


def test_of_joined_reports_each_list_names_what_its_own_victim_handed_in() -> None:
    file = recorded(2, "evidence_list")
    other = file.evidence[1]
    file = replace(file, of_others={other.id: CaseId("c2")})
    for about, own, foreign in (("", "01", "02"), (f"evidence/{other.id}", "02", "01")):
        text = all_text(PAPERS.render("evidence_list", PaperFacts(file, OFFICERS, AT, about)).data)
        assert f"聊天截图-{own}.jpg" in text
        assert f"聊天截图-{foreign}.jpg" not in text


def test_the_lists_say_who_took_each_item_and_whether_the_second_confirmed() -> None:
    confirmed, alone = (
        replace(RECORD, seconded_at=AT),
        replace(RECORD, second="", alone="夜间一人值班"),
    )
    kinds = (confirmed, RECORD, alone)
    for form in ("extraction_list", "evidence_list"):
        whole = recorded(3, form)
        items = tuple(
            replace(item, record=record) for item, record in zip(whole.evidence, kinds, strict=True)
        )
        facts = PaperFacts(replace(whole, evidence=items), OFFICERS, AT)
        text = squeezed("".join(page_texts(PAPERS.render(form, facts).data)))
        assert text.count("本人确认") == 1, text
        assert "2026年11月24日10时31分本人确认" in text
        assert text.count("民警：王建国（警号620134）、马晓燕（警号620135）") == 2, text
        assert "一名民警取证：夜间一人值班" in text


def test_what_was_recorded_stands_on_the_list_and_in_the_free_places() -> None:
    file = recorded(2)
    sealed = Seal("s1", "LZ-0017", "手机", (EvidenceId("e1"),), AT, "620134")
    file = replace(file, seals=(sealed,))
    text = all_text(PAPERS.render("extraction_list", PaperFacts(file, OFFICERS, AT)).data)
    for words in (
        "通信信息",
        "JPEG图片",
        "2026年11月24日9时31分",
        "封存LZ-0017",
        "陈社区",
        "马晓燕",
    ):
        assert words in text, words
    note = all_text(PAPERS.render("fixing_note", PaperFacts(file, OFFICERS, AT)).data)
    for words in ("华为P60", "要接回访电话", "逐屏拍照", "陈社区"):
        assert words in note, words


def test_a_seal_and_a_passing_are_listed_whole_and_alone() -> None:
    file = recorded(2)
    first = Seal(
        "s1", "LZ-0016", "手机", (EvidenceId("e1"),), AT, "620134", "620135", reason="扣押",
        opened_at=AT, opened_by="620134", opened_reason="送检", opened_state="封条完好",
        holder="陈社区", photos="封存前后各一张", opened_photos="拆前两张",
    )  # fmt: skip
    second = replace(first, id="s2", number="LZ-0017", previous="s1", opened_at=None)
    passing = CustodyTransfer(
        "c1", (EvidenceId("e1"), EvidenceId("e2")), AT, "620134", "陈检察官", "城关区检察院", "保管室",
        "移送", 2,
    )  # fmt: skip
    file = replace(file, seals=(first, second), custody=(passing,))
    facts = PaperFacts(file, OFFICERS, AT)
    both = all_text(PAPERS.render("sealing_record", facts).data)
    told = ("LZ-0016", "LZ-0017", "送检", "封条完好", "马晓燕", "封条签名陈社区", "拆封前拆前两张")
    assert all_of(words in both for words in told), both
    alone = all_text(PAPERS.render("sealing_record", replace(facts, about="seal/s2")).data)
    assert "原编号LZ-0016" in alone
    assert "送检" not in alone
    moved = all_text(PAPERS.render("custody_record", facts).data)
    for words in ("王建国", "城关区检察院", "陈检察官", "共2项", "接收人在本记录上签名"):
        assert words in moved, words
    assert "LZ-0017" in moved
    opened = replace(file, seals=(first, replace(second, opened_at=AT)))
    moved = all_text(PAPERS.render("custody_record", PaperFacts(opened, OFFICERS, AT)).data)
    assert "LZ-00" not in moved, "what was opened before does not go under a seal"


def test_the_sealing_record_says_who_confirmed_here_and_who_only_signs() -> None:
    sealed = Seal(
        "s1", "LZ-0016", "手机", (EvidenceId("e1"),), AT, "620134", "620135", reason="扣押", seconded_at=AT,
        opened_at=AT, opened_by="620134", opened_second="620135", opened_reason="送检",
    )  # fmt: skip
    lone = replace(
        sealed,
        id="s2",
        number="LZ-0017",
        second="",
        alone="夜间一人值班",
        opened_second="",
        opened_alone="急送",
    )
    file = replace(recorded(2), seals=(sealed, lone))
    text = all_text(PAPERS.render("sealing_record", PaperFacts(file, OFFICERS, AT)).data)
    assert text.count("马晓燕（警号620135）（2026年11月24日10时31分本人用密码确认）") == 1, text
    assert text.count("马晓燕（警号620135）（本人签名后有效）") == 1, text
    for words in ("只有一名民警：夜间一人值班", "只有一名民警：急送"):
        assert text.count(words) == 1, text


def test_the_record_of_extraction_says_what_the_second_officer_confirmed() -> None:
    whole = recorded(4)
    alone = replace(RECORD, second="", alone="夜间一人值班")
    kinds = (replace(RECORD, seconded_at=AT), RECORD, RECORD, alone)
    pairs = zip(whole.evidence, kinds, strict=True)
    told = tuple(replace(item, record=kind) for item, kind in pairs)
    for form, method in (
        ("extraction_record", AcquisitionMethod.EXTRACTED),
        ("online_extraction_record", AcquisitionMethod.ONLINE),
        ("fixing_note", AcquisitionMethod.PHOTOGRAPHED),
    ):
        items = tuple(replace(item, method=method) for item in told)
        file = replace(whole, evidence=items)
        text = all_text(PAPERS.render(form, PaperFacts(file, OFFICERS, AT)).data)
        for words in (
            "第1项：马晓燕（警号620135）（2026年11月24日10时31分本人用密码确认）",
            "第2–3项：马晓燕（警号620135）（本人签名后有效）",
            "第4项：只有一名民警：夜间一人值班",
        ):
            assert text.count(words) == 1, (form, text)
    extracted = AcquisitionMethod.EXTRACTED
    items = tuple(replace(i, record=kinds[0], method=extracted) for i in whole.evidence)
    same = replace(whole, evidence=items)
    text = all_text(PAPERS.render("extraction_record", PaperFacts(same, OFFICERS, AT)).data)
    assert text.count("本人用密码确认）") == 1
    assert "项：马晓燕" not in text


def test_a_contact_sheet_shows_pictures_numbers_and_digests_over_pages() -> None:
    file = recorded(40)
    items = tuple(
        replace(item, record=replace(RECORD, shot="chat.talk", frame=n))
        for n, item in enumerate(file.evidence, 1)
    )
    file = replace(file, evidence=items)
    facts = PaperFacts(
        file,
        OFFICERS,
        AT,
        pictures={item.id: plain_png(64, 128) for item in items[:39]},
        shots={"chat.talk": "诱导、要求转账的对话"},
        missing_shots=("最后一条消息",),
    )
    pdf = PAPERS.render("contact_sheet", facts)
    text = squeezed("".join(page_texts(pdf.data)))
    assert pdf.pages >= 7
    assert all(f"№{n}" in text for n in range(1, 41))
    assert text.count("诱导、要求转账的对话") == 40
    assert text.count("SHA-256") == 40
    assert "（无缩略图，见原件）" in text
    assert "没有拍到的：最后一条消息" in text
    told = PAPERS.printed_facts("contact_sheet", facts)
    assert told["frames.39.number"] == 40
    assert not any(name.startswith("pictures") for name in told), "digests fix them"
    assert pdf.data.count(b"/Subtype/Image") + pdf.data.count(b"/Subtype /Image") >= 1


@pytest.mark.parametrize("form", ["evidence_list", "extraction_list"])
def test_the_list_bears_one_digest_to_be_read_and_scanned(form: str) -> None:
    """Anybody works it out with sha256sum; another item, name or content makes another."""
    file = recorded(3, form)
    pdf = PAPERS.render(form, PaperFacts(file, OFFICERS, AT)).data
    lines = "".join(f"{item.sha256}  {item.name}\n" for item in file.evidence)
    digest = hashlib.sha256(lines.encode()).hexdigest()
    assert in_groups(digest).replace(" ", "") in squeezed("".join(page_texts(pdf)))
    assert f"{file.case.number} 3 SHA256 {digest}".encode() in codes_in(pdf)
    renamed = (*file.evidence[:2], replace(file.evidence[2], name="聊天截图-04.jpg"))
    assert list_digest(renamed) != digest


def test_odd_names_stand_in_the_digest_as_sha256sum_writes_them(tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum here")
    names = ("back\\slash.txt", "two\nlines.txt", "plain name.txt")
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    done = subprocess.run([tool, "--", *names], cwd=tmp_path, capture_output=True, check=True)
    items = [
        replace(item, name=name, sha256=hashlib.sha256(name.encode()).hexdigest())
        for item, name in zip(recorded(3).evidence, names, strict=True)
    ]
    assert list_digest(items) == hashlib.sha256(done.stdout).hexdigest()


@pytest.mark.parametrize("form", ["evidence_list", "extraction_list"])
def test_an_empty_list_has_no_code(form: str) -> None:
    pdf = PAPERS.render(form, PaperFacts(recorded(0), OFFICERS, AT)).data
    assert not any(b"SHA256" in code for code in codes_in(pdf)), "the case's own code alone"
    assert "清单校验值" not in squeezed("".join(page_texts(pdf)))
