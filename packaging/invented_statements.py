"""Statements with invented rows in the layouts of wallets and banks, and what is true of each: the same every time."""

# ruff: noqa: E501 - a layout is a table of columns

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from xlsxwriter import Workbook

from desktop.domain.time.local_time import CHINA

NAMES: Final = ("王志强", "李桂英", "兰州恒泰商贸有限公司", "陈某", "赵海燕", "买买提江·阿不都")
IN, OUT, NEUTRAL = "in", "out", "neutral"


@dataclass(frozen=True)
class Paid:
    """One line of money, as it truly is."""

    at: datetime
    way: str
    fen: int
    name: str
    account: str
    note: str = ""
    """``refunded`` or nothing."""
    left: int = 0
    currency: str = "人民币"

    @property
    def yuan(self) -> str:
        return f"{self.fen / 100:.2f}"

    @property
    def grouped(self) -> str:
        return f"{self.fen / 100:,.2f}"

    def only(self, way: str) -> str:
        """The sum in a column of one direction."""
        return self.yuan if self.way == way else ""


@dataclass(frozen=True)
class MadeFile:
    """No ``rows`` where the period has none; ``masked`` as the layout has it."""

    name: str
    data: bytes
    rows: tuple[Paid, ...]
    masked: str = ""


_Cell = Callable[[Paid], str]


@dataclass(frozen=True)
class _Layout:
    """``above`` stands over the header, ``below`` under the rows; ``container`` csv, tsv or xlsx."""

    name: str
    columns: Mapping[str, _Cell]
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    encoding: str = "utf-8-sig"
    container: str = "csv"
    keeps_account: bool = True
    keeps_state: bool = False
    """Whether it shows what came back."""
    masked: str = ""
    """What it shows of every account of the other side."""


def _time(paid: Paid) -> str:
    return f"{paid.at:%Y-%m-%d %H:%M:%S}"


def _day(paid: Paid) -> str:
    return f"{paid.at:%Y-%m-%d}"


def _flat_day(paid: Paid) -> str:
    return f"{paid.at:%Y%m%d}"


def _clock(paid: Paid) -> str:
    return f"{paid.at:%H:%M:%S}"


def _serial(paid: Paid) -> str:
    return f"2026{int(paid.at.timestamp()):012}{paid.fen:08}"


def _signed(paid: Paid) -> str:
    return f"{'-' if paid.way == OUT else '+'}{paid.grouped}"


def _says(incoming: str, outgoing: str, other: str = "/") -> _Cell:
    return lambda paid: {IN: incoming, OUT: outgoing}.get(paid.way, other)


def _fixed(text: str) -> _Cell:
    return lambda _paid: text


def _name(paid: Paid) -> str:
    return paid.name


def _account(paid: Paid) -> str:
    return paid.account


def _left(paid: Paid) -> str:
    return f"{paid.left / 100:.2f}"


def _padded(cell: _Cell) -> _Cell:
    return lambda paid: f"{cell(paid)}   "


def _wechat_state(paid: Paid) -> str:
    return (
        "已全额退款" if paid.note == "refunded" else "支付成功" if paid.way == OUT else "已存入零钱"
    )


def _alipay_state(paid: Paid) -> str:
    return {"refunded": "退款成功", "closed": "交易关闭"}.get(paid.note, "交易成功")


