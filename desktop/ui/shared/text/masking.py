"""Personal numbers as they are shown where nobody works on them: enough to recognise, too little
to misuse."""

from __future__ import annotations

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
