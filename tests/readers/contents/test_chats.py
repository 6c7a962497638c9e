"""Exports of chats become numbered messages; prose with times in it does not."""

from __future__ import annotations

import io
import json

import pytest
from xlsxwriter import Workbook

from desktop.domain.evidence.contents import ChatMessage, ContentsKind
from desktop.readers.contents.look import look
from tests.support.strict import all_of

RULE = "=" * 64
QQ = f"""消息记录（此消息记录为文本格式，不支持重新导入）

{RULE}
消息分组:我的好友
{RULE}
消息对象:客服小美(30001)
{RULE}

2026-11-24 10:12:35 客服小美(30001)
您的账户异常
请转到安全账户

2026-11-24 10:13:02 【管理员】我<me@example.com>
好的
"""
MAILED = """Dear:

    如下是客服小美和我之间的聊天记录, 请查收.

—————  2026-11-24  —————


客服小美  10:12

您的账户异常


我  10:13

好的
"""
TRACE = """localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender
1,2,1,0,0,1795486355,,您的账户异常,2026-11-24 10:12:35,,客服小美,wxid_a
2,2,1,0,1,1795486382,,好的,2026-11-24 10:13:02,,我,wxid_b
"""
DUMP = """id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime
1,9,文本,0,wxid_a,,您的账户异常,,2026-11-24 10:12:35
2,8,图片,1,wxid_b,,,,2026-11-24 10:13:02
"""
PAGE = "<html><script>const chatMessages = {};</script></html>"


def messages(name: str, text: str | bytes) -> tuple[ChatMessage, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    found = look(name, data)
    assert found.kind is ContentsKind.CHAT
    return found.messages


def brief(found: tuple[ChatMessage, ...]) -> list[tuple[int, str, str, str]]:
    return [(one.number, one.time, one.sender, one.text) for one in found]


def test_text_of_qq() -> None:
    found = messages("客服小美.txt", QQ.encode("gb18030"))
    assert brief(found) == [
        (1, "2026-11-24 10:12:35", "客服小美", "您的账户异常\n请转到安全账户"),
        (2, "2026-11-24 10:13:02", "我", "好的"),
    ]
    assert [one.account for one in found] == ["30001", "me@example.com"]


def test_text_mailed_by_wechat() -> None:
    assert brief(messages("聊天记录.txt", MAILED)) == [
        (1, "2026-11-24 10:12", "客服小美", "您的账户异常"),
        (2, "2026-11-24 10:13", "我", "好的"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "客服小美(2026-11-24 10:12:35)：您的账户异常\n我(2026-11-24 10:13:02)：好的\n",
        "2026-11-24 10:12:35 客服小美\n您的账户异常\n\n2026-11-24 10:13:02 我\n好的\n",
        "客服小美 2026/11/24 10:12\n您的账户异常\n我 2026/11/24 10:13\n好的\n",
    ],
)
def test_text_of_other_programs(text: str) -> None:
    found = messages("a.txt", text)
    assert [(one.sender, one.text) for one in found] == [
        ("客服小美", "您的账户异常"),
        ("我", "好的"),
    ]
    assert all_of(one.time.startswith("2026") for one in found)


def test_tables_by_their_headings() -> None:
    found = messages("messages.csv", "\ufeff" + TRACE)
    assert brief(found)[0] == (1, "2026-11-24 10:12:35", "客服小美", "您的账户异常")
    assert found[1].account == "wxid_b"
    found = messages("dump.csv", DUMP)
    assert [(one.sender, one.text) for one in found] == [
        ("wxid_a", "您的账户异常"),
        ("wxid_b", "[图片]"),
    ]


def test_a_report_of_a_forensic_program() -> None:
    whole = io.BytesIO()
    book = Workbook(whole, {"in_memory": True})
    sheet = book.add_worksheet("微信消息")
    rows = [
        ["取证报告"], ["检材", "华为 P60"], [],
        ["序号", "发送时间", "方向", "消息类型", "消息内容"],
        [1, "2026-11-24 10:12:35", "接收", "文本", "您的账户异常"],
        [2, "2026-11-24 10:13:02", "发送", "语音", ""],
    ]  # fmt: skip
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    found = look("报告.xlsx", whole.getvalue())
    assert [(one.side, one.text) for one in found.messages] == [
        ("other", "您的账户异常"),
        ("own", "[语音]"),
    ]
    assert found.sheets[0].name == "微信消息"


def trial_pages() -> None:
    rows = [
        {"type": 1, "is_send": False, "text": "您的账户异常", "timestamp": 1795486355, "displayname": "小美"},
        {"type": 1, "is_send": True, "text": "好的", "timestamp": 1795486382, "displayname": "我"},
    ]  # fmt: skip
    found = messages("小美.html", PAGE.replace("{}", json.dumps(rows, ensure_ascii=False)))
    assert brief(found)[1] == (2, "2026-11-24 10:13:02", "我", "好的")
    table = (
        "<table><tr><td>时间</td><td>发送者</td><td>内容</td></tr><tr><td>2026-11-24 10:12:35</td><td>小美</td>"
        "<td>您的<br>账户</td></tr><tr><td>2026-11-24 10:13:02</td><td>我</td><td><img src='x'></td></tr></table>"
    )
    assert [one.text for one in messages("a.html", table)] == ["您的\n账户", "[图片]"]


def test_a_page_of_qq_in_one_file() -> None:
    page = (
        "<table><tr><td><div>消息记录</div></td></tr><tr><td>日期: 2026-11-24</td></tr>"
        "<tr><td><div><div>客服小美(30001)</div>10:12:35</div><div>您的账户异常</div></td></tr>"
        "<tr><td><div><div>我</div>10:13:02</div><div>好的</div></td></tr></table>"
    )
    mht = (
        "From: <Save by Tencent MsgMgr>\nSubject: Tencent IM Message\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; charset="utf-8"; type="text/html"; boundary="----=_NextPart"\n\n'
        "------=_NextPart\nContent-Type: text/html\nContent-Transfer-Encoding: 7bit\n\n"
        f"{page}\n------=_NextPart--\n"
    )
    found = messages("客服小美.mht", mht)
    assert brief(found)[0] == (1, "2026-11-24 10:12:35", "客服小美(30001)", "您的账户异常")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24 10:12:35 有人来电\n" + "一段很长的经过。\n" * 40,
        "时间,金额\n2026-11-24,1\n",
        "普通文字\n",
    ],
)
def test_what_is_no_chat(text: str) -> None:
    assert look("a.txt", text.encode()).kind is ContentsKind.TEXT


