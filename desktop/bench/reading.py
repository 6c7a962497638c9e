"""What victims bring in bulk: a statement of a million lines, a workbook, a megabyte of pasted text.

Each beside the library or the walk it can not do without: the csv module, calamine, one look at every sign.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from desktop.bench.measure import FigureRow, compare
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.readers.statements.open_statement import open_statement
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

PASTED: Final = 1_000_000
_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
_NAMES: Final = (
    "交易日期", "交易时间", "交易金额", "借贷标志", "账户余额", "币种", "对方户名", "对方账号",
    "对方开户行", "交易流水号", "交易渠道", "摘要", "本方账号", "本方户名", "网点", "备注",
)  # fmt: skip
_STORY: Final = (
    "报警人称当天下午在家中接到陌生电话，对方自称客服，说误开了会员，不取消每月要扣钱，让报警人下载会议软件并共享屏幕。"
    "报警人按要求操作，11月24日10时12分通过手机银行向尾号4417的账户转账98000元，后来又转了1.2万。\n"
)
_TALK: Final = (
    "在吗，今天平台有新的任务，你看一下群公告", "好的，我先看看，等一下", "你放心，我们是正规公司，有营业执照的",
    "他们都已经提现了，你还犹豫什么呢", "我在上班，晚上回去再弄", "链接发你了，下载以后用邀请码注册",
    "登录不上去啊，一直转圈", "你换个浏览器试试，别用微信打开", "老师说今天行情好，跟着做就行", "嗯嗯", "[图片]",
    "[语音] 15秒", "你把截图发给我看看", "客服说要等审核，要多久啊",
)  # fmt: skip
_PAID: Final = (
    "我转了{yuan}元过去，你查一下", "刚才用农行卡尾号4417打了{yuan}", "还要再交{yuan}元保证金才能提现",
    "账户余额{yuan}，为什么提不出来", "给张伟转账{yuan}元，卡号6217004230001234569",
)  # fmt: skip


def reading(folder: Path, lines: int, sheet_lines: int) -> Iterator[FigureRow]:
    """A statement as csv in GB 18030, one as xlsx, and pasted text."""
    statement, workbook = folder / "bulk.csv", folder / "bulk.xlsx"
    with statement.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(_lines(lines))
    yield compare(f"statement_csv_{lines}", partial(_read, statement), partial(_csv, statement))
    statement.unlink()
    _write_workbook(workbook, sheet_lines)
    row = f"statement_xlsx_{sheet_lines}"
    yield compare(row, partial(_read, workbook), partial(_calamine, workbook))
    workbook.unlink()
    shipped = resource_path("directories")
    reader = PastedTextReader(PackedDirectories(shipped, shipped))
    sums = (_STORY * (PASTED // len(_STORY) + 1))[:PASTED]
    for row, text in (("paste_1mb", chat(PASTED)), ("paste_1mb_sums", sums)):
        yield compare(row, partial(reader.read, text, _START), partial(_look, text))


def chat(length: int) -> str:
    """A talk of ``length`` signs as a program exports it: each turn with its moment, every third with a sum."""
    made: list[str] = []
    while length > 0:
        number = len(made)
        at = f"{_START + timedelta(seconds=97 * number):%Y-%m-%d %H:%M:%S}"
        who = ("我", "导师小雨")[number % 2]
        words = _TALK[number * 7919 % len(_TALK)]
        if number % 3 == 0:
            words = _PAID[number * 31 % len(_PAID)].format(yuan=number * 7919 % 90_000 + 100)
        made.append(f"{who} {at}\n{words}\n")
        length -= len(made[-1])
    return "".join(made)[: length or None]


def _lines(count: int) -> Iterator[tuple[str, ...]]:
    yield _NAMES
    for number in range(count):
        at = f"{_START + timedelta(seconds=31 * number):%Y-%m-%d %H:%M:%S}"
        fen = number * 7919 % 5_000_000 + 1
        yield (
            at[:10], at[11:], f"{fen / 100:.2f}", "借贷"[number % 2], f"{fen / 50:.2f}", "人民币",
            f"测速{number % 97}", f"62170042300{number:08}", "中国建设银行兰州分行",
            f"2611{number:014}", "手机银行", "转账支取", "6217004230001234569", "测速", "城关支行", "",
        )  # fmt: skip


def _write_workbook(path: Path, count: int) -> None:
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(_lines(count)):
            sheet.write_row(place, 0, cells)


def _read(path: Path) -> None:
    with path.open("rb") as file:
        for _ in open_statement(file):
            pass


def _csv(path: Path) -> None:
    with path.open(encoding="gb18030", newline="") as file:
        for _ in csv.reader(file):
            pass


def _calamine(path: Path) -> None:
    for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows():
        pass


def _look(text: str) -> None:
    for sign in text:
        sign.isspace()
