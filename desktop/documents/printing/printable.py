"""Text as it can be put on paper: nothing invisible, nothing that would print as an empty box.

A character no font of ours can draw (an ideograph that GB 18030-2022 has not, an emoji, an Arabic letter)
prints as its code point, ``〔U+1F600〕``, so that the reader knows there is one, which one, and can write it in
by hand. Direction marks are shown the same way: unseen, they could make an account number read backwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

FormValue: TypeAlias = "str | int | bool | Sequence[FormValue] | Mapping[str, FormValue] | None"
"""What a form template may be given."""

_SPACES: Final = frozenset("\t\v\f\x1c\x1d\x1e\x1f\x85\xa0")
_BREAKS: Final = ("\r\n", "\r", "\u2028", "\u2029")


class Printable:
    """Makes texts printable for fonts that cover ``characters``."""

    def __init__(self, characters: frozenset[int]) -> None:
        self._characters = characters

    def text(self, raw: str) -> str:
        """``raw`` with every character either drawable or spelled out; line breaks stay."""
        for mark in _BREAKS:
            raw = raw.replace(mark, "\n")
        return "".join(map(self._one, unicodedata.normalize("NFC", raw)))

    def value(self, raw: FormValue) -> FormValue:
        """The same for every text within ``raw``."""
        if isinstance(raw, str):
            return self.text(raw)
        if isinstance(raw, Mapping):
            return {name: self.value(item) for name, item in raw.items()}
        if isinstance(raw, Sequence):
            return [self.value(item) for item in raw]
        return raw

    def _one(self, mark: str) -> str:
        if mark == "\n":
            return mark
        if mark in _SPACES:
            return " "
        if _is_variation(mark):
            return (
                ""  # a wish for another shape of the character before, which our fonts do not have
            )
        unseen = unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Co", "Cn"}
        if unseen or ord(mark) not in self._characters:
            return f"〔U+{ord(mark):04X}〕"
        return mark


def _is_variation(mark: str) -> bool:
    return "\ufe00" <= mark <= "\ufe0f" or "\U000e0100" <= mark <= "\U000e01ef"