def test_what_the_victim_wrote_is_not_put_into_the_other_mouth() -> None:
    """An export that names whose chat it is beside every message, and who wrote it by a mark alone."""
    head = "localId,IsSender,StrContent,StrTime,NickName,Sender"
    lines = (
        "1,0,转到安全账户,2026-11-24 10:12:35,客服小美,wxid_a",
        "2,1,转了5万,2026-11-24 10:13:02,客服小美,wxid_a",
    )
    theirs, own = messages("a.csv", "\n".join((head, *lines)))
    assert (theirs.sender, theirs.account, theirs.side) == ("客服小美", "wxid_a", "")
    assert (own.sender, own.account, own.side) == ("", "", "own")


def test_a_line_that_a_message_quotes_is_no_message() -> None:
    """It was told as the word of somebody called 转账成功."""
    quoted = QQ.replace(
        "请转到安全账户", "转发给您：\n2026-11-24 09:00:00 转账成功\n2026-11-24 09:01:00 到账"
    )
    first, second = messages("a.txt", quoted)
    assert (first.sender, first.account) == ("客服小美", "30001")
    assert first.text.endswith("2026-11-24 09:00:00 转账成功\n2026-11-24 09:01:00 到账")
    assert second.account == "me@example.com"


@pytest.mark.parametrize(
    ("clock", "meant"),
    [
        ("下午3:12", "15:12"),
        ("凌晨 12:05", "00:05"),
        ("中午12:30", "12:30"),
        ("晚上11:59", "23:59"),
    ],
)
def test_a_phone_that_counts_to_twelve(clock: str, meant: str) -> None:
    found = messages("a.txt", MAILED.replace("10:12", clock))
    assert found[0].time == f"2026-11-24 {meant}"
