"""More screens, drawn after the reader was written and in other shapes than those it was tried on: cards, tables, bubbles
with a transfer in them, papers with a stamp; in other type, shrunk, squeezed, photographed from a screen."""
# ruff: noqa: E501, PLR0917 - templates and invented words

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import cv2
import numpy as np

from tests.readers.ocr.drawn_screens import Screen, turned

_HEAD: Final = """
#let data = json(bytes(sys.inputs.data))
#let sans = "Noto Sans SC"
#let serif = "Noto Serif SC"
"""
_CARD: Final = (
    _HEAD
    + """
#set page(width: 390pt, height: auto, margin: 0pt, fill: rgb("#eef1f6"))
#set text(font: sans, size: 12.5pt, fill: rgb("#222222"))
#block(width: 100%, fill: rgb(data.tint), inset: (x: 20pt, top: 34pt, bottom: 46pt), align(center, text(fill: white)[
  #text(13pt)[#data.bank] #v(8pt) #text(15pt)[#data.state] #v(6pt) #text(30pt, weight: "bold")[#data.amount]
]))
#v(-26pt)
#pad(x: 14pt, bottom: 20pt, block(width: 100%, radius: 10pt, fill: white, inset: 16pt)[
  #for (label, value) in data.fields [
    #grid(columns: (76pt, 1fr), column-gutter: 10pt, text(fill: rgb("#9aa0a8"), size: 11.5pt)[#label], align(right, value))
    #v(4pt) #line(length: 100%, stroke: 0.4pt + rgb("#e6e8ec")) #v(2pt)
  ]
])
"""
)
_TABLE: Final = (
    _HEAD
    + """
#set page(width: 420pt, height: auto, margin: 12pt, fill: white)
#set text(font: sans, size: 9pt, fill: rgb("#333333"))
#text(14pt, weight: "bold")[#data.title] #h(1fr) #text(9pt)[#data.owner]
#v(6pt)
#table(columns: data.columns.len(), stroke: 0.4pt + rgb("#cccccc"), inset: 5pt, fill: (_, row) => if row == 0 { rgb("#e8eef7") } else if calc.odd(row) { rgb("#fafafa") },
  ..data.columns.map(c => strong(c)), ..data.rows.flatten())
"""
)
_BUBBLES: Final = (
    _HEAD
    + """
#set page(width: 375pt, height: auto, margin: (x: 10pt, y: 16pt), fill: rgb(data.paper))
#set text(font: data.font, size: 13pt, fill: rgb(data.ink))
#align(center, strong(data.title))
#for (side, kind, words) in data.messages [
  #v(9pt)
  #if kind == "time" { align(center, text(9.5pt, fill: rgb("#8a8f98"))[#words]) } else [
    #align(if side == "me" { right } else { left }, if kind == "pay" {
      block(fill: rgb("#fa9d3b"), radius: 5pt, inset: 11pt, width: 205pt, align(left, text(fill: white)[#text(16pt)[#words.at(0)] #linebreak() #text(10pt)[#words.at(1)]]))
    } else { block(fill: rgb(if side == "me" { data.mine } else { data.theirs }), radius: 9pt, inset: 10pt, width: 232pt, align(left, words)) })
  ]
]
"""
)
_PAPER: Final = (
    _HEAD
    + """
#set page(width: 480pt, height: auto, margin: 22pt, fill: rgb("#fffdf8"))
#set text(font: serif, size: 11pt, fill: rgb("#1c1c1c"))
#align(center, text(17pt, weight: "bold", tracking: 2pt)[#data.title])
#v(6pt) #grid(columns: (1fr, auto), data.left, data.right) #v(4pt)
#table(columns: (auto, 1fr, auto, 1fr), stroke: 0.6pt, inset: 6pt, ..data.cells)
#place(bottom + right, dx: -26pt, dy: 8pt, rotate(-12deg, circle(radius: 38pt, stroke: 2pt + rgb("#d33a3ab0"), align(center + horizon, text(9pt, fill: rgb("#d33a3ab0"))[#data.stamp]))))
#v(30pt)
"""
)
_LOCKED: Final = (
    _HEAD
    + """
#set page(width: 360pt, height: 640pt, margin: 14pt, fill: gradient.linear(rgb("#20344f"), rgb("#7d4f6d"), angle: 70deg))
#set text(font: sans, size: 12pt, fill: rgb("#161616"))
#align(center, text(46pt, fill: white)[#data.clock])
#v(16pt)
#for (name, words) in data.notes [
  #block(width: 100%, radius: 12pt, fill: rgb("#ffffffd8"), inset: 11pt)[#text(10pt, fill: rgb("#555555"))[#name] #v(-4pt) #words]
  #v(2pt)
]
"""
)
_DAY: Final = {
    "paper": "#ededed",
    "ink": "#111111",
    "mine": "#95ec69",
    "theirs": "#ffffff",
    "font": "Noto Sans SC",
}
_NIGHT: Final = {
    "paper": "#17212b",
    "ink": "#e4ecf2",
    "mine": "#2b5278",
    "theirs": "#182533",
    "font": "Noto Sans SC",
}


