"""Personal numbers as they are shown where nobody works on them: enough to recognise, too little
to misuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

_HIDDEN = "*"
_ELLIPSIS = "…"


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
