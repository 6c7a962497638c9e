"""Phone screens of our own, drawn by typst and then spoilt as victims spoil them: shrunk, turned, photographed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import typst

from desktop.runtime.files.resources import resource_path

_RECEIPT: Final = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 360pt, height: auto, margin: (x: 18pt, y: 14pt), fill: rgb(data.paper))
#set text(font: "Noto Sans SC", size: 14pt, fill: rgb(data.ink))
#grid(columns: (1fr, auto), text(12pt)[09:41], text(12pt)[5G 88%])
#v(10pt)
#align(center)[#text(18pt)[#data.title] #v(14pt) #text(26pt, weight: "bold")[#data.amount]]
#v(16pt)
#for (label, value) in data.fields [
  #grid(columns: (90pt, 1fr), text(fill: rgb(data.faint))[#label], align(if data.right { right } else { left })[#value])
  #v(7pt)
]
"""
_CHAT: Final = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 360pt, height: auto, margin: (x: 12pt, y: 14pt), fill: rgb(data.paper))
#set text(font: "Noto Sans SC", size: 14pt, fill: rgb(data.ink))
#grid(columns: (1fr, auto), text(12pt)[09:41], text(12pt)[5G 88%])
#v(8pt)
#align(center)[#text(16pt)[#data.title]]
#for (side, words) in data.messages [
  #v(10pt)
  #align(if side == "me" { right } else { left })[
    #box(fill: rgb(if side == "me" { data.mine } else { data.theirs }), inset: 9pt, radius: 6pt, width: 230pt)[
      #align(left)[#words]
    ]
  ]
]
"""
_LIGHT: Final = {
    "paper": "#f7f7f7",
    "ink": "#111111",
    "faint": "#777777",
    "mine": "#95ec69",
    "theirs": "#ffffff",
}
_DARK: Final = {
    "paper": "#1a1a1a",
    "ink": "#e6e6e6",
    "faint": "#9a9a9a",
    "mine": "#3eb575",
    "theirs": "#2c2c2c",
}
_PIXELS: Final = 216.0  # an inch: 360 points become the 1080 pixels of a phone


@dataclass(frozen=True)
class Screen:
    """``key`` must come back from the picture: sums, numbers, names, times."""

    name: str
    source: str
    data: dict[str, Any]
    key: Sequence[str]
    spoil: Callable[[Any], Any] | None = None


def picture(screen: Screen) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resource_path("fonts"))],
    )
    made = typst.compile(
        screen.source.encode(),
        format="png",
        ppi=_PIXELS,
        font_paths=fonts,
        sys_inputs={"data": json.dumps(screen.data, ensure_ascii=False)},
    )
    image: Any = cv2.imdecode(np.frombuffer(made, np.uint8), cv2.IMREAD_COLOR)
    if screen.spoil is not None:
        image = screen.spoil(image)
    done, data = cv2.imencode(".jpg" if screen.spoil else ".png", image)
    assert done
    return bytes(data)


def long_chat(messages: Sequence[str]) -> Screen:
    """As phones join many screens to one picture."""
    told = [("you" if number % 3 else "me", words) for number, words in enumerate(messages)]
    return _chat("chat-long", "任务群", told, ())


def shrunk(image: Any) -> Any:
    return cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def turned(image: Any) -> Any:
    return np.rot90(image).copy()


def upside_down(image: Any) -> Any:
    return np.rot90(image, 2).copy()


def photographed(image: Any) -> Any:
    """Askew, from the side, with the noise and the softness of a cheap lens."""
    height, width = image.shape[:2]
    before = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    after = np.array(
        [[40, 60], [width - 10, 20], [width - 50, height - 30], [15, height - 70]], np.float32
    )
    turned_away = cv2.warpPerspective(
        image, cv2.getPerspectiveTransform(before, after), (width, height), borderValue=(90, 90, 90)
    )
    noise = np.random.default_rng(7).normal(0, 7, turned_away.shape)
    noisy = np.clip(turned_away.astype(np.float32) + noise, 0, 255).astype(np.uint8)
    return cv2.GaussianBlur(noisy, (3, 3), 0)


def _breakable(value: str) -> str:
    """A number longer than its column goes on in the next line."""
    return "\u200b".join(value[at : at + 24] for at in range(0, len(value), 24))


def _receipt(
    name: str,
    title: str,
    amount: str,
    fields: Sequence[tuple[str, str]],
    key: Sequence[str],
    *,
    right: bool = False,
    look: dict[str, str] = _LIGHT,
    spoil: Callable[[Any], Any] | None = None,
) -> Screen:
    shown = [(label, _breakable(value)) for label, value in fields]
    data = {**look, "title": title, "amount": amount, "fields": shown, "right": right}
    return Screen(name, _RECEIPT, data, (amount, *key), spoil)


def _chat(
    name: str,
    title: str,
    messages: Sequence[tuple[str, str]],
    key: Sequence[str],
    *,
    look: dict[str, str] = _LIGHT,
    spoil: Callable[[Any], Any] | None = None,
) -> Screen:
    return Screen(name, _CHAT, {**look, "title": title, "messages": messages}, key, spoil)


_WECHAT: Final = (
    ("当前状态", "对方已收钱"), ("转账说明", "微信转账"), ("转账时间", "2026年11月25日 21:47:08"),
    ("支付方式", "建设银行储蓄卡(4569)"), ("转账单号", "100005000126112500042347119826731"),
)  # fmt: skip
_WECHAT_KEY: Final = ("2026年11月25日 21:47:08", "100005000126112500042347119826731", "4569")
_ALIPAY: Final = (
    ("交易状态", "交易成功"), ("付款方式", "余额宝"), ("转账备注", "货款"), ("对方账户", "陈某 138******66"),
    ("创建时间", "2026-11-25 20:13:55"), ("订单号", "20261125200040011100340077123456"),
)  # fmt: skip
_ALIPAY_KEY: Final = ("138******66", "2026-11-25 20:13:55", "20261125200040011100340077123456")
_BANK: Final = (
    ("收款人", "赵某国"), ("收款账号", "6228 4800 3011 2233 441"), ("收款银行", "中国农业银行"),
    ("付款账号", "6217 **** **** 4569"), ("交易时间", "2026-11-26 09:03:17"), ("手续费", "0.00"),
    ("电子回单号", "2026112600418899"),
)  # fmt: skip
_BANK_KEY: Final = ("赵某国", "6228 4800 3011 2233 441", "2026-11-26 09:03:17", "2026112600418899")
_SPOKEN: Final = (
    ("you", "您好，这里是平台客服，您的会员将在今天扣费 800 元"),
    ("me", "怎么取消？"),
    ("you", "请把资金转到安全账户 6214 8301 5566 7788，户名 孙某丽，招商银行"),
    ("you", "或者加 QQ 3344556677 核实，网址 https://kf.example-pay.cc/v"),
)
_SPOKEN_KEY: Final = ("6214 8301 5566 7788", "孙某丽", "3344556677", "https://kf.example-pay.cc/v")
_SMS: Final = (
    (
        "you",
        "【建设银行】您尾号4569的储蓄卡11月26日9时3分支出人民币50,000.00元,活期余额1,203.44元。",
    ),
    ("you", "【农业银行】您尾号3441账户11月26日09:04完成转存交易人民币50,000.00，余额50,000.00。"),
)
_SMS_KEY: Final = ("4569", "50,000.00", "1,203.44", "3441")

_SPOILT: Final = (
    ("shrunk", shrunk),
    ("turned", turned),
    ("upside-down", upside_down),
    ("photo", photographed),
)
SCREENS: Final = tuple(
    screen
    for look_name, look in (("light", _LIGHT), ("dark", _DARK))
    for screen in (
        _receipt(f"wechat-{look_name}", "转账-转给小雨(**雨)", "-12,800.00", _WECHAT, _WECHAT_KEY, look=look),
        _receipt(f"alipay-{look_name}", "陈某", "-6,600.00", _ALIPAY, _ALIPAY_KEY, right=True, look=look),
        _receipt(f"bank-{look_name}", "转账成功", "¥50,000.00", _BANK, _BANK_KEY, right=True, look=look),
        _chat(f"chat-{look_name}", "平台客服-小林", _SPOKEN, _SPOKEN_KEY, look=look),
        _chat(f"sms-{look_name}", "95533", _SMS, _SMS_KEY, look=look),
    )
) + tuple(
    screen
    for spoil_name, spoil in _SPOILT
    for screen in (
        _receipt(f"wechat-{spoil_name}", "转账-转给小雨(**雨)", "-12,800.00", _WECHAT, _WECHAT_KEY, spoil=spoil),
        _receipt(f"bank-{spoil_name}", "转账成功", "¥50,000.00", _BANK, _BANK_KEY, right=True, spoil=spoil),
        _chat(f"chat-{spoil_name}", "平台客服-小林", _SPOKEN, _SPOKEN_KEY, spoil=spoil),
    )
)  # fmt: skip
