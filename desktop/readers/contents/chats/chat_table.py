"""Chats exported as tables (csv, xlsx, HTML tables, JSON within a page): columns are known by their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.evidence.contents import ChatMessage
from desktop.domain.time.local_time import CHINA

_TIME: Final = (
    "strtime", "时间", "发送时间", "消息时间", "日期时间", "发言时间", "createtime", "formattedtime", "time",
    "timestamp", "发送日期", "日期",
)  # fmt: skip
_SENDER: Final = (
    "发送者", "发送人", "发言人", "发送方", "发送者昵称", "发送人昵称", "发送者名称", "昵称",
    "senderdisplayname", "displayname", "nickname", "remark", "talker", "sender", "from", "发送者身份", "发送者账号",
)  # fmt: skip
_TEXT: Final = (
    "strcontent", "内容", "消息内容", "聊天内容", "正文", "msg", "content", "text", "message", "消息",
)  # fmt: skip
_ACCOUNT: Final = (
    "发送者账号", "发送人账号", "发送者wxid", "发送者id", "账号", "微信号", "wxid",
    "sender", "senderusername", "talker", "qq号", "uin",
)  # fmt: skip
_MINE: Final = ("issender", "is_sender", "is_send", "issend", "方向", "收发", "收发方向")
_KIND: Final = ("消息类型", "类型", "type_name", "typename")
_OWN: Final = frozenset({"1", "true", "发送", "发出", "send"})
_SEARCHED: Final = 30
"""Rows in which the headings are looked for; forensic reports have a page of particulars before them."""
_PLAIN_KINDS: Final = frozenset({"", "文本", "text", "1", "文字"})


@dataclass(frozen=True, slots=True)
class _Columns:
    time: int
    sender: int
    text: int
    account: int
    mine: int
    kind: int


def read_chat_rows(rows: Sequence[Sequence[str]]) -> tuple[ChatMessage, ...]:
    """The messages, or none where no row has headings for time, sender and text."""
    for place, row in enumerate(rows[:_SEARCHED]):
        columns = _columns(row)
        if columns is not None:
            return _messages(rows[place + 1 :], columns)
    return ()


def _columns(row: Sequence[str]) -> _Columns | None:
    names = [_plain(cell) for cell in row]
    time, text = _find(names, _TIME), _find(names, _TEXT)
    sender, mine = _find(names, _SENDER), _find(names, _MINE)
    if time < 0 or text < 0 or (sender < 0 and mine < 0):
        return None
    account = _find(names, _ACCOUNT)
    if account == sender:
        account = -1
    return _Columns(time, sender, text, account, mine, _find(names, _KIND))


def _plain(cell: str) -> str:
    return cell.strip().strip("\ufeff").lower().replace(" ", "")


def _find(names: list[str], wanted: Sequence[str]) -> int:
    for name in wanted:
        if name in names:
            return names.index(name)
    return -1


def _messages(rows: Sequence[Sequence[str]], columns: _Columns) -> tuple[ChatMessage, ...]:
    partners = _partners(rows, columns)
    found: list[ChatMessage] = []
    for row in rows:
        time, text = _cell(row, columns.time), _cell(row, columns.text)
        if not time and not text:
            continue
        kind = _cell(row, columns.kind)
        shown = text or (f"[{kind}]" if kind.lower() not in _PLAIN_KINDS else "")
        side, sender = _side(_cell(row, columns.mine)), _cell(row, columns.sender)
        account = _cell(row, columns.account)
        if side == "own" and sender in partners:
            sender = account = ""
        side = "" if sender else side
        found.append(ChatMessage(len(found) + 1, _moment(time), sender, shown, account, side))
    return tuple(found)


def _partners(rows: Sequence[Sequence[str]], columns: _Columns) -> frozenset[str]:
    """Names that stand beside messages sent and got alike: they say whose chat it is, not who wrote."""
    names: dict[str, set[str]] = {"own": set(), "other": set()}
    for row in rows:
        side = _side(_cell(row, columns.mine))
        if side:
            names[side].add(_cell(row, columns.sender))
    return frozenset((names["own"] & names["other"]) - {""})


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if 0 <= column < len(row) else ""


def _side(mine: str) -> str:
    """Who wrote it where the export only tells the direction: the owner of the phone or the other side."""
    if not mine:
        return ""
    return "own" if mine.lower() in _OWN else "other"


def _moment(time: str) -> str:
    """Seconds or milliseconds since 1970 as the time in China; anything else as it stands."""
    if not time.isdigit() or len(time) not in (10, 13):
        return time
    seconds = int(time[:10])
    return f"{datetime.fromtimestamp(seconds, CHINA):%Y-%m-%d %H:%M:%S}"