_WECHAT: Final[Mapping[str, _Cell]] = {
    "交易时间": _time, "交易类型": _fixed("转账"), "交易对方": _name, "商品": _fixed("/"), "收/支": _says("收入", "支出"),
    "金额(元)": lambda paid: f"¥{paid.yuan}", "支付方式": _fixed("零钱"), "当前状态": _wechat_state,
    "交易单号": lambda paid: f"{_serial(paid)}\t", "商户单号": _fixed("/"), "备注": _fixed("/"),
}  # fmt: skip
_ALIPAY: Final[Mapping[str, _Cell]] = {
    "交易时间": _time, "交易分类": _fixed("转账红包"), "交易对方": _name, "对方账号": _fixed("138******66"),
    "商品说明": _fixed("转账"), "收/支": _says("收入", "支出", "不计收支"), "金额": lambda paid: paid.yuan,
    "收/付款方式": _fixed("余额宝"), "交易状态": _alipay_state, "交易订单号": lambda paid: f"{_serial(paid)}\t",
    "商家订单号": _fixed(""), "备注": _fixed(""),
}  # fmt: skip
_LAYOUTS: Final = (
    _Layout("wechat_csv", _WECHAT, ("微信支付账单明细", "微信昵称：[测试]", "起始时间：[2026-11-01 00:00:00] 终止时间：[2026-11-30 23:59:59]",
            "----------------------微信支付账单明细列表--------------------"), keeps_account=False, keeps_state=True),
    _Layout("wechat_xlsx", _WECHAT, ("微信支付账单明细", "起始时间：[2026-11-01 00:00:00] 终止时间：[2026-11-30 23:59:59]"),
            container="xlsx", keeps_account=False, keeps_state=True),
    _Layout("alipay_csv", _ALIPAY, ("----------------------------------------------------", "导出信息：", "姓名：测试",
            "起始时间：[2026-11-01 00:00:00]    终止时间：[2026-11-30 23:59:59]", "导出交易类型：[全部]"),
            encoding="gb18030", masked="138******66", keeps_account=False, keeps_state=True),
    _Layout("alipay_padded", {f" {name} ": _padded(cell) for name, cell in _ALIPAY.items()},
            ("支付宝交易记录明细", "起始日期:[2026-11-01 00:00:00]    终止日期:[2026-11-30 23:59:59]"), encoding="gb18030", masked="138******66", keeps_account=False, keeps_state=True),
    _Layout("alipay_web", {"交易号": lambda paid: f"{_serial(paid)}\t", "商家订单号": _fixed("\t"), "交易创建时间": _time, "付款时间": _time,
            "最近修改时间": _time, "交易来源地": _fixed("其他"), "类型": _fixed("即时到账交易"), "交易对方": _name, "商品名称": _fixed("转账"),
            "金额（元）": lambda paid: paid.yuan, "收/支": _says("收入", "支出", ""), "交易状态": _alipay_state, "服务费（元）": _fixed("0.00"),
            "成功退款（元）": _fixed("0.00"), "备注": _fixed(""), "资金状态": _says("已收入", "已支出", "资金转移")},
            ("支付宝交易记录明细查询", "账号:[138******66]", "起始日期:[2026-11-01 00:00:00]    终止日期:[2026-11-30 23:59:59]"),
            ("------------------------------------",), encoding="gb18030", keeps_account=False, keeps_state=True),
    _Layout("tenpay_trades", {"用户ID": _fixed("wxid_ab12cd34"), "交易单号": _serial, "借贷类型": _says("入", "出"), "交易业务类型": _fixed("转账"),
            "交易时间": _time, "交易金额(分)": lambda paid: str(paid.fen), "账户余额(分)": lambda paid: str(paid.left),
            "对手侧账户名称": _name, "对手方银行卡号": _account, "对手侧银行名称": _fixed("建设银行"), "备注1": _fixed("")}, ()),
    _Layout("icbc_csv", {"交易日期": _day, "摘要": _fixed("转账"), "交易场所": _fixed("手机银行"), "交易国家或地区简称": _fixed("CHN"), "钞/汇": _fixed("钞"),
            "交易金额(收入)": lambda paid: paid.only(IN), "交易金额(支出)": lambda paid: paid.only(OUT), "交易币种": _fixed("人民币"),
            "记账金额(收入)": lambda paid: paid.only(IN), "记账金额(支出)": lambda paid: paid.only(OUT), "记账币种": _fixed("人民币"),
            "余额": _left, "对方户名": _name, "对方账户": lambda paid: f"{paid.account}\t"},
            ("明细查询文件下载", "卡号: 6222********1234", "起始日期: 2026-11-01 截止日期: 2026-11-30"), encoding="gb18030"),
    _Layout("ccb_xlsx", {" 记账日 ": _flat_day, "交易日期 ": _flat_day, "交易时间": _clock, "支出": lambda paid: paid.only(OUT), "收入": lambda paid: paid.only(IN),
            "账户余额": _left, "币种": _fixed("人民币元"), "摘要": _fixed("转账"), "对方账号": _account, "对方户名": _name, "交易地点": _fixed("手机银行")},
            ("China Construction Bank", "查询起止日期：20261101-20261130"), ("以上数据仅供参考，具体内容请以柜台为准",), container="xlsx"),
    _Layout("abc_csv", {"交易日期": _flat_day, "交易时间": _clock, "交易金额": _signed, "本次余额": _left, "对方户名": _name, "对方账号": _account,
            "交易行": _fixed("兰州城关支行"), "交易渠道": _fixed("掌银"), "交易类型": _fixed("转账"), "交易用途": _fixed(""), "交易摘要": _fixed("转支")},
            ("账户明细查询", "账户：622848********8888 户名：测试 起始日期：20261101 截止日期：20261130"), encoding="gb18030"),
    _Layout("boc_csv", {"记账日期": _day, "记账时间": _clock, "币别": _fixed("人民币"), "金额": _signed, "余额": _left, "交易名称": _fixed("转账"),
            "渠道": _fixed("手机银行"), "网点名称": _fixed("-------------------"), "附言": _fixed("-------------------"),
            "对方账户名": _name, "对方卡号/账号": _account, "对方开户行": _fixed("-------------------")}, ("中国银行交易流水明细清单", "交易区间： 2026-11-01 至 2026-11-30")),
    _Layout("cmb_csv", {"交易日期": lambda paid: f"\t{_flat_day(paid)}", "交易时间": lambda paid: f"\t{_clock(paid)}", "收入": lambda paid: paid.only(IN),
            "支出": lambda paid: paid.only(OUT), "余额": _left, "交易类型": _fixed("转账汇款"), "交易备注": lambda paid: f"\t{paid.name} {paid.account}"},
            ("# 招商银行交易记录", "# 账    号: [一卡通:6214********1234 招商银行]", "# 起始日期: [20261101]   终止日期: [20261130]"), ("# 收入合计",)),
    _Layout("bocom_csv", {"序号": _fixed("1"), "交易日期": _day, "交易时间": _clock, "交易类型": _fixed("网银转账"), "借贷": _says("贷 Cr", "借 Dr"),
            "交易金额": lambda paid: paid.grouped, "余额": _left, "对方账号": _account, "对方户名": _name, "交易地点": _fixed("网上银行"), "摘要": _fixed("转账")},
            ("交通银行个人客户交易清单", "查询起日：2026-11-01 查询止日：2026-11-30")),
    _Layout("spdb_xlsx", {"顺序号": _fixed("1"), "交易日期": _flat_day, "交易类型": _fixed("转账"), "存入金额": lambda paid: paid.only(IN),
            "取出金额": lambda paid: paid.only(OUT), "余额": _left, "交易对手名称": _name, "交易对手账号": _account, "附言": _fixed("")}, ("账号 6217920100001234 账户类型 活期",), container="xlsx"),
    _Layout("jd_csv", {"交易时间": lambda paid: f"{_time(paid)}\t", "商户名称": _name, "交易说明": _fixed("转账"),
            "金额": lambda paid: f"{paid.yuan}(已全额退款)" if paid.note == "refunded" else paid.yuan, "收/付款方式": _fixed("白条"),
            "交易状态": lambda paid: "退款成功" if paid.note == "refunded" else "交易成功", "收/支": _says("收入", "支出", "不计收支"), "交易分类": _fixed("其他"),
            "交易订单号": lambda paid: f"{_serial(paid)}\t", "商家订单号": _fixed("\t"), "备注": _fixed("")}, ("导出信息：", "日期区间：2026-11-01 至 2026-11-30"), keeps_account=False, keeps_state=True),
    _Layout("meituan_csv", {"交易创建时间": _time, "交易成功时间": _time, "交易类型": lambda paid: "退款" if paid.way == IN else "支付", "订单标题": _name,
            "收/支": _says("收入", "支出"), "支付方式": _fixed("建设银行(1234)"), "订单金额": lambda paid: f"¥{paid.yuan}", "实付金额": lambda paid: f"¥{paid.yuan}",
            "交易单号": lambda paid: f"{_serial(paid)}\t", "商家单号": _fixed(""), "备注": _fixed("/")}, ("美团交易账单明细", "起始时间：[2026-11-01 00:00:00] 终止时间：[2026-11-30 23:59:59]"), keeps_account=False, keeps_state=False),
    _Layout("company_csv", {"交易时间": _time, "借方发生额": lambda paid: paid.only(OUT), "贷方发生额": lambda paid: paid.only(IN), "余额": _left, "币种": _fixed("人民币"),
            "对方单位名称": _name, "对方账号": _account, "摘要": _fixed("货款"), "凭证号": _fixed("0012345")}, ("账务明细清单", "单位名称：兰州测试有限公司", "起止日期：2026-11-01 至 2026-11-30"), encoding="gb18030"),
)  # fmt: skip
VARIANTS: Final = (
    "usual", "long", "refunds", "rounded", "powers", "foreign", "newest_first", "blank_lines", "header_again", "subtotals",
    "wide", "page", "empty",
)  # fmt: skip
_ROUNDED_FROM: Final = 15
_COUNTS: Final = {"empty": 0, "long": 300, "header_again": 60}
_CURRENCIES: Final = ("币种", "币别", "记账币种")


