"""How finished texts are written, so that a person can read them aloud: grouped, to the second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.money.masked_number import group_account
from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.time.local_time import read_time, show_time

_PERSON = (6, 8, 4)
_PHONE = (3, 4, 4)


class Settles:
    """``now`` gives the instant relative times are counted from. What cannot be read stays as it was typed."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def time(self, text: str) -> str:
        """``昨天 22:05`` becomes ``2026-11-23 22:05:00``."""
        instant = read_time(text, self._now())
        return show_time(instant) if instant else text

    def amount(self, text: str) -> str:
        """``9.8万`` becomes ``98,000.00``."""
        if not text.strip():
            return text
        try:
            return format_yuan(parse_yuan(text))
        except UserInputError:
            return text

    def account(self, text: str) -> str:
        """``6230520010037788994`` becomes ``6230 5200 1003 7788 994``."""
        return group_account(text) if text.strip() else text


def id_number(text: str) -> str:
    """``620102196804152046`` becomes ``620102 19680415 2046``."""
    compact = "".join(text.split())
    fits = len(compact) == 18 and compact[:17].isdigit()
    return _grouped(compact, _PERSON) if fits else text


def phone(text: str) -> str:
    """``13919364417`` becomes ``139 1936 4417``."""
    compact = "".join(text.split())
    return _grouped(compact, _PHONE) if len(compact) == 11 and compact.isdigit() else text


def _grouped(text: str, widths: tuple[int, ...]) -> str:
    parts, at = [], 0
    for width in widths:
        parts.append(text[at : at + width])
        at += width
    return " ".join(parts)
