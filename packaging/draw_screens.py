"""Draws phone screens with invented values and spoils them as victims do: the same every time.

A set is a TOML file of templates in typst. ``[pieces]`` stand in ``source`` under their name in braces; a template has
``language`` (zh_CN, zh_TW, en), ``shown`` the words for typst, with values in braces, and ``facts``, what is to be
read: the name of a part of a payment or of a kind of identifier, and its value.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import typst

from desktop.domain.identifiers.money.luhn import luhn_valid
from desktop.runtime.files.resources import resource_path

_PIXELS: Final = 216.0
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑"
_GIVEN: Final = "伟芳娜敏静强磊军洋勇艳杰涛明超兰霞平刚桂英建国志文海燕晓东"
_BANKS: Final = (
    ("621700", "中国建设银行", "建设银行", "中國建設銀行", "China Construction Bank"),
    ("622848", "中国农业银行", "农业银行", "中國農業銀行", "Agricultural Bank of China"),
    ("622202", "中国工商银行", "工商银行", "中國工商銀行", "ICBC"),
    ("621483", "招商银行", "招商银行", "招商銀行", "China Merchants Bank"),
    ("621661", "中国银行", "中国银行", "中國銀行", "Bank of China"),
)
_TRON: Final = (
    "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC",
    "TKzxdSv2FZKQrEqkKVgp5DcwEXBEKMg2Ax",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
)
_LOOKS: Final = {
    "light": {"paper": "#f7f7f7", "ink": "#111111", "faint": "#777777", "card": "#ffffff", "mine": "#95ec69"},
    "dark": {"paper": "#171717", "ink": "#e6e6e6", "faint": "#9a9a9a", "card": "#2a2a2a", "mine": "#3a8f5c"},
}  # fmt: skip
CLEAN: Final = (("light", "large"), ("dark", "cropped"))
"""Of which every other template has the one pair and the other."""
_LONG: Final = re.compile("[0-9A-Za-z]{20,}")
DEGRADED: Final = ("photo", "small")


@dataclass(frozen=True)
class DrawnScreen:
    """A picture and what is to be read in it, each fact as (name, value)."""

    name: str
    variant: str
    language: str
    picture: bytes
    facts: tuple[tuple[str, str], ...]


def drawn(text: str, seed: int) -> Iterator[DrawnScreen]:
    """Every template of the TOML ``text`` in each variant, with values of its own."""
    document = tomllib.loads(text)
    pieces = document.get("pieces", {})
    for place, template in enumerate(document["screen"]):
        for number, variant in enumerate((*CLEAN[place % 2], *DEGRADED)):
            values = _values(np.random.default_rng([seed, place, number]))
            yield DrawnScreen(
                template["name"],
                variant,
                template["language"],
                _picture(template, pieces, values, variant),
                tuple((name, value.format_map(values)) for name, value in template["facts"]),
            )


def _values(lot: np.random.Generator) -> dict[str, str]:
    """Invented values; numbers that have a check digit have the right one."""
    bank, other = lot.choice(len(_BANKS), 2, replace=False)
    card, own = _card(lot, _BANKS[bank][0]), _card(lot, _BANKS[other][0])
    name = _pick(lot, _SURNAMES) + _pick(lot, _GIVEN) + _pick(lot, _GIVEN)
    day = f"2026-11-{lot.integers(1, 25):02}"
    clock = f"{lot.integers(8, 23):02}:{lot.integers(10, 60):02}:{lot.integers(10, 60):02}"
    fen = int(lot.integers(100_000, 9_900_000))
    year, month, date_ = day.split("-")
    compact = day.replace("-", "")
    landline = f"0931{_pick(lot, '2468')}{_digits(lot, 6)}"
    return {
        "card": card, "card4": " ".join(card[at : at + 4] for at in range(0, len(card), 4)),
        "own_tail": own[-4:], "own_masked": f"{own[:4]} **** **** {own[-4:]}",
        "bank": _BANKS[bank][1], "bank_short": _BANKS[bank][2], "bank_tw": _BANKS[bank][3], "bank_en": _BANKS[bank][4],
        "own_bank": _BANKS[other][1], "own_short": _BANKS[other][2], "own_tw": _BANKS[other][3],
        "name": name, "masked_name": f"**{name[-1]}", "half_name": f"*{name[1:]}",
        "sum": f"{fen / 100:.2f}", "sum_comma": f"{fen / 100:,.2f}", "whole": str(fen // 100),
        "whole_sum": f"{fen // 100}.00",
        "day": day, "clock": clock, "minute": clock[:5], "time": f"{day} {clock}", "to_minute": f"{day} {clock[:5]}",
        "slash_time": f"{year}/{month}/{date_} {clock}", "han_time": f"{year}年{int(month)}月{int(date_)}日 {clock}",
        "han_short": f"{int(month)}月{int(date_)}日{clock[:5]}",
        "wechat_order": f"1000050001{compact}{_digits(lot, 13)}", "alipay_order": f"{compact}{_digits(lot, 20)}",
        "long_order": f"{compact}{_digits(lot, 24)}", "serial": f"{_digits(lot, 16)}",
        "mobile": f"1{_pick(lot, '3589')}{_digits(lot, 9)}", "landline": landline,
        "landline_shown": f"{landline[:4]}-{landline[4:]}",
        "qq": f"{_pick(lot, '123')}{_digits(lot, 9)}",
        "wechat": f"kf_{_digits(lot, 6)}", "telegram": f"@agent{_digits(lot, 4)}",
        "url": f"https://pay{_digits(lot, 3)}.example-safe.top/v", "tron": _TRON[int(lot.integers(len(_TRON)))],
    }  # fmt: skip


def _pick(lot: np.random.Generator, signs: str) -> str:
    return signs[int(lot.integers(len(signs)))]


def _digits(lot: np.random.Generator, count: int) -> str:
    return "".join(map(str, lot.integers(0, 10, count)))


def _card(lot: np.random.Generator, prefix: str) -> str:
    body = prefix + _digits(lot, 12)
    return next(body + str(last) for last in range(10) if luhn_valid(body + str(last)))


def _picture(
    template: Mapping[str, Any], pieces: Mapping[str, str], values: Mapping[str, str], variant: str
) -> bytes:
    look = _LOOKS["dark" if variant == "dark" else "light"]
    shown = json.loads(_filled(json.dumps(template["shown"], ensure_ascii=False), values))
    shown = json.loads(_LONG.sub(_breakable, json.dumps(shown, ensure_ascii=False)))
    data = {**look, **shown, "size": "17pt" if variant == "large" else "13pt"}
    source = template["source"]
    for name, piece in pieces.items():
        source = source.replace(f"{{{name}}}", piece)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resource_path("fonts"))],
    )
    made = typst.compile(
        source.encode(),
        format="png",
        ppi=_PIXELS,
        font_paths=fonts,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    image: Any = cv2.imdecode(np.frombuffer(made, np.uint8), cv2.IMREAD_COLOR)
    spoil = _SPOILS.get(variant)
    if spoil is not None:
        image = spoil(image)
    done, octets = cv2.imencode(".jpg" if spoil else ".png", image)
    if not done:
        raise ValueError(template["name"])
    return bytes(octets)


def _breakable(run: re.Match[str]) -> str:
    """A number longer than its column goes on in the next line, as on a phone."""
    return "\u200b".join(run[0][at : at + 4] for at in range(0, len(run[0]), 4))


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _cropped(image: Any) -> Any:
    """What a thumb leaves: margins and the bar of the phone are gone."""
    height, width = image.shape[:2]
    return image[
        round(width * 0.07) : height - 8, round(width * 0.02) : width - round(width * 0.02)
    ]


def _photo(image: Any) -> Any:
    """Taken off a screen with a phone: rasters that beat, uneven light, askew, soft, saved as JPEG."""
    height, width = image.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    beat = 1 + 0.12 * np.sin(across * 0.87 + down * 0.11) * np.sin(down * 0.79 - across * 0.05)
    light = 0.72 + 0.3 * (across / width) - 0.14 * (down / height)
    seen = np.clip(image.astype(np.float32) * (beat * light)[..., None] + 10, 0, 255)
    big = cv2.copyMakeBorder(
        seen.astype(np.uint8), 70, 70, 70, 70, cv2.BORDER_CONSTANT, value=(40, 36, 32)
    )
    rows, columns = big.shape[:2]
    corners = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    seen_at = np.array(
        [[55, 15], [columns - 20, 50], [columns - 35, rows - 10], [0, rows - 55]], np.float32
    )
    flat = cv2.getPerspectiveTransform(corners, seen_at)
    askew = cv2.warpPerspective(big, flat, (columns, rows), borderValue=(40, 36, 32))
    return _squeezed(cv2.GaussianBlur(askew, (5, 5), 0), 60)


def _small(image: Any) -> Any:
    """As a chat program sends it on."""
    return _squeezed(cv2.resize(image, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA), 45)


def _squeezed(image: Any, quality: int) -> Any:
    _done, octets = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(octets, cv2.IMREAD_COLOR)


_SPOILS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "cropped": _cropped,
    "photo": _photo,
    "small": _small,
}
