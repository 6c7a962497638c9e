"""Personal numbers as they are shown where nobody works on them: enough to recognise, too little
to misuse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

_HIDDEN = "*"
_ELLIPSIS = "…"
_PLACE: Final = re.compile(r".{1,12}?(?:自治县|[县区旗市])(?![县区旗市])")
"""The administrative part that an address begins with, as far as the county."""
_IDENTITY: Final = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
"""GB 11643-1999: division, day of birth, serial, check digit."""
_TELEPHONE: Final = re.compile(
    r"(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)"
)
"""Mobile numbers of mainland China and landlines with their area code."""
_STREET: Final = re.compile(
    r"(?<=[县区旗市镇乡])[^县区旗，。；、,.;:：\n\"“”]{0,16}?(?:[路街巷弄道村里苑园城]|小区)[^，。；、,.;:：\n\"“”]{0,16}?"
    r"\d+ ?(?:号楼|号院|[号栋幢弄])(?:[^，。；、,.;:：\n\"“”]{0,16}?\d+ ?(?:单元|室|层|号|楼))*"
)
"""What follows the county in the address of a house."""
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


def masked(number: str, *, head: int, tail: int) -> str:
    """The first ``head`` and last ``tail`` characters; a number too short for both keeps only its
    last one."""
    if not number:
        return ""
    if len(number) <= head + tail:
        return _HIDDEN * (len(number) - 1) + number[-1]
    return number[:head] + _HIDDEN * (len(number) - head - tail) + number[-tail:]


def masked_id(number: str) -> str:
    """``6201**********1234``: the division and the last four, as on waiting-room lists."""
    return masked(number, head=4, tail=4)


def masked_phone(number: str) -> str:
    """``138****5678``."""
    return masked(number, head=3, tail=4)


def masked_address(address: str) -> str:
    """``兰州市城关区****``: the county, nothing finer."""
    if not address:
        return ""
    place = _county(address)
    return f"{place}{_HIDDEN * 4}"


def _county(address: str) -> str:
    """City and county in front, or the first three characters, of a short text half of them."""
    end = 0
    while (found := _PLACE.match(address, end)) and found.end() < len(address):
        end = found.end()
        if not found[0].endswith("市"):
            break
    return address[:end] or address[: min(3, (len(address) + 1) // 2)]


def masked_text(text: str) -> str:
    """A text with the identity and telephone numbers and the addresses of houses in it masked. A number with a right
    check digit alone is taken for one of identity: bank cards of 18 digits stay."""
    masked = _IDENTITY.sub(lambda found: _identity(found[0]), text)
    masked = _TELEPHONE.sub(lambda found: masked_phone(found[0]), masked)
    return _STREET.sub(_HIDDEN * 4, masked)


def _identity(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return masked_id(number) if _CHECKS[total % 11] == number[-1].upper() else number


def masked_account(number: str) -> str:
    """``6230…8994``: short, since accounts stand in narrow columns. What the receipt masked stays as it was."""
    if _HIDDEN in number:
        return number
    return (
        f"{number[:4]}{_ELLIPSIS}{number[-4:]}"
        if len(number) > 10
        else masked(number, head=3, tail=2)
    )


def masked_apart(numbers: Sequence[str], mask: Callable[[str], str]) -> tuple[str, ...]:
    """Each number as ``mask`` shows it. Different ones that would look alike are shown at their whole length instead,
    with as few of the hidden digits as tell them apart."""
    alike: dict[str, set[str]] = {}
    for number in numbers:
        alike.setdefault(mask(number), set()).add(number)
    places = {shown: _telling(group) for shown, group in alike.items() if len(group) > 1}
    shown = ((number, mask(number)) for number in numbers)
    return tuple(_opened(number, places[key]) if key in places else key for number, key in shown)


def _telling(numbers: Iterable[str]) -> tuple[int, ...]:
    """Places from the left whose digits, with the lengths, tell the numbers apart."""
    group, places = sorted(numbers), list[int]()
    for place in range(min(map(len, group))):
        if _kinds(group, [*places, place]) > _kinds(group, places):
            places.append(place)
    return tuple(places)


def _kinds(numbers: Sequence[str], places: Sequence[int]) -> int:
    return len({(len(item), *(item[place] for place in places)) for item in numbers})


def _opened(number: str, places: Sequence[int]) -> str:
    head, tail = (3, 4) if len(number) > 10 else (3, 2)
    shown = list(masked(number, head=head, tail=tail))
    for place in places:
        shown[place] = number[place]
    return "".join(shown)


_HEADINGS: Final = (
    ("地址", masked_address),
    ("住址", masked_address),
    ("位置", masked_address),
    ("证件", masked_id),
    ("身份", masked_id),
    ("电话", masked_phone),
    ("手机", masked_phone),
)
"""What stands below a heading of a bank's table; tables are in Chinese."""


def masked_cells(texts: Mapping[str, str]) -> dict[str, str]:
    """Heading → text of a row of a bank's answer, masked."""
    return {title: _mask_below(title)(text) for title, text in texts.items()}


def _mask_below(title: str) -> Callable[[str], str]:
    return next((mask for word, mask in _HEADINGS if word in title), masked_text)
