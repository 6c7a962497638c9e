"""What the model decides beside the patterns: payments that only the story shows, and what belongs to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import WorldError
from desktop.domain.statements.proposal import BANK, NAME, Confidence, Extraction
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.folded_text import fold
from desktop.readers.pasted.learned import payment_model
from desktop.readers.pasted.learned.layout import kindred_names, whole_name
from desktop.readers.pasted.learned.payment_model import (
    MODEL,
    load_payment_model,
    shipped_payment_model,
)
from desktop.readers.pasted.learned.read_layout import read_layout
from desktop.readers.pasted.learned.read_payments import LONGEST_LEARNED
from desktop.readers.pasted.learned.spans import REFERENCE
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.selftest.stored import directories
from tests.readers.measuring import DIRECTORIES

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
READER = PastedTextReader(DIRECTORIES)
BY_PATTERNS = replace(READER, load=None)
WORDS = (
    "事主", "1110 1533", "邮储0814→建行", "6217004220011234567", "姜美子", "20,000", "余额", "转给", "付了", "，",
    "\n", "：", "王*强", "昨天", "晚上8点", "我", "客服", "收到", "微信", "3万5", "6666", "“老隋”", "|", "  ",
    "尾号3317", "没转",
)  # fmt: skip
NOTE = (
    "11.23 1740 于某在建行app转给 柳春生 6217004220011234567 工行 3万5，对方说是保证金。"
    "同日晚8点10分又转1.2万，收款人同上"
)

CHAIN = (
    "11月24日14:30从建设银行6217004200030001230转给陈耳东农业银行6228480010037788998 30000元，"
    "14:42转给刘小妹工商银行6222021001113456789 20000元，15:05又转给陈耳东农业银行6228480010037788998 5000元"
)


def shown(reading: Extraction) -> list[tuple[str, ...]]:
    return [
        tuple(made.value(name) for name in ("amount", "payee_name", "payee_account"))
        for made in reading.transfers
    ]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_what_is_decided_stands_in_the_text_and_nothing_found_is_lost(text: str) -> None:
    learned, patterns = READER.read(text, NOW), BY_PATTERNS.read(text, NOW)
    assert READER.read(text, NOW) == learned
    for found in learned.proposals:
        assert found.raw == text[found.start : found.end] != ""
        assert found.value
    places = [(one.start, one.end) for one in learned.proposals]
    values = {one.value for one in learned.proposals}
    for found in patterns.proposals:
        if found.kind != "channel" and found.value not in values:
            assert any(start < found.end and found.start < end for start, end in places)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_the_words_that_spoke_for_something_stand_beside_it(text: str) -> None:
    for found in READER.read(text, NOW).proposals:
        for word in found.because:
            assert word.raw == text[word.start : word.end] != ""
            assert word.end <= found.start or found.end <= word.start


def test_a_payment_says_by_which_words_it_was_taken_for_one() -> None:
    """What a pattern says alone needs no words."""
    (made, _) = READER.read(NOTE, NOW).transfers
    assert "转给" in [word.raw for word in made.parts["amount"].because]
    assert made.parts["payee_account"].because == ()


def test_of_a_demand_and_its_payment_one_is_a_payment() -> None:
    talk = (
        "11-23 10:14 工作人员：请转入8,000元解冻\n11-23 10:52 我：已转8,000元\n"
        "11-23 10:55 工作人员：需再转16,000元\n11-23 11:41 我：没有了"
    )
    assert [amount for amount, *_ in shown(READER.read(talk, NOW))] == ["8000.00"]


@pytest.mark.parametrize(
    "text",
    [
        "骗子让我先垫付3000元，说马上返还，我转了3000。",
        "客服要求交3000元保证金，我就从工行卡打了3000过去",
        "对方说要缴3000解冻费，我信了，就用支付宝付了3000元给他。",
        "她叫我先充值3000元激活账户，当天下午我充了3000。",
    ],
)
def test_a_demand_and_its_payment_in_one_sentence_are_one_payment(text: str) -> None:
    assert [amount for amount, *_ in shown(READER.read(text, NOW))] == ["3000.00"]


def test_the_account_of_the_first_payee_is_not_that_of_the_second() -> None:
    first = "6222021001113456789"
    text = f"11月23日我转给陈志强{first} 3000元，第二天又转给王芳5000元，王芳的账号我没记下来。"
    one, other = READER.read(text, NOW).transfers
    assert [made.value("payee_name") for made in (one, other)] == ["陈志强", "王芳"]
    assert one.value("payee_account") == first
    carried = other.parts.get("payee_account")
    assert carried is None or carried.confidence is Confidence.UNSURE


def test_the_account_beside_another_name_is_not_taken_along_by_itself() -> None:
    text = "她用建行卡转了3000给陈志强6222021001113456789，后来又转给王某5000元。"
    first, second = READER.read(text, NOW).transfers
    assert first.parts["payee_account"].confidence is not Confidence.UNSURE
    assert second.value("payee_name") == "王某"
    carried = second.parts.get("payee_account")
    assert carried is None or carried.confidence is Confidence.UNSURE


PAID_FIRST = (
    "给{first}转了3000元，{first}的账号{account}，农业银行。",
    "转给{first}3000元，账号{account}农业银行，户名{first}。",
    "我往{first}的农业银行卡{account}打了3000。",
    "给{first}的卡{account}汇了3000元，开户行农业银行。",
    "收款人{first}，卡号{account}，农业银行，转了3000元。",
)
PAID_NEXT = (
    "晚上又转给一个叫{second}的8000。",
    "之后又给{second}转了8000元。",
    "第二天又转给{second}8000元，账号没记。",
    "隔天向{second}汇款8000元。",
    "晚上转了8000给{second}。",
    "他又让我给{second}的卡上打了8000块。",
)
PEOPLE = ("李四", "张伟", "陈志强", "王芳", "刘小妹", "赵大勇", "欧阳明", "孙丽华")


@given(
    st.sampled_from(PAID_FIRST),
    st.sampled_from(PAID_NEXT),
    st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True),
)
def test_the_account_of_one_payee_is_never_chosen_for_another(
    before: str, behind: str, people: list[str]
) -> None:
    """However the two are told: what stands beside the first name is not of the second."""
    first, second = people
    account = "6230580000123456783"
    text = before.format(first=first, account=account) + behind.format(second=second)
    for made in READER.read(text, NOW).transfers:
        if made.value("payee_name") != second:
            continue
        for name in ("payee_account", "payee_bank"):
            if name in made.parts:
                assert made.parts[name].confidence is Confidence.UNSURE


def test_a_sum_that_was_only_asked_for_says_by_which_words() -> None:
    """It is shown beside the payments, once, and is none."""
    reading = READER.read(
        "对方说要先转8000元保证金，我没有转，后来用建行卡转了500元给陈志强。", NOW
    )
    assert [amount for amount, *_ in shown(reading)] == ["500.00"]
    (asked,) = (one for one in reading.loose if one.kind == "amount")
    assert asked.value == "8000.00"
    assert asked.because


def test_a_note_of_an_officer_gives_both_payments_with_their_payee() -> None:
    account = "6217004220011234567"
    assert shown(READER.read(NOTE, NOW)) == [
        ("35000.00", "柳春生", account),
        ("12000.00", "柳春生", account),
    ]


def test_a_name_right_before_its_bank_is_the_payee() -> None:
    """Of each payment of a text, with no space between."""
    reading = READER.read(CHAIN, NOW)
    assert shown(reading) == [
        ("30000.00", "陈耳东", "6228480010037788998"),
        ("20000.00", "刘小妹", "6222021001113456789"),
        ("5000.00", "陈耳东", "6228480010037788998"),
    ]
    assert {made.value("payer_account") for made in reading.transfers} == {"6217004200030001230"}


@given(
    st.sampled_from(
        (
            "报警人{victim}称：2026年11月24日14时许，其用工商银行卡6222021001113456789给{payee}转账5000元。",
            "事主{victim}，女，35岁。11月24日14:20通过工商银行转账5000元至{payee}农业银行6228480010037788998。",
            "报案人{victim}（110101199003078515）于11月24日向{payee}的农业银行卡6228480010037788998转账5000元。",
            "我叫{victim}，11月24日下午2点我用工商银行卡给{payee}转了5000元，后来发现被骗。",
        )
    ),
    st.lists(
        st.sampled_from(("陈志强", "刘小妹", "赵大勇", "孙丽华")),
        min_size=2,
        max_size=2,
        unique=True,
    ),
)
def test_who_reports_is_offered_as_who_paid_and_never_as_who_was_paid(
    text: str, people: list[str]
) -> None:
    victim, payee = people
    (made,) = READER.read(text.format(victim=victim, payee=payee), NOW).transfers
    assert made.value("payer_name") == victim
    assert made.value("payee_name") != victim


def test_a_long_text_is_read_by_patterns_alone() -> None:
    text = f"{NOTE}\n" * (LONGEST_LEARNED // len(NOTE) + 1)
    assert READER.read(text, NOW) == BY_PATTERNS.read(text, NOW)


def test_messages_of_several_banks_are_decided_apart() -> None:
    first = "【建设银行】您尾号1234的储蓄卡11月24日10:12向陈志强转账支出98000.00元，余额1.00元。\n"
    second = "【招商银行】您账户2588于11月24日10:20收款人民币300.00，付款方李丽。"
    together, apart = READER.read(first + second, NOW), READER.read(second, NOW)
    assert shown(together)[1:] == shown(apart)
    assert [made.parts["amount"].start for made in together.transfers][1] > len(first)


@pytest.mark.parametrize(
    "left", [None, 0, 99, -9], ids=["no file", "empty", "its head", "cut short"]
)
def test_without_its_model_a_text_is_read_by_patterns_with_a_warning(
    left: int | None, tmp_path: Path
) -> None:
    file = tmp_path / "pasted_text.model"
    if left is not None:
        file.write_bytes(resource_path(MODEL).read_bytes()[:left])
    with pytest.raises(WorldError) as raised:
        load_payment_model(file)
    assert raised.value.code == "install.incomplete"
    reading = replace(READER, load=lambda: load_payment_model(file)).read(NOTE, NOW)
    assert reading == replace(BY_PATTERNS.read(NOTE, NOW), warnings=("model",))
    assert f"paste.warning.{reading.warnings[0]}" in Catalogue.load("en")


def test_the_self_test_names_the_model_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payment_model, "MODEL", "readers/none.model")
    with pytest.raises(WorldError) as raised:
        directories()
    assert raised.value.params == {"file": "readers/none.model"}


def test_a_sum_that_was_only_asked_for_takes_no_account_from_the_payee() -> None:
    """The demand stands in front, with the same sum and without a name."""
    text = (
        "报警人王秀英称：11月24日骗子让我先垫付3000元，我说没有。后来他又说要交保证金5000元，我当天下午3点20分用建行卡"
        "6217 0028 7000 1234 567给李四转了3000元，李四的账号6230 5200 1003 7788 994，农业银行。\n"
        "晚上又转给一个叫张伟的8000，好像是微信转的，具体几点记不清了。"
    )
    chosen = {
        one.value("payee_name"): [
            one.value(name)
            for name in ("payee_account", "payee_bank")
            if name in one.parts and one.parts[name].confidence is not Confidence.UNSURE
        ]
        for one in READER.read(text, NOW).transfers
    }
    assert chosen["李四"] == ["6230520010037788994", "中国农业银行"]
    assert chosen["张伟"] == []


OFFERED = {
    "西门坡小区张光碧(女,63)被骗5000元": (NAME, "张光碧"),
    "古蔺菜市场摊贩税正容被骗6666元": (NAME, "税正容"),
    "小彭跟进覃家福案。20000元": (NAME, "覃家福"),
    "民警：请问是何登贵家属吗？转了10000元": (NAME, "何登贵"),
    "木里籍务工人员尔古阿呷，转398元": (NAME, "尔古阿呷"),
    "快捷支付6,999.00元（财付通-林夕数码），": (NAME, "林夕数码"),
    "扫二维码付款-给阿秀甜品(渝北店)\n-1,680.00": (NAME, "阿秀甜品(渝北店)"),
    "遵义农商 尾1190转了3.6万": (BANK, "遵义农商"),
    "富滇6224984435566346 上了5万": (BANK, "富滇"),
    "汇票号码：PB530381120662 8,600.00元": (REFERENCE, "PB530381120662"),
}


@pytest.mark.parametrize("text", OFFERED)
def test_there_is_to_choose_from_what_the_words_beside_it_tell_of(text: str) -> None:
    """A sex, an age, a case, what somebody does, who moves the money; banks by their short names."""
    folded = fold(text).text
    layout = read_layout(folded, READER.tokens(folded, NOW), NOW, shipped_payment_model())
    kind, value = OFFERED[text]
    assert value in [one.value for one in layout.candidates[kind]]


def test_a_name_has_neither_quotation_marks_nor_the_word_before_it() -> None:
    assert whole_name('"海航劳务"', 0, 6) == (1, 5)
    text = "给张伟强转5000"
    assert list(kindred_names(text, 0, 4)) == [(1, 4, "towards")]
    assert not list(kindred_names("向家碧", 0, 3))


@pytest.mark.parametrize(
    "text",
    ["用自己农商账号62220212345678901转了5000元", "他用手机农商卡6222021234567890转了5000元"],
)
def test_whose_card_it_is_is_no_part_of_a_bank(text: str) -> None:
    found = PastedTextReader(DIRECTORIES).read(text, datetime(2026, 11, 25, 15, tzinfo=CHINA))
    banks = [
        part.value for one in found.transfers for name, part in one.parts.items() if "bank" in name
    ]
    assert not [bank for bank in banks if "自己" in bank or "手机" in bank]
