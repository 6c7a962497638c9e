"""The papers of a case: looked at, drafted, written in beside their pages, signed, printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.errors import RuleError, UserInputError, WorldError
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.ids import OrderId, PaperId
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.domain.papers.paper import MAX_TEXT, Paper, Signing
from desktop.journal.kinds import DOCUMENT_PRINTED, PAPER_DRAFTED, PAPER_EDITED, PAPER_SIGNED
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import STOP_FORM
from desktop.services.papers.show_paper import Difference, ShownPaper
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.ports import FormSpec, Pdf
from desktop.ui.case.parts.tabs import Tab
from tests.support.fake_papers import FakePapers
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench
from tests.ui.pages.papers import PapersPage
from tests.ui.pages.window_page import compose, type_text

DRAFT = Paper(PaperId("p1"), "receipt", "criminal_2022", samples.NOW)
SIGNING = Signing(samples.NOW, "620134", BlobRef("a" * 64, 1), BlobRef("b" * 64, 1), 2)
SIGNED = replace(DRAFT, id=PaperId("p0"), signed=SIGNING, made_at=samples.NOW - timedelta(hours=1))


def open_papers(bench: Bench, *papers: Paper) -> PapersPage:
    """The tab of the invented case with these papers on record, their pages invented too; its first row chosen."""
    sheet = bench.sheet
    shown = ShownPaper(Pdf(b"shown", 2), dict(samples.PHRASES))
    bench.note("case.papers.tab.show_paper", answer=shown)
    bench.show(replace(sheet, file=replace(sheet.file, papers=papers)))
    return to_papers(bench)


def to_papers(bench: Bench) -> PapersPage:
    page = PapersPage(bench.page.qtbot, bench.page.widget)
    page.go_to("papers")
    bench.runner.run_all()
    return page


def begin(desk: Bench, form: str = "receipt", *, signed: bool = False) -> PaperId:
    """A paper that the desk holds."""
    paper = draft_paper(desk.session, samples.CASE, form).id
    if signed:
        edit_paper(desk.session, paper, {"contact": "0931-8888888"}, {"reporter": "refused"})
        sign_paper(desk.session, paper)
    desk.show_held()
    return paper


def draft_open(desk: Bench) -> tuple[PapersPage, PaperId]:
    """The tab with a draft of the receipt in front."""
    paper = begin(desk)
    page = to_papers(desk)
    page.choose(1)
    desk.runner.run_all()
    return page, paper


def saved(desk: Bench, paper: PaperId) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What the desk has of a paper: texts and blanks that were written."""
    (found,) = (item for item in desk.file().papers if item.id == paper)
    return found.texts, found.blanks


def edits(desk: Bench) -> int:
    """How often something was written into a paper."""
    return desk.kinds().count(PAPER_EDITED)


def rest(page: PapersPage, bench: Bench) -> None:
    """The person stops typing for a moment."""
    page.tab.settle()
    bench.runner.run_all()


def test_what_a_scan_names_is_stood_on(bench: Bench) -> None:
    last = replace(DRAFT, id=PaperId("p2"), form="handover")
    page = open_papers(bench, DRAFT, last)
    order = samples.ORDERS[-1].order
    for tab, part in ((Tab.PAPERS, last.id), (Tab.ORDERS, order.number)):
        page.widget.open_case(samples.CASE, tab, part)
        bench.runner.run_all()
        focus = QApplication.focusWidget()
        assert focus is not None
        if tab is Tab.ORDERS:
            cards = page.widget.findChildren(QWidget, f"case_order_{part}")
            assert any(card.isAncestorOf(focus) for card in cards)
        else:
            assert focus is page.tab.table
            chosen = page.tab.table.selected()
            assert chosen is not None
            assert chosen.key == ("paper", part)
    page.widget.header.tabs.setFocus()
    page.widget.reload()
    bench.runner.run_all()
    assert page.find("case_tab_orders").hasFocus(), "once, not for ever"


