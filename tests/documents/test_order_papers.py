"""Papers that carry an order say what the order says: terms, period, approval, the official number and never ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.documents.case_forms.case_facts import case_facts
from desktop.documents.printing.form_texts import FormTexts
from desktop.domain.case_file.clocks import facts_of
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import Identifier, Visit
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.people.victim import Victim
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.flow.money_places import FlowRules, FlowWorld
from desktop.domain.flow.reported_payments import reported_payments
from desktop.domain.ids import CaseId, IdentifierId, OrderId, StepId, TransferId
from desktop.domain.money.amounts import format_yuan
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.orders.approval import Approval, Level
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import (
    ApplicationType,
    Freeze,
    FreezeType,
    MoneyTerms,
    Query,
    Urgency,
)
from desktop.domain.orders.number import CallDirection, LineKind, NumberKind, NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text, page_texts, squeezed
from tests.documents.samples import AT, OFFICERS, a_case, a_file, an_order
from tests.support.sessions import RULES
from tests.support.strict import all_of

PAPERS = new_papers()
WORDS = FormTexts(Catalogue.load("zh_CN"))


def order(kind: OrderKind, number: int = 1, **members: Any) -> Order:
    bare = an_order(a_file().transfers[0])
    return replace(bare, id=OrderId(f"o{number}"), number=f"LOCAL-Z{number}", kind=kind, **members)


def case_with(*orders: Order, state: OrderState = OrderState.ISSUED) -> CaseFile:
    views = tuple(OrderView(one, CaseId("c1"), "", "李秀兰", state) for one in orders)
    return replace(a_file(), orders=views)


def text_of(form: str, file: CaseFile, about: str = "") -> str:
    facts = PaperFacts(file, OFFICERS, AT, about, rules=RULES)
    return all_text(PAPERS.render(form, facts).data)


def a_freeze(**members: Any) -> Order:
    terms = MoneyTerms(
        starts_at=AT,
        expires_at=AT + timedelta(days=181),
        freeze=Freeze(amount_fen=6_132_000, yield_included=False, queued=True),
    )
    approval = Approval("赵局", "城公（刑）冻批〔2026〕3号", AT, "620135")
    made: dict[str, Any] = {"terms": terms, "approval": approval, "level": Level.COUNTY}
    return order(OrderKind.FREEZE, official="YW20261124000001", **made | members)


def test_a_freeze_notice_says_what_was_ordered() -> None:
    text = text_of("freeze_notice", case_with(a_freeze()))
    for fact in (
        "冻结数额人民币陆万壹仟叁佰贰拾元整（￥61,320.00）",
        "自2026年11月24日起至2027年5月24日止",
        "限额冻结，只收不付；已有在先冻结的，轮候冻结",
        "不包括孳息",
        "YW20261124000001",
        "批准人赵局",
        "批准时间2026年11月24日",
    ):
        assert fact in text
    assert "LOCAL-Z" not in text
    full = replace(a_freeze(), terms=MoneyTerms(freeze=Freeze(FreezeType.FULL)))
    assert "冻结数额全额冻结" in text_of("freeze_notice", case_with(full))


def test_a_notice_of_a_refused_order_names_no_approval() -> None:
    given = a_freeze()
    refused = replace(given, approval=replace(given.approval, refused="证据不足"))
    for order, shown in ((given, True), (refused, False)):
        text = text_of("freeze_notice", case_with(order), f"order/{order.id}")
        assert ("赵局" in text, "批准时间2026年11月24日" in text) == (shown, shown)


def test_money_is_returned_to_an_account_in_the_name_of_the_victim_alone() -> None:
    file = a_file()
    nobody = replace(file.case, victim=Victim())
    nameless = replace(file.transfers[0], payer=Account("", "6217004230001234569", "中国建设银行"))
    for members, place in (
        (file, "中国建设银行　李秀兰　6217004230001234569"),
        (replace(file, case=nobody), ""),
        (replace(file, transfers=(nameless,)), ""),
        (replace(file, case=nobody, transfers=(nameless,)), ""),
    ):
        shown = PAPERS.texts("return_application", PaperFacts(members, OFFICERS, AT))
        assert shown["return_account"] == place


@pytest.mark.parametrize("state", [OrderState.WITHDRAWN, OrderState.REFUSED])
def test_an_order_that_was_taken_back_prints_nothing(state: OrderState) -> None:
    text = text_of("freeze_notice", case_with(a_freeze(), state=state))
    assert "YW20261124000001" not in text
    assert "批准人赵局" not in text


def test_an_addressee_gets_the_notice_and_one_order_can_be_chosen() -> None:
    first = a_freeze(addressee="中国农业银行总行")
    second = order(OrderKind.FREEZE, 2, addressee="招商银行总行", official="YW2")
    both = case_with(first, second)
    text = text_of("freeze_notice", both)
    assert text.count("中国农业银行总行：") == 1
    assert text.count("招商银行总行：") == 1
    for amount in ("陆万壹仟叁佰贰拾元整（￥61,320.00）", "玖万捌仟元整（￥98,000.00）"):
        assert text.count(f"冻结数额人民币{amount}") == 2, (
            "stub and notice of each have its own sum"
        )
    alone = text_of("freeze_notice", both, "order/o2")
    assert "冻结数额人民币玖万捌仟元整（￥98,000.00）" in alone
    assert "中国农业银行总行" not in alone
    assert "YW2" in alone


def test_a_query_notice_says_what_is_queried_and_until_when_to_answer() -> None:
    query = Query(AT - timedelta(days=30), AT, reply_by=AT + timedelta(hours=24))
    made = [
        order(kind, number, terms=MoneyTerms(query=query))
        for number, kind in enumerate((OrderKind.QUERY_HOLDER, OrderKind.QUERY_DETAILS))
    ]
    text = text_of("query_notice", case_with(*made))
    assert "交易明细（对手户名、账号、时间、金额、流水号、网点、IP、终端）；开户人身份资料" in text
    assert "自2026年10月25日起至2026年11月24日止" in text
    assert "反馈时限2026年11月25日10时31分" in text


def test_an_unfreeze_notice_names_the_freeze_by_its_official_number() -> None:
    text = text_of(
        "unfreeze_notice", case_with(a_freeze(), order(OrderKind.UNFREEZE, 2, reason="与案件无关"))
    )
    assert "YW20261124000001　2026年11月24日".replace("　", "") in text.replace("　", "")
    assert "解除原因与案件无关" in text
    assert "LOCAL-Z" not in text


def test_a_request_for_evidence_says_from_whom_what_and_until_when() -> None:
    terms = EvidenceTerms(
        "深圳市腾讯计算机系统有限公司", "深圳市南山区", "登录日志", AT, about="rw_jd"
    )
    text = text_of("evidence_request", case_with(order(OrderKind.EVIDENCE_REQUEST, terms=terms)))
    for fact in ("深圳市腾讯计算机系统有限公司：", "深圳市南山区", "登录日志", "rw_jd"):
        assert fact in text
    assert "请于2026年11月24日10时31分前提供" in text


def test_each_holder_is_asked_for_what_it_has_in_chinese() -> None:
    """Whatever the language of the windows: the paper is Chinese, and names the number once."""
    papers = new_papers("en")
    line, site = (papers.usual_evidence(kind) for kind in ("mobile", "url"))
    assert ("通话" in line, "交易" in line, "通话" in site) == (True, False, False)
    terms = EvidenceTerms("中国移动", "", f"{line}\n13919364418", AT, about="13919364418")
    text = text_of("evidence_request", case_with(order(OrderKind.EVIDENCE_REQUEST, terms=terms)))
    copies = 3
    assert text.count("13919364418") == copies


def test_a_number_request_tells_a_forged_display_from_a_line() -> None:
    terms = NumberTerms(
        identifier_kind="displayed_number", raw="0085221234567", normal="+85221234567",
        line=LineKind.DISPLAYED, number_kind=NumberKind.OVERSEAS, anomalies=("leading_zeros",),
        direction=CallDirection.TO_VICTIM, first_at=AT, last_at=AT, seconds=95, calls=2,
        victim_number="13919364417", victim_carrier="中国移动", evidence=("ab" * 32,), wants_holder=True,
    )  # fmt: skip
    made = order(OrderKind.INTERCEPT, terms=terms, addressee="中国移动兰州分公司")
    text = text_of("number_request", case_with(made))
    for fact in (
        "送：中国移动兰州分公司", "□关停■拦截□封堵□溯源", "0085221234567", "+85221234567", "境外号码",
        "■来电显示号码（可能改号）□真实线路", "■以00、+开头□仿冒", "■对方打来", "2次，共95秒", "中国移动",
        "AB" * 32, "机主查询■是", "紧急程度□一般■紧急",
    ):  # fmt: skip
        assert fact in text, fact


def test_each_kind_of_holder_is_asked_for_what_it_keeps() -> None:
    """One request a kind: a telephone number has no payments, a site no calls."""
    leads = (
        ("mobile", "13919364417"),
        ("url", "https://a.example/x"),
        ("bank_card", "6230520010037788996"),
    )
    file = replace(
        case_with(), identifiers=tuple(Identifier(IdentifierId(v), k, v, v) for k, v in leads)
    )  # fmt: skip
    pdf = PAPERS.render("evidence_request", PaperFacts(file, OFFICERS, AT)).data
    asked = [squeezed(page) for page in page_texts(pdf) if "（此联交证据持有人）" in page]
    assert len(asked) == 3
    for page, (_, value) in zip(asked, leads, strict=True):
        assert value in page
        assert sum(other in page for _, other in leads) == 1
    assert ["交易明细" in page for page in asked] == [False, False, True]
    assert ["通话详单" in page for page in asked] == [True, False, False]
    requests = [squeezed(page) for page in page_texts(
        PAPERS.render("number_request", PaperFacts(file, OFFICERS, AT)).data
    )]  # fmt: skip
    assert ["通话方向" in page for page in requests] == [True, False]


def test_returned_funds_are_what_the_banks_froze() -> None:
    reply = OrderReply(
        ReplyResult.DONE,
        6_132_000,
        6_132_000,
        AT,
        AT + timedelta(days=181),
        "农业银行",
        "甲",
        "",
        AT,
    )
    file = case_with(a_freeze(reply=reply))
    for form in ("return_application", "return_decision", "return_notice"):
        text = text_of(form, file)
        assert "￥61,320.00" in text
        assert "6230520010037788996" in text
        assert "中国建设银行李秀兰6217004230001234569" in text


@pytest.mark.parametrize("lasts", [True, False])
def test_what_a_bank_says_it_froze_is_named_apart_from_money_of_the_case(*, lasts: bool) -> None:
    """The whole account was frozen, where others paid in as well."""
    whole = OrderReply(ReplyResult.DONE, 50_000_000, 0, AT, None, "农业银行", "", "", AT)
    ends = AT + timedelta(days=181 if lasts else 0)
    file = case_with(a_freeze(reply=replace(whole, ends_at=ends)))
    facts = facts_of(file)
    payments = reported_payments(facts)
    world = FlowWorld([facts], payments, payments, FlowRules(lambda _: None, RULES))
    money = world.places(world.traced(TracingMethod.FIFO))
    reckoned = PaperFacts(file, OFFICERS, AT, money=money)
    text = all_text(PAPERS.render("return_report", reckoned).data)
    paid = file.transfers[0].amount_fen
    line = f"银行反馈冻结￥500,000.00，其中本案资金￥{format_yuan(paid)}"
    assert (line in text) is lasts
    assert ("￥500,000.00" in all_text(PAPERS.render("return_application", reckoned).data)) is lasts


def test_an_extended_freeze_holds_its_money_once_and_a_release_ends_it() -> None:
    reply = OrderReply(ReplyResult.DONE, 6_132_000, 0, AT, None, "农业银行", "", "", AT)
    freeze = a_freeze(reply=reply)
    extension = order(OrderKind.EXTEND_FREEZE, 2, official="YW2", reply=reply)
    extended = case_with(freeze, replace(extension, issued_at=AT + timedelta(days=170)))
    for form in ("return_application", "return_report"):
        text = text_of(form, extended)
        assert "61,320.00" in text, form
        assert "122,640.00" not in text, form
    assert text_of("return_report", extended).count("冻结￥61,320.00") == 1
    released = tuple(
        replace(view, order=replace(view.order, released_at=AT), state=OrderState.RELEASED)
        for view in extended.orders
    )
    failed = a_freeze(reply=replace(reply, result=ReplyResult.FAILED, amount_fen=0))
    for file in (replace(extended, orders=released), case_with(failed, state=OrderState.FAILED)):
        text = text_of("return_report", file)
        assert "冻结￥" not in text
        assert "冻结不详" not in text
        assert "61,320.00" not in text_of("return_application", file)


@pytest.mark.parametrize("state", [OrderState.WITHDRAWN, OrderState.REFUSED, OrderState.FAILED])
def test_a_stop_that_came_to_nothing_is_not_applied_for_again(state: OrderState) -> None:
    wrong = Account("王某", "6228480031234567899", "农业银行")
    text = text_of("stop_application", case_with(order(OrderKind.STOP, payee=wrong), state=state))
    assert "6228480031234567899" not in text
    assert "LOCAL-Z1" not in text
    assert "6230520010037788996" in text


def test_a_payment_that_failed_is_no_loss_on_paper() -> None:
    file = case_with()
    (paid,) = file.transfers
    failed = replace(paid, id=TransferId("t2"), position=2, amount_fen=50_000_000, attempted=True)
    file = replace(file, transfers=(paid, failed))
    facts = case_facts(file, OFFICERS, WORDS)
    assert (facts["loss"], facts["attempted"]) == ("￥98,000.00", "￥500,000.00")
    for form in ("acceptance_register", "return_application", "filing_report"):
        text = text_of(form, file)
        assert "98,000.00" in text, form
        assert "598,000.00" not in text, form
    register = text_of("acceptance_register", file)
    assert "￥500,000.00（未遂）" in register
    assert "转账1笔，合计￥98,000.00；未遂1笔：" in register
    alone = text_of("acceptance_register", replace(file, transfers=(failed,)))
    assert "未遂1笔：" in alone
    assert "转账0笔" not in alone


def test_a_row_of_a_notice_stays_on_one_page_and_one_sum_stands_for_all() -> None:
    name = "某某科技有限公司兰州城关分公司张掖路营业部（个体工商户）"
    orders = [
        order(
            OrderKind.FREEZE,
            number,
            payee=Account(name, f"62305200100377{number:05}", "中国农业银行"),
            target=f"transfer/t{number}",
        )
        for number in range(1, 13)
    ]
    pdf = PAPERS.render("freeze_notice", PaperFacts(case_with(*orders), OFFICERS, AT)).data
    pages = [squeezed(page) for page in page_texts(pdf)]
    tables = [page for page in pages if "序号户名" in page]
    assert len(tables) > 1
    for page in tables:
        assert page.count(name) == page.count("62305200100377") > 0
    assert all_text(pdf).count("人民币壹佰壹拾柒万陆仟元整（￥1,176,000.00）") == 2


def test_no_notice_names_an_account_that_no_order_names() -> None:
    file = case_with()
    for form in ("freeze_notice", "query_notice", "unfreeze_notice"):
        assert "6230520010037788996" not in text_of(form, file), form
    other = Account("赵六", "6228480031234567899", "中国银行")
    ordered = case_with(order(OrderKind.QUERY_HOLDER, payee=other))
    text = text_of("query_notice", ordered)
    assert "6228480031234567899" in text
    assert "6230520010037788996" not in text


def test_a_query_before_filing_rests_on_the_article_that_allows_it() -> None:
    asked = case_with(order(OrderKind.QUERY_DETAILS))
    filed = replace(asked, steps=(ProcedureStep(StepId("s"), StepKind.FILED, AT),))
    before = "根据《公安机关办理刑事案件程序规定》第一百七十四条、第二百三十八条之规定"
    assert before in text_of("query_notice", asked)
    assert before in text_of("query_report", asked)
    assert "根据《中华人民共和国刑事诉讼法》第一百四十四条之规定" in text_of("query_notice", filed)


def test_what_is_released_is_what_was_held_under_its_own_paper() -> None:
    reply = OrderReply(ReplyResult.DONE, 6_000_000, 0, AT, None, "农业银行", "", "", AT)
    freeze = a_freeze(reply=reply)
    unfreeze = order(OrderKind.UNFREEZE, 2, follows="o1", reason="与案件无关")
    text = text_of("unfreeze_notice", case_with(freeze, unfreeze))
    assert "解除冻结的数额人民币陆万元整（￥60,000.00）" in text
    assert "YW20261124000001" in text


def test_the_words_of_a_paper_remind_nobody_of_the_law() -> None:
    filed = replace(case_with(a_freeze()), steps=(ProcedureStep(StepId("s"), StepKind.FILED, AT),))
    report = text_of("freeze_report", filed)
    assert "本案已于2026年11月24日立案。" in report
    assert "立案前不得冻结" not in report


def test_a_stop_application_says_which_type_it_is_and_what_goes_along() -> None:
    bare = a_file()
    chosen = bare.evidence[-1]
    stop = order(
        OrderKind.STOP,
        terms=MoneyTerms(
            application=ApplicationType.AFTER_OTHER_ACCOUNT,
            original_application="YW20261124000009",
            urgency=Urgency.NORMAL,
            account_mark="00012",
            evidence=(chosen.sha256,),
        ),
    )
    text = all_text(PAPERS.stop_form(case_with(stop), stop, OFFICERS, AT).data)
    for fact in ("止付后补流程", "原业务申请编号：YW20261124000009", "紧急程度：一般", "_00012"):
        assert fact in text
    names = ["".join(item.name.split()) for item in bare.evidence]
    assert [name in text for name in names] == [False, True]
    plain = order(OrderKind.STOP, terms=MoneyTerms())
    text = all_text(PAPERS.stop_form(case_with(plain), plain, OFFICERS, AT).data)
    assert "申请类型" not in text
    assert all_of(name in text for name in names)


HOP = Account("赵某", "6222021001116245702", "招商银行")


def test_reports_name_the_accounts_of_the_orders_of_whichever_tier() -> None:
    freezes = (
        a_freeze(),
        order(OrderKind.FREEZE, 2, payee=HOP, target="account/6222021001116245702"),
    )
    report = text_of("freeze_report", case_with(*freezes))
    assert (
        "拟冻结下列账户的财产：中国农业银行兰州××支行陈某某6230520010037788996￥61,320.00招商银行赵某"
        in report
    )
    query = order(OrderKind.QUERY_DETAILS, payee=HOP, target="account/6222021001116245702")
    asked = text_of("query_report", case_with(query)).partition("拟查询下列账户的财产情况：")[2]
    assert asked.startswith("招商银行赵某6222021001116245702以上报告")
    unfreeze = order(OrderKind.UNFREEZE, 3, payee=HOP, target="account/6222021001116245702")
    freed = text_of("unfreeze_report", case_with(*freezes, unfreeze)).partition("拟解除")[2]
    assert "赵某" in freed
    assert "陈某某" not in freed, "what the victim paid into stays frozen"
    nothing = text_of("freeze_report", case_with()).partition("拟冻结下列账户的财产：")[2]
    assert "中国农业银行" not in nothing


def test_a_notice_lists_what_is_to_be_held_once_and_nothing_that_came_to_nothing() -> None:
    reply = OrderReply(ReplyResult.DONE, 6_132_000, 0, AT, None, "农业银行", "", "", AT)
    extension = order(OrderKind.EXTEND_FREEZE, 2, official="YW2", issued_at=AT + timedelta(days=9))
    text = text_of("freeze_notice", case_with(a_freeze(reply=reply), extension))
    assert text.count("户名、账号、金额陈某某6230520010037788996") == 1
    assert "YW20261124000001" not in text, "the extension's own number"
    failed = case_with(a_freeze(), state=OrderState.FAILED)
    assert "YW20261124000001" not in text_of("freeze_notice", failed)
    assert "YW20261124000001" in text_of("freeze_notice", failed, "order/o1"), "asked for by name"


def test_a_freeze_notice_names_the_term_of_the_law_where_no_order_does() -> None:
    def term(terms: MoneyTerms) -> str:
        file = case_with(order(OrderKind.FREEZE, terms=terms))
        facts = PaperFacts(file, OFFICERS, AT, rules=RULES)
        text = all_text(PAPERS.render("freeze_notice", facts).data)
        return text.partition("冻结期限（起止）")[2][:12]

    assert term(MoneyTerms()).startswith("自冻结之日起6个月")
    assert term(MoneyTerms(freeze=Freeze(major=True))).startswith("自冻结之日起1年")


def test_what_lapsed_is_not_offered_for_return() -> None:
    over = OrderReply(
        ReplyResult.DONE, 6_132_000, 0, AT - timedelta(days=181), AT, "农业银行", "", "", AT
    )
    text = text_of("return_application", case_with(a_freeze(reply=over)))
    assert "61,320.00" not in text


def test_a_wallet_is_named_by_its_order_number() -> None:
    wallet = order(
        OrderKind.FREEZE, payee=Account("", "", "财付通"), order_number="100004990126", serial=""
    )
    report = text_of("freeze_report", case_with(wallet))
    assert "拟冻结下列账户的财产：财付通支付订单号100004990126" in report


def test_a_unit_is_heard_by_a_person_and_a_minor_with_whom_came_along() -> None:
    unit = replace(a_case(), victim=Victim("甲公司", "uscc", "91620102MA00000011", "0931-1"))
    head = text_of("statement", replace(a_file(), case=unit)).partition("首页权利")[0]
    assert "被询问人：性别：年龄：出生日期：身份证件种类及号码：" in head
    assert "性别／" in text_of("return_application", replace(a_file(), case=unit))
    child = Victim("小明", "resident_id", "620102201305152048")
    came = (("law.branch.minor.guardian", "父亲李某13900000000"),)
    minor = replace(a_case(), victim=child, answers=came)
    head = text_of("statement", replace(a_file(), case=minor)).partition("首页权利")[0]
    assert "在场人员（法定代理人、翻译人员）：父亲李某13900000000" in head


def test_the_sheet_for_the_victim_tells_how_far_each_order_got() -> None:
    made = order(OrderKind.STOP), order(OrderKind.BLOCK, 2, amount_fen=0)
    for state, words in (
        (OrderState.ISSUED, "申请已生成，还没有送出"),
        (OrderState.CARRIED, "申请已导出，等待反诈中心接收"),
        (OrderState.ACKNOWLEDGED, "反诈中心已收到，等待办理单位反馈"),
        (OrderState.FAILED, "办理单位已反馈：没有办成"),
    ):
        text = text_of("guidance", case_with(*made, state=state))
        assert f"民警已填写“紧急止付”申请，金额￥98,000.00。{words}" in text
        assert f"民警已填写对涉诈号码、网址的“封堵”申请。{words}" in text
        assert "已发出" not in text
    reply = OrderReply(ReplyResult.PARTIAL, 6_132_000, 0, AT, None, "农业银行", "", "", AT)
    told = case_with(order(OrderKind.STOP, reply=reply), state=OrderState.PARTIAL)
    assert "办理单位已反馈：已办理￥61,320.00。" in text_of("guidance", told)
    for state in (OrderState.PROPOSED, OrderState.REFUSED, OrderState.WITHDRAWN):
        assert (
            "申请"
            not in text_of("guidance", case_with(*made, state=state)).partition("请您现在")[0]
        )


def test_many_orders_are_counted_on_the_sheet_for_the_victim() -> None:
    many = [order(OrderKind.STOP, number, target=f"transfer/{number}") for number in range(1, 41)]
    pdf = PAPERS.render("guidance", PaperFacts(case_with(*many), OFFICERS, AT)).data
    assert "“紧急止付”申请40份，金额合计￥3,920,000.00。申请已生成" in all_text(pdf)
    assert len(page_texts(pdf)) <= 2


@pytest.mark.parametrize("visit", Visit)
def test_only_who_reported_hears_of_a_report(visit: Visit) -> None:
    file = replace(a_file(), case=replace(a_case(), visit=visit), orders=())
    text = text_of("guidance", file)
    assert ("已登记您的报案" in text) is (visit is Visit.REPORT)
    assert ("是否立案" in text) is (visit is Visit.REPORT)
    assert ("给报案人的告知单" in text) is (visit is Visit.REPORT)
    assert "96110" in text


@pytest.mark.parametrize(
    ("flag", "kind", "called", "article"),
    [
        ("", "T01", "李秀兰被诈骗案", "第二百六十六条"),
        ("", "T13", "李秀兰被敲诈勒索案", "第二百七十四条"),
        ("law.branch.theft", "T15", "李秀兰被盗窃案", "第二百六十四条"),
        ("law.branch.extortion", "T09", "李秀兰被敲诈勒索案", "第二百七十四条"),
    ],
)
def test_papers_name_the_offence_that_was_marked(
    flag: str, kind: str, called: str, article: str
) -> None:
    marked = replace(a_file(), case=replace(a_case(), type=kind, flags=(flag,) if flag else ()))
    report = text_of("filing_report", marked)
    assert f"拟对{called}立案侦查" in report
    assert f"刑法》{article}" in report
    assert ("诈骗" in report.partition("综上")[2]) is (article == "第二百六十六条")


def test_a_proposal_to_file_asserts_no_crime_below_the_threshold() -> None:
    (paid,) = a_file().transfers
    for fen, asserted in ((299_999, False), (300_000, True), (0, False)):
        report = text_of(
            "filing_report", replace(a_file(), transfers=(replace(paid, amount_fen=fen),))
        )
        assert ("认为有犯罪事实需要追究刑事责任" in report) is asserted, fen
        assert ("拟对李秀兰被诈骗案立案侦查" in report) is asserted, fen
        assert ("请审查决定是否对李秀兰被诈骗案立案侦查" in report) is not asserted, fen


def test_remedies_name_authority_term_and_court() -> None:
    for form in ("administrative_refusal", "hold_decision"):
        facts = PaperFacts(a_file(), OFFICERS, AT, rules=RULES)
        written = {"remedy_at": "城关区人民政府", "court": "城关区人民法院"}
        text = all_text(PAPERS.render(form, facts, written).data)
        assert "六十日内向城关区人民政府申请行政复议" in text
        assert "六个月内直接向城关区人民法院提起行政诉讼" in text