def small(image: Any) -> Any:
    """As a chat program sends it on: 38 % of the size."""
    return cv2.resize(image, None, fx=0.38, fy=0.38, interpolation=cv2.INTER_AREA)


def squeezed(image: Any) -> Any:
    """Saved as JPEG at a quality of 22, twice."""
    for _ in range(2):
        _done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 22])
        image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return image


def moire(image: Any) -> Any:
    """A photograph of a screen: its raster beats with the sensor's, askew, unevenly lit."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    beat = (
        1
        + 0.16 * np.sin(x * 0.9 + y * 0.13) * np.sin(y * 0.83 - x * 0.07)
        + 0.08 * np.sin((x + 2 * y) * 0.021)
    )
    light = 0.68 + 0.34 * (x / width) - 0.16 * (y / height)
    seen = np.clip(image.astype(np.float32) * (beat * light)[..., None] + 12, 0, 255).astype(
        np.uint8
    )
    return tilted(seen)


def tilted(image: Any) -> Any:
    """Held at an angle: four degrees round, narrower at the top, dark around."""
    big = cv2.copyMakeBorder(image, 90, 90, 90, 90, cv2.BORDER_CONSTANT, value=(38, 34, 30))
    rows, columns = big.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), -4, 1)
    round_ = cv2.warpAffine(big, turn, (columns, rows), borderValue=(38, 34, 30))
    before = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    after = np.array([[60, 25], [columns - 45, 0], [columns, rows], [0, rows - 20]], np.float32)
    flat = cv2.getPerspectiveTransform(before, after)
    return cv2.GaussianBlur(
        cv2.warpPerspective(round_, flat, (columns, rows), borderValue=(38, 34, 30)), (3, 3), 0
    )


def dim(image: Any) -> Any:
    """Taken in the dark: little light, much noise."""
    noise = np.random.default_rng(11).normal(0, 9, image.shape)
    return np.clip(image.astype(np.float32) * 0.34 + 10 + noise, 0, 255).astype(np.uint8)


def glare(image: Any) -> Any:
    """A lamp on the glass."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    spot = np.exp(
        -(((x - width * 0.72) / (width * 0.3)) ** 2 + ((y - height * 0.4) / (height * 0.22)) ** 2)
    )
    return np.clip(
        image.astype(np.float32) + 150 * spot[..., None] * (1 - image.astype(np.float32) / 400),
        0,
        255,
    ).astype(np.uint8)


_Spoil = Callable[[Any], Any] | None


def _card(
    name: str,
    tint: str,
    bank: str,
    state: str,
    amount: str,
    fields: list[tuple[str, str]],
    key: list[str],
    spoil: _Spoil = None,
) -> Screen:
    return Screen(
        name,
        _CARD,
        {"tint": tint, "bank": bank, "state": state, "amount": amount, "fields": fields},
        key,
        spoil,
    )


def _bubbles(
    name: str,
    title: str,
    messages: list[Any],
    key: list[str],
    spoil: _Spoil = None,
    look: dict[str, str] = _DAY,
) -> Screen:
    return Screen(name, _BUBBLES, {**look, "title": title, "messages": messages}, key, spoil)


def _table(
    name: str,
    title: str,
    owner: str,
    columns: list[str],
    rows: list[list[str]],
    key: list[str],
    spoil: _Spoil = None,
) -> Screen:
    return Screen(
        name, _TABLE, {"title": title, "owner": owner, "columns": columns, "rows": rows}, key, spoil
    )


def _paper(name: str, title: str, cells: list[str], key: list[str], spoil: _Spoil = None) -> Screen:
    data = {
        "title": title,
        "left": "第 1 页",
        "right": "打印日期：2026-11-25",
        "stamp": "业务专用章",
        "cells": cells,
    }
    return Screen(name, _PAPER, data, key, spoil)