def test_a_form_is_looked_at_without_a_trace_and_handed_over_with_its_title(desk: Bench) -> None:
    before = desk.kinds()
    page = to_papers(desk)
    assert page.tab.view.filled
    page.press(Qt.Key.Key_Down)
    page.choose(1)
    desk.runner.run_all()
    assert desk.kinds() == before
    page.click("case_paper_print")
    desk.runner.run_all()
    ((name, data, title),) = desk.ways.calls
    number = desk.file().case.number
    assert (name, title) == ("paper", f"{number} 受案回执")
    assert isinstance(data, bytes)
    assert data.startswith(b"receipt ")


def test_each_paper_has_its_own_title(desk: Bench) -> None:
    page = to_papers(desk)
    for _ in range(2):  # the second is asked for while the first is still drawn
        page.click("case_paper_print")
        page.press(Qt.Key.Key_Down)
        page.choose(1)
    desk.runner.run_all()
    (_, first, one), (_, second, other) = desk.ways.calls
    number = desk.file().case.number
    assert (one, other) == (f"{number} 受案登记表", f"{number} 受案回执")
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert (first.split()[0], second.split()[0]) == (b"report_form", b"receipt")


def test_a_paper_that_cannot_be_drawn_says_so(desk: Bench) -> None:
    desk.note("case.papers.tab.show_form", UserInputError("form.unknown"))
    page = to_papers(desk)
    assert not page.tab.view.filled
    assert page.tab.view.accessibleName()


def test_every_form_is_listed_by_set_with_how_far_it_got(bench: Bench) -> None:
    gone = replace(DRAFT, id=PaperId("p2"), withdrawn="误制")
    page = open_papers(bench, DRAFT, SIGNED, gone)
    assert page.states()[1:4] == [
        ("受案回执", "草稿"), ("受案回执", "已签署 11-24 10:31"), ("受案回执", "已撤回"),
    ]  # fmt: skip
    assert page.states()[0] == (zh("documents.form.acceptance_register"), zh("papers.state.none"))


@pytest.mark.parametrize(
    ("state", "copies", "hint"),
    [
        (OrderState.CARRIED, "", "指令已发起，未打印"),
        (OrderState.FAILED, "", "指令已发起，未打印"),
        (OrderState.CARRIED, "1", "指令已发起"),
        (OrderState.WITHDRAWN, "", "未制作"),
        (OrderState.PROPOSED, "", "未制作"),
    ],
)
def test_the_application_of_an_order_that_is_out_is_not_missing(
    bench: Bench, state: OrderState, copies: str, hint: str
) -> None:
    """The order went out without it; its paper may or may not have been printed."""
    form = FormSpec(STOP_FORM, {"zh_CN": "紧急止付申请表"}, "platform_2016")
    sent = replace(samples.ORDERS[0], state=state)
    fields = (("form", STOP_FORM), ("copies", copies))
    printed = HistoryRow(
        samples.NOW, "620134", DOCUMENT_PRINTED, f"order/{sent.order.id}", fields, "A", 90
    )
    sheet = bench.sheet
    bench.sheet = replace(
        sheet,
        file=replace(sheet.file, orders=(sent,)),
        forms=(form,),
        history=(printed,) if copies else (),
    )
    page = open_papers(bench)
    assert page.states() == [("紧急止付申请表", hint)]


def test_every_order_has_a_line_of_its_own(bench: Bench) -> None:
    """Forty payments that were stopped are forty applications, each to be found, drawn and printed."""
    form = FormSpec(
        STOP_FORM,
        {"zh_CN": "紧急止付申请表"},
        "platform_2016",
        orders=(OrderKind.STOP,),
        per_order=True,
    )
    sheet, first = bench.sheet, samples.ORDERS[0]
    orders = tuple(
        replace(first, order=replace(first.order, id=OrderId(f"o{n}"), kind=OrderKind.STOP, amount_fen=n * 100))
        for n in range(1, 41)
    )  # fmt: skip
    gone = replace(orders[0], state=OrderState.REFUSED)
    about = replace(DRAFT, form=STOP_FORM, about="order/o2")
    bench.sheet = replace(
        sheet,
        file=replace(sheet.file, orders=(gone, *orders[1:])),
        forms=(form,),
        sets=frozenset({"platform_2016"}),
    )
    page = open_papers(bench, about)
    titles = [title for title, _ in page.states()]
    assert len(titles) == len(set(titles)) == 1 + 39, "the form, and a line for each that counts"
    assert sum(title.endswith("￥2.00") for title in titles) == 1, "a paper stands for its order"