def made() -> Iterator[MadeFile]:
    """Every layout in each variant that it can have."""
    for place, layout in enumerate(_LAYOUTS):
        for number, variant in enumerate(VARIANTS):
            if _fits(layout, variant):
                lot = np.random.default_rng([25, place, number])
                rows = tuple(_rows(lot, variant))
                data = _written(layout, rows, variant)
                yield MadeFile(f"{layout.name} {variant}", data, rows, layout.masked)


def _fits(layout: _Layout, variant: str) -> bool:
    if variant in ("rounded", "powers"):
        return layout.keeps_account and layout.name != "cmb_csv"
    if variant == "foreign":
        return any(name.strip() in _CURRENCIES for name in layout.columns)
    if variant == "refunds":
        return layout.keeps_state
    return layout.container == "csv" if variant in ("wide", "page") else True


def _rows(lot: np.random.Generator, variant: str) -> Iterator[Paid]:
    at, left = datetime(2026, 11, 1, 9, tzinfo=CHINA), 5_000_000
    backwards = -1 if variant == "newest_first" else 1
    for _ in range(_COUNTS.get(variant, 12)):
        at += backwards * timedelta(minutes=int(lot.integers(5, 90)), seconds=int(lot.integers(60)))
        way = IN if lot.random() < 0.4 else OUT
        fen = int(lot.integers(1, 3_000_000))
        note = "refunded" if variant == "refunds" and way == OUT and lot.random() < 0.5 else ""
        account = "621700" + "".join(map(str, lot.integers(0, 10, 13)))
        if variant == "rounded":
            account = account[:_ROUNDED_FROM] + "0" * (len(account) - _ROUNDED_FROM)
        if variant == "powers":
            account = f"{account[0]}.{account[1:6]}E+{len(account) - 1}"
        currency = "美元" if variant == "foreign" and lot.random() < 0.4 else "人民币"
        left += fen if way == IN else -fen
        name = NAMES[int(lot.integers(len(NAMES)))]
        yield Paid(at, way, fen, name, account, note, left, currency)