_A = [
    ("收款账户", "6230 5810 0099 4471 203"),
    ("收款人", "何俊峰"),
    ("收款行", "平安银行"),
    ("付款卡", "6216 **** **** 8874"),
    ("到账方式", "实时到账"),
    ("交易流水号", "PA2026112510380077123"),
    ("交易时间", "2026/11/25 10:38:12"),
]
_A_KEY = [
    "32,500.00",
    "6230 5810 0099 4471 203",
    "何俊峰",
    "PA2026112510380077123",
    "2026/11/25 10:38:12",
]
_B = [
    ("对方信息", "*丽娟 (189****7741)"),
    ("转账方式", "转到银行卡"),
    ("服务费", "0.00元"),
    ("订单编号", "20261125110070001506920044781236"),
    ("支付时间", "2026-11-25 08:55:40"),
    ("账单分类", "转账红包"),
]
_B_KEY = ["7,999.00", "189****7741", "20261125110070001506920044781236", "2026-11-25 08:55:40"]
_ROWS = [
    ["11-25 09:12", "快捷支付", "-4,980.00", "12,033.19", "上海某某信息科技"],
    ["11-25 09:40", "跨行转账", "-12,000.00", "33.19", "苏文斌"],
    ["11-24 22:03", "他行汇入", "+12,000.00", "17,013.19", "苏文斌"],
    ["11-24 18:30", "消费", "-86.50", "5,013.19", "某某超市兰州店"],
]
_ROWS_KEY = ["4,980.00", "12,000.00", "33.19", "苏文斌", "17,013.19", "11-24 22:03"]
_LOAN = [
    ("you", "time", "11月25日 中午12:06"),
    ("you", "text", "您好，我是客户经理 工号A7731，您申请的 50000 元已通过初审"),
    ("me", "text", "什么时候放款"),
    (
        "you",
        "text",
        "请先缴纳解冻金 3800 元，收款账号 6217 8520 0031 4467 908 户名 郑小伟 中国银行",
    ),
    ("me", "pay", ["¥3,800.00", "转账给客户经理"]),
    ("you", "text", "还差验资 9600 元，联系QQ 2557718804"),
]
_LOAN_KEY = ["3800", "6217 8520 0031 4467 908", "郑小伟", "¥3,800.00", "9600", "2557718804"]
_COIN = [
    ("you", "text", "USDT-TRC20 收款地址："),
    ("you", "text", "TKzxdSv2FZKQrEqkKVgp5DcwEXBEKMg2Ax"),
    ("you", "text", "打 2,150 U，到账截图"),
    ("me", "text", "手机 17755512096 收验证码"),
    ("you", "text", "TG：@lucky_kf09"),
]
_COIN_KEY = ["TKzxdSv2FZKQrEqkKVgp5DcwEXBEKMg2Ax", "2,150", "17755512096", "@lucky_kf09"]
_SLIP = [
    "付款人户名",
    "田桂英",
    "收款人户名",
    "兰州恒泰商贸有限公司",
    "付款人账号",
    "6222032703001458890",
    "收款人账号",
    "27080101040011225",
    "付款行",
    "工商银行兰州七里河支行",
    "收款行",
    "农业银行兰州城关支行",
    "小写金额",
    "￥186,400.00",
    "大写金额",
    "壹拾捌万陆仟肆佰元整",
    "交易时间",
    "2026-11-24 16:21:09",
    "凭证号",
    "0031-7792-5518",
]
_SLIP_KEY = [
    "兰州恒泰商贸有限公司",
    "6222032703001458890",
    "27080101040011225",
    "186,400.00",
    "壹拾捌万陆仟肆佰元整",
    "2026-11-24 16:21:09",
    "0031-7792-5518",
]
_NOTES = [
    (
        "短信 · 95588 · 现在",
        "您尾号8890卡11月25日16:21跨行汇款支出186,400元，余额20.33元，对方户名：兰州恒泰商贸有限公司。【工商银行】",
    ),
    ("微信支付 · 3 分钟前", "向“阿豪”转账 ¥2,600.00 成功"),
    ("短信 · 12381 · 昨天", "预警提示：您可能正遭遇电信网络诈骗"),
]
_NOTES_KEY = ["8890", "186,400", "20.33", "2,600.00", "12381"]