def test_from_nothing_to_a_signed_paper_by_keyboard(desk: Bench) -> None:
    page = to_papers(desk)
    page.choose(1)
    desk.runner.run_all()
    page.press(Qt.Key.Key_Return)
    desk.runner.run_all()
    assert page.focused() is page.editor("query_way")
    page.click("case_paper_sign")
    page.dialog("confirm_dialog").click("confirm_accept")
    desk.runner.run_all()
    assert page.focused() is page.editor("contact"), "the place that is still open"
    page.type_here("0931-8888888")
    page.press(Qt.Key.Key_Tab)
    desk.runner.run_all()
    page.blank("reporter", "refused")
    desk.runner.run_all()
    assert page.widget.banner.isVisible()
    page.click("case_paper_sign")
    page.dialog("confirm_dialog").click("confirm_accept")
    assert not page.widget.banner.isVisible(), "why it was refused before"
    (paper,) = desk.file().papers
    assert saved(desk, paper.id) == ({"contact": "0931-8888888"}, {"reporter": "refused"})
    assert paper.form == "receipt"
    assert paper.signed is not None
    done = [kind for kind in desk.kinds() if kind.startswith("paper.")]
    assert done == [PAPER_DRAFTED, PAPER_EDITED, PAPER_EDITED, PAPER_SIGNED]


@pytest.mark.parametrize("signed", [False, True])
def test_enter_writes_a_draft_and_shows_what_is_signed(desk: Bench, *, signed: bool) -> None:
    begin(desk, signed=signed)
    page = to_papers(desk)
    page.choose(1)
    desk.runner.run_all()
    page.press(Qt.Key.Key_Return)
    desk.runner.run_all()
    if signed:
        ((name, _data, title),) = desk.ways.calls
        assert (name, title) == ("paper", f"{desk.file().case.number} 受案回执")
    else:
        assert page.focused() is page.editor("query_way")
        assert desk.ways.calls == []


def test_pages_follow_the_typing_and_the_text_is_kept_when_it_rests(desk: Bench) -> None:
    shown = desk.note("case.papers.tab.show_paper")
    page, paper = draft_open(desk)
    editor = page.editor("contact")
    editor.setFocus()
    compose(editor, "lian xi")
    compose(editor, "")
    type_text(editor, "联系王警官")
    assert edits(desk) == 0, "not at every key"
    rest(page, desk)
    assert saved(desk, paper) == ({"contact": "联系王警官"}, {})
    assert edits(desk) == 1
    assert len(shown) > 1, "drawn anew with what was typed"
    assert editor.toPlainText() == "联系王警官", "reading the case anew leaves the cursor alone"


def test_what_was_typed_is_kept_when_another_paper_is_chosen_or_the_page_left(desk: Bench) -> None:
    page, paper = draft_open(desk)
    type_text(page.editor("contact"), "甲")
    page.tab.table.select_key(page.tab.table.rows.rows[0].key)
    assert saved(desk, paper) == ({"contact": "甲"}, {})
    page.choose(1)
    desk.runner.run_all()
    type_text(page.editor("query_way"), "乙")
    page.go_to("overview")
    texts, _ = saved(desk, paper)
    assert texts["query_way"] == "乙" + samples.PHRASES["query_way"]


def test_a_text_that_is_not_kept_stays_on_the_screen(desk: Bench) -> None:
    page, paper = draft_open(desk)
    desk.note("case.papers.actions.edit_paper", RuleError("paper.not_draft"))
    type_text(page.editor("contact"), "甲")
    rest(page, desk)
    assert "不能再改" in page.words(page.find("case_banner"))
    assert page.editor("contact").toPlainText() == "甲"
    assert saved(desk, paper) == ({}, {})


