"""Where money leaves the reach of orders: told by the words of an account's name, its bank or its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from desktop.domain.money.money_flow import CashOutKind

_CHAIN: Final = re.compile(
    r"0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[0-9a-z]{20,80}"
)
"""The looks of an address on a chain. Digits alone are an account: an address has letters."""


@dataclass(frozen=True)
class CashOutTerms:
    """Words that name an exit, folded; rule data (``exits.toml``)."""

    words: Mapping[CashOutKind, tuple[str, ...]]

    def cash_out_of(self, *texts: str) -> CashOutKind | None:
        """The exit that one of the texts names (an account's number, its holder, its bank); None for an account."""
        return self._known(texts)

    @cached_property
    def _known(self) -> Callable[[tuple[str, ...]], CashOutKind | None]:
        """The same accounts are asked about whenever something is recorded of their case."""
        return lru_cache(maxsize=16_384)(self._cash_out_of)

    def _cash_out_of(self, texts: tuple[str, ...]) -> CashOutKind | None:
        folded = [folded_words(text) for text in texts if text]
        if self._every_word.search("\n".join(folded)):
            for kind, words in self.words.items():
                if any(word in text for text in folded for word in words):
                    return kind
        if any(is_chain_address(text) for text in texts):
            return CashOutKind.CRYPTO
        return None

    @cached_property
    def _every_word(self) -> re.Pattern[str]:
        """Most accounts have none of them, which one look tells."""
        words = [re.escape(word) for words in self.words.values() for word in words]
        return re.compile("|".join(words) or "(?!)")


def folded_words(text: str) -> str:
    """Half-width, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_chain_address(text: str) -> bool:
    """Whether a text looks like the address of a wallet on a chain."""
    return not text.isdigit() and _CHAIN.fullmatch(text.strip()) is not None


def chain_key(address: str) -> str:
    """By what an address is known again: in Base58 capitals are other signs, elsewhere they mean nothing."""
    text = address.strip()
    return text.lower() if text.lower().startswith(("0x", "bc1")) else text
