"""Lists of leads as people send them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import KINDS
from desktop.domain.identifiers.guess import guess_kind
from desktop.domain.identifiers.lines import LONGEST, MOST_LINES, LeadLine, read_lines
from tests.support.every_row import every_row

LIST = """1. 微信：xy_kefu0091
2、 客服电话： 400-612-3456
- https://sd-88.example/app
QQ群：283748123

手机: 139 1936 4417
139 1936 4417
App：优聘
小美客服"""


def test_a_list_with_bullets_and_labels() -> None:
    found = read_lines(LIST)
    assert found.left_out == 0
    assert found.leads[0] == LeadLine("wechat", "xy_kefu0091")
    assert LeadLine("url", "https://sd-88.example/app") in found.leads
    assert LeadLine("qq", "283748123") in found.leads
    assert found.leads.count(LeadLine("mobile", "139 1936 4417")) == 1
    assert LeadLine("app", "优聘") in found.leads


def test_stories_and_floods_are_left_out_and_counted() -> None:
    story = "我" * (LONGEST + 1)
    flood = "\n".join(f"1391936{number:04d}" for number in range(MOST_LINES + 7))
    assert read_lines(f"{story}\n13919364417").left_out == 1
    assert read_lines(flood).left_out == 7


LABELS = {
    "微信号": "wechat", "QQ群": "qq", "客服电话": "service_number", "手机": "mobile", "银行卡号": "bank_card",
    "网址": "url", "APP": "app", "邮箱": "email", "身份证号": "resident_id", "IP地址": "ip", "快递单号": "parcel",
}  # fmt: skip
VALUES = (
    "13919364417", "62284800100123456", "6228480010012345678", "11010519491231002X", "https://sd-88.example/app",
    "a@b.example", "10.0.0.7", "283748123", "4006123456", "SF1234567890123", "xy_kefu0091", "优聘", "老地方见",
)  # fmt: skip


@every_row("label", LABELS)
def test_a_label_is_believed_unless_what_follows_can_only_be_something_else(label: str) -> None:
    for value in VALUES:
        guesses = guess_kind(value)
        believed = not guesses or LABELS[label] in guesses
        kind = LABELS[label] if believed else guesses[0]
        for bullet in ("", "- ", "3. ", "12）", "3、"):
            written = f"{bullet}{label}：{value}"
            assert read_lines(written).leads == (LeadLine(kind, value),)


def test_a_line_of_the_greatest_length_is_taken() -> None:
    longest = "我" * LONGEST
    assert [lead.value for lead in read_lines(longest).leads] == [longest]


@given(st.text(max_size=300))
def test_every_line_is_taken_or_counted(text: str) -> None:
    found = read_lines(text)
    odd = [
        lead
        for lead in found.leads
        if not lead.value or lead.value not in text or lead.kind not in (*KINDS, "")
    ]
    assert odd == []  # as it came