def test_what_could_not_be_kept_is_there_when_the_paper_is_chosen_again(desk: Bench) -> None:
    page, paper = draft_open(desk)
    novel = "长" * (MAX_TEXT + 1)
    page.editor("contact").setPlainText(novel)
    desk.note("case.papers.actions.edit_paper", WorldError("disk.full"))
    type_text(page.editor("query_way"), "甲")
    page.choose(0)
    desk.runner.run_all()
    assert saved(desk, paper) == ({}, {})
    page.choose(1)
    desk.runner.run_all()
    assert page.editor("contact").toPlainText() == novel
    assert page.editor("query_way").toPlainText() == "甲" + samples.PHRASES["query_way"]
    rest(page, desk)
    page.choose(0)
    assert saved(desk, paper) == ({"query_way": "甲" + samples.PHRASES["query_way"]}, {})


def test_a_novel_is_named_and_stays_and_odd_characters_are_kept(desk: Bench) -> None:
    page, paper = draft_open(desk)
    editor = page.editor("contact")
    QGuiApplication.clipboard().setText("长长的故事。\n" * (2**20 // 7))
    editor.paste()
    rest(page, desk)
    assert edits(desk) == 0
    assert f"超过 {MAX_TEXT} 字" in page.text("paper_text_contact_hint")
    assert len(editor.toPlainText()) > 2**20 - 7
    odd = "反\u202e转\u200b零宽 العربية 𠮷"
    editor.setPlainText("")
    QGuiApplication.clipboard().setText(odd)
    editor.paste()
    rest(page, desk)
    assert saved(desk, paper) == ({"contact": odd}, {})


def test_a_paper_is_not_signed_without_a_text_that_is_too_long(desk: Bench) -> None:
    page, _ = draft_open(desk)
    page.editor("contact").setPlainText("长" * (MAX_TEXT + 1))
    page.click("case_paper_sign")
    desk.runner.run_all()
    assert page.closed("confirm_dialog")
    assert page.editor("contact").hasFocus()
    told = desk.kit.texts.text("errors.paper.text_too_long.what", limit=MAX_TEXT)
    assert page.text("case_banner_message") == told
    page.editor("contact").setPlainText("短")
    page.click("case_paper_sign")
    assert not page.closed("confirm_dialog")
    page.dialog("confirm_dialog").widget.close()


def test_the_keyboard_goes_into_the_draft_that_was_begun_and_into_no_later_one(
    desk: Bench,
) -> None:
    paper = begin(desk)
    page = to_papers(desk)
    page.choose(0)
    desk.runner.run_all()
    page.click("case_paper_draft")  # a form in which nothing is written
    desk.runner.run_all()
    page.tab.table.setFocus()
    rows = page.tab.table.rows.rows
    page.choose(next(n for n, row in enumerate(rows) if row.key == ("paper", paper)))
    desk.runner.run_all()
    assert page.tab.table.hasFocus()


def test_a_case_that_changed_since_is_shown_beside_the_signed_paper(desk: Bench) -> None:
    """The paper follows the case and the words of the unit."""
    paper = begin(desk, signed=True)
    form = form_of(desk.session, samples.CASE)
    victim = replace(form.victim, name="李秀蘭")
    register_report(desk.session, replace(form, victim=victim))
    desk.show_held()
    page = to_papers(desk)
    page.choose(1)
    desk.runner.run_all()
    assert page.states()[1] == (zh("documents.form.acceptance_receipt"), zh("papers.state.changed"))
    assert "报案人 姓名：李秀兰 → 李秀蘭" in page.words(page.find("case_paper_banner"))
    assert page.widget.findChild(QWidget, "paper_text_contact") is None
    page.click("case_paper_version")
    dialog = page.dialog("paper_ask_dialog")
    assert not dialog.find("paper_ask_accept").isEnabled()
    dialog.fill("paper_ask_reason", "姓名更正")
    dialog.click("paper_ask_accept")
    (newer,) = (item for item in desk.file().papers if item.id != paper)
    assert (newer.replaces, newer.reason) == (paper, "姓名更正")


def test_long_differences_are_shown_by_where_they_begin(bench: Bench) -> None:
    told = (
        Difference("victim.name", "李秀兰", "李秀蘭"),
        Difference("transfers.0.amount", "", "￥5.00"),
        Difference(
            "texts.contact",
            "前面一样的很长的一段文字，然后不同甲",
            "前面一样的很长的一段文字，然后不同乙" * 2,
        ),
    )
    page = open_papers(bench, SIGNED)
    shown = ShownPaper(Pdf(b"shown", 2), dict(samples.PHRASES), told)
    bench.note("case.papers.tab.show_paper", answer=shown)
    page.choose(1)
    bench.runner.run_all()
    words = page.words(page.find("case_paper_banner"))
    assert "报案人 姓名：李秀兰 → 李秀蘭；转账 1 金额：（无） → ￥5.00；联系方式：…" in words
    assert "不同甲 → " in words


def test_of_several_versions_each_says_which_it_is(bench: Bench) -> None:
    later = replace(SIGNING, at=samples.NOW + timedelta(hours=1), version=2)
    former = replace(SIGNED, replaced_by="p9")
    newest = replace(SIGNED, id=PaperId("p9"), signed=later, replaces="p0", reason="电话写错")
    page = open_papers(bench, former, newest)
    titles = [title for title, _ in page.states()]
    named = [title for title in titles if "版" in title]
    assert [title[-6:] for title in named] == ["第 2 版）", "第 1 版）"]
    page.choose(titles.index(named[1]))
    bench.runner.run_all()
    assert zh("papers.superseded") in page.words(page.find("case_paper_banner"))
    assert zh("papers.as_signed", version=1, at="*").partition("*")[2] in page.tab.out.text()


def test_a_paper_is_withdrawn_with_a_reason(desk: Bench) -> None:
    begin(desk, signed=True)
    page = to_papers(desk)
    page.choose(1)
    desk.runner.run_all()
    page.click("case_paper_withdraw")
    dialog = page.dialog("paper_ask_dialog")
    dialog.fill("paper_ask_reason", "误签")
    dialog.click("paper_ask_accept")
    (paper,) = desk.file().papers
    assert paper.withdrawn == "误签"


def test_pages_are_turned_and_zoomed(bench: Bench) -> None:
    page = open_papers(bench, SIGNED)
    page.choose(1)
    bench.runner.run_all()
    view = page.tab.view
    assert page.text("case_paper_count") == "第 1 / 2 页"
    page.click("case_paper_forth")
    assert page.text("case_paper_count") == "第 2 / 2 页"
    view.setFocus()
    page.press(Qt.Key.Key_PageUp)
    assert view.page == 0
    page.click("case_paper_whole")
    fitted = page.text("case_paper_percent")
    page.click("case_paper_larger")
    assert page.text("case_paper_percent") != fitted
    view.setFocus()
    page.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert page.text("case_paper_percent") == fitted
    page.press(Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    bench.runner.run_all()
    assert int(page.text("case_paper_percent").rstrip("%")) > int(fitted.rstrip("%"))
    assert view.horizontalScrollBar().maximum() == 0
    for _ in range(12):
        page.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 300
    assert not page.find("case_paper_larger").isEnabled()
    bench.runner.run_all()
    QApplication.processEvents()
    assert view.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(
    ("language", "title"), [("zh_CN", "受案回执"), ("en", "Case acceptance receipt")]
)
def test_the_paper_that_is_kept_carries_its_case_number(
    bench: Bench, language: str, title: str
) -> None:
    bench.kit.texts.set_language(language)
    page = open_papers(bench, SIGNED)
    shown = ShownPaper(Pdf(b"signed", 2), dict(samples.PHRASES))
    bench.note("case.papers.actions.show_paper", answer=shown)
    page.choose(1)
    bench.runner.run_all()
    page.click("case_paper_print")
    bench.runner.run_all()
    (call,) = bench.ways.calls
    assert call[2:] == (f"{samples.NUMBER} {title}",)


def test_titles_and_places_follow_the_language(bench: Bench) -> None:
    page = open_papers(bench, DRAFT)
    page.choose(1)
    bench.runner.run_all()
    assert page.states()[1][0] == zh("documents.form.acceptance_receipt")
    assert {zh("form_words.place.query_way"), "报案人签名"} <= set(page.words().split("\n"))
    bench.kit.texts.set_language("en")
    assert page.states()[1][0] == "Case acceptance receipt"
    assert {"How to follow the case", "Signature: Reporting person"} <= set(
        page.words().split("\n")
    )
    assert not {zh("form_words.place.query_way"), "报案人签名"} & set(page.words().split("\n"))


def test_a_wording_becomes_the_units_after_a_question(desk: Bench) -> None:
    page, _ = draft_open(desk)
    page.editor("query_way").setPlainText("扫码查询")
    rest(page, desk)
    page.click("paper_phrase_query_way")
    assert zh("form_words.place.query_way") in page.words(page.dialog("confirm_dialog").widget)
    page.dialog("confirm_dialog").click("confirm_accept")
    desk.runner.run_all()
    papers = desk.session.papers
    assert isinstance(papers, FakePapers)
    assert papers.phrases["receipt", "query_way"] == "扫码查询"


def test_sets_the_unit_does_not_print_from_come_last(bench: Bench) -> None:
    bench.sheet = replace(bench.sheet, sets=frozenset({"local"}))
    page = open_papers(bench)
    assert page.states()[0] == ("报案人告知单", zh("papers.state.none"))


def test_only_what_was_made_is_shown_when_asked(bench: Bench) -> None:
    page = open_papers(bench, SIGNED)
    page.choose(1)
    page.click("case_papers_filter_made")
    assert [title for title, _ in page.states()] == [zh("documents.form.acceptance_receipt")]
    bench.show(bench.sheet)
    assert len(page.states()) == 1, "reading the case anew leaves the choice alone"
    page.click("case_papers_filter_all")
    assert len(page.states()) == len(samples.FORMS)


def test_empty_places_are_struck_out_at_one_stroke(desk: Bench) -> None:
    page, paper = draft_open(desk)
    page.find("paper_strike", QAbstractButton).click()
    assert saved(desk, paper) == ({}, {"contact": "not_needed"})


def test_a_paper_says_how_often_it_was_printed_and_by_whom(bench: Bench) -> None:
    """Of the paper alone, not of the form; a drawing of an older version of the program is no print."""
    told = (
        ("paper/p1", "receipt", "2", 9), ("paper/p1", "receipt", "1", 5), ("paper/p1", "receipt", "0", 7),
        ("paper/p0", "receipt", "", 4), (f"case/{samples.CASE}", "receipt", "1", 3),
        ("order/order-1", "stop_application", "0", 2),
    )  # fmt: skip
    history = tuple(
        HistoryRow(
            samples.ago(minutes=minutes), "620134", DOCUMENT_PRINTED, subject,
            (("form", form), *((("copies", copies),) if copies else ())), "A", 90 + place,
        )
        for place, (subject, form, copies, minutes) in enumerate(told)
    )  # fmt: skip
    bench.sheet = replace(bench.sheet, history=history)
    page = open_papers(bench, DRAFT, SIGNED)
    rows = {row.key: row for row in page.tab.table.rows.rows}
    out = page.tab.table.rows.columns[-1].text
    drawn = rows["paper", SIGNED.id]
    assert out(rows["paper", DRAFT.id]) == "2 次"
    assert out(drawn) == ""
    page.tab.table.select_key(("paper", DRAFT.id))
    first, second = page.find("case_paper_out", QLabel).text().splitlines()
    assert first == f"已打印 2 次，共 3 份，最近 {_clock(bench, 5)} 王建国"
    assert second == f"已存为文件 1 次，最近 {_clock(bench, 7)} 王建国"
    page.tab.table.select_key(drawn.key)
    assert page.find("case_paper_out", QLabel).text().endswith(zh("papers.out.never"))


def _clock(bench: Bench, minutes: int) -> str:
    return f"{samples.ago(minutes=minutes).astimezone(bench.kit.zone):%H:%M}"