def _written(layout: _Layout, rows: Sequence[Paid], variant: str) -> bytes:
    head = list(layout.columns)
    table = [[_cell(name, cell, paid) for name, cell in layout.columns.items()] for paid in rows]
    if variant == "blank_lines":
        table = [line for row in table for line in (row, [""] * len(head))]
    if variant == "header_again":
        table = [
            line
            for at, row in enumerate(table)
            for line in ([head, row] if at and at % 20 == 0 else [row])
        ]
    if variant == "subtotals":
        table = [
            line
            for at, row in enumerate(table)
            for line in ([row, ["本页小计", "", "", ""]] if at % 5 == 4 else [row])
        ]
    lines = [*([line] for line in layout.above), head, *table, *([line] for line in layout.below)]
    if variant == "page":
        return _page(lines)
    if layout.container == "xlsx":
        return _workbook(lines)
    file = io.StringIO(newline="")
    csv.writer(file).writerows(lines)
    return file.getvalue().encode("utf-16" if variant == "wide" else layout.encoding)


def _cell(name: str, cell: _Cell, paid: Paid) -> str:
    return paid.currency if name.strip() in _CURRENCIES else cell(paid)


def _page(lines: Sequence[Sequence[str]]) -> bytes:
    """A table of HTML under a name that ends in .xls, as banks' sites give out."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line)}</tr>" for line in lines
    )
    return f"<html><meta charset='utf-8'><body><table>{rows}</table></body></html>".encode()


def _workbook(lines: Sequence[Sequence[str]]) -> bytes:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("明细")
        for place, cells in enumerate(lines):
            sheet.write_row(place, 0, cells)
    return file.getvalue()