_TITLES = ["时间", "摘要", "金额", "余额", "对方"]
LATER_SCREENS: Final = (
    _card("card-plain", "#0f7a5f", "平安口袋银行", "转账成功", "¥32,500.00", _A, _A_KEY),
    _card("card-small", "#0f7a5f", "平安口袋银行", "转账成功", "¥32,500.00", _A, _A_KEY, small),
    _card(
        "card-squeezed", "#b02a37", "平安口袋银行", "转账成功", "¥32,500.00", _A, _A_KEY, squeezed
    ),
    _card("card-moire", "#0f7a5f", "平安口袋银行", "转账成功", "¥32,500.00", _A, _A_KEY, moire),
    _card("card-glare", "#28456f", "平安口袋银行", "转账成功", "¥32,500.00", _A, _A_KEY, glare),
    _card("bill-plain", "#1677ff", "账单详情", "交易成功", "-7,999.00", _B, _B_KEY),
    _card("bill-dim", "#1677ff", "账单详情", "交易成功", "-7,999.00", _B, _B_KEY, dim),
    _card("bill-lying", "#1677ff", "账单详情", "交易成功", "-7,999.00", _B, _B_KEY, turned),
    _table("table-plain", "交易明细", "户名：田桂英　尾号 8890", _TITLES, _ROWS, _ROWS_KEY),
    _table(
        "table-squeezed", "交易明细", "户名：田桂英　尾号 8890", _TITLES, _ROWS, _ROWS_KEY, squeezed
    ),
    _table("table-moire", "交易明细", "户名：田桂英　尾号 8890", _TITLES, _ROWS, _ROWS_KEY, moire),
    _table(
        "table-tilted", "交易明细", "户名：田桂英　尾号 8890", _TITLES, _ROWS, _ROWS_KEY, tilted
    ),
    _bubbles("loan-plain", "极速放款-客户经理", _LOAN, _LOAN_KEY),
    _bubbles(
        "loan-serif", "极速放款-客户经理", _LOAN, _LOAN_KEY, None, {**_DAY, "font": "Noto Serif SC"}
    ),
    _bubbles("loan-night", "极速放款-客户经理", _LOAN, _LOAN_KEY, None, _NIGHT),
    _bubbles("loan-moire", "极速放款-客户经理", _LOAN, _LOAN_KEY, moire),
    _bubbles("loan-small", "极速放款-客户经理", _LOAN, _LOAN_KEY, small, _NIGHT),
    _bubbles("coin-night", "OTC 承兑商", _COIN, _COIN_KEY, None, _NIGHT),
    _bubbles("coin-squeezed", "OTC 承兑商", _COIN, _COIN_KEY, squeezed, _NIGHT),
    _bubbles("coin-tilted", "OTC 承兑商", _COIN, _COIN_KEY, tilted),
    _paper("slip-plain", "电 子 回 单", _SLIP, _SLIP_KEY),
    _paper("slip-dim", "电 子 回 单", _SLIP, _SLIP_KEY, dim),
    _paper("slip-moire", "电 子 回 单", _SLIP, _SLIP_KEY, moire),
    Screen("locked-plain", _LOCKED, {"clock": "16:22", "notes": _NOTES}, _NOTES_KEY),
    Screen("locked-glare", _LOCKED, {"clock": "16:22", "notes": _NOTES}, _NOTES_KEY, glare),
    Screen("locked-tilted", _LOCKED, {"clock": "16:22", "notes": _NOTES}, _NOTES_KEY, tilted),
)

FACTS: Final = {
    "card": [
        ("amount", "32500.00"),
        ("payee_account", "6230581000994471203"),
        ("payee_name", "何俊峰"),
        ("payee_bank", "平安银行"),
        ("serial", "PA2026112510380077123"),
        ("time", "2026-11-25 10:38:12"),
    ],
    "bill": [
        ("amount", "7999.00"),
        ("order_number", "20261125110070001506920044781236"),
        ("time", "2026-11-25 08:55:40"),
        ("payee_name", "*丽娟"),
    ],
    "table": [
        ("amount", "4980.00"),
        ("amount", "12000.00"),
        ("time", "2026-11-25 09:12"),
        ("time", "2026-11-25 09:40"),
        ("payee_name", "苏文斌"),
    ],
    "loan": [
        ("amount", "3800.00"),
        ("payee_account", "6217852000314467908"),
        ("payee_name", "郑小伟"),
        ("qq", "2557718804"),
    ],
    "coin": [
        ("tron", "TKzxdSv2FZKQrEqkKVgp5DcwEXBEKMg2Ax"),
        ("mobile", "17755512096"),
        ("telegram", "@lucky_kf09"),
    ],
    "slip": [
        ("amount", "186400.00"),
        ("payee_account", "27080101040011225"),
        ("payer_account", "6222032703001458890"),
        ("payee_name", "兰州恒泰商贸有限公司"),
        ("payer_name", "田桂英"),
        ("time", "2026-11-24 16:21:09"),
    ],
    "locked": [
        ("amount", "186400.00"),
        ("payer_account", "*8890"),
        ("payee_name", "兰州恒泰商贸有限公司"),
        ("amount", "2600.00"),
        ("payee_name", "阿豪"),
        ("time", "2026-11-25 16:21"),
    ],
}
"""By the beginning of the screen's name: what must be proposed from it, as a part of a payment or as a lead."""
