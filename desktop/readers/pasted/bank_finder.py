"""Banks and payment institutions by their names, short names and the lines they sign with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.domain.cases.channel_terms import CHANNEL_WORDS
from desktop.domain.reference.directories import Directories
from desktop.domain.statements.proposal import BANK, CHANNEL, Confidence
from desktop.readers.pasted.pattern_table import pattern
from desktop.readers.pasted.quick_search import QuickSearch
from desktop.readers.pasted.surnames import is_person
from desktop.readers.pasted.token import Claims, Token

SENDER: Final = "sender"
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{4,4096}")
_WORD: Final = re.compile(r"银行|农商行|农信|信用社|信用联社")
"""One of these is in every match of ``bank_full``, and nothing but such signs."""
_HEAD: Final = re.compile(
    r"(?:请|从|到|在|用|向|的|是|我|他|她|你|您|转|打|给|往|行|户|人|卡|号|为|开|至|汇|于|去|和|与|个|张)"
)
_NOISE: Final = frozenset(
    {
        "手机银行",
        "网上银行",
        "个人银行",
        "电话银行",
        "收款银行",
        "付款银行",
        "开户银行",
        "各家银行",
        "对方银行",
        "其他银行",
        "他行银行",
        "企业银行",
        "网络银行",
        "掌上银行",
        "短信银行",
        "假银行",
        "转账银行",
        "所属银行",
        "收方银行",
        "受理银行",
        "到账银行",
    }
)
_BANK_WORD: Final = re.compile(r"[\u4e00-\u9fff](?:银行|信用社|农信|农商行|联社)")
_SHORTEST: Final = 3
_CHANNELS: Final = tuple((channel, QuickSearch(shape)) for channel, shape in CHANNEL_WORDS)
_NO_BANK: Final = re.compile(r"(?:[到至从的在往]|到账|账)银行$")


def find_banks(claims: Claims, directories: Directories) -> Iterator[Token]:
    """Names in their official form where the tables know them. A name in a sender's brackets is the sender."""
    signed, short = pattern("bank_signature"), pattern("bank_short")
    for match in claims.matches(signed.search, "id"):
        known = directories.hotline(match["id"]) if len(match["id"]) >= 3 else None
        if known is not None and claims.take(*match.span("id")):
            yield Token(BANK, known.name, *match.span("id"), signed.confidence, SENDER, signed.name)
    yield from _full(claims, directories)
    for match in claims.matches(short.search, "id"):
        found = directories.hotline(match["id"]) or directories.hotline(match["id"] + "银行")
        if found is not None and claims.take(*match.span("id")):
            yield short.token(found.name, *match.span("id"))


def _full(claims: Claims, directories: Directories) -> Iterator[Token]:
    for begin, end in _written(claims):
        start = _begin(claims.text[begin:end], directories) + begin
        name = claims.text[start:end]
        if len(name) < 3 or _NO_BANK.search(name) or any(name.endswith(noise) for noise in _NOISE):
            continue
        found = directories.hotline(name)
        if found is not None and is_person(name.removesuffix(found.name)):
            start = end - len(
                found.name
            )  # ``郑小伟中国银行``: a picture's reader loses the space between them
            name = found.name
        branch = bool(re.search(r"(?:分行|支行|营业部|营业室|分理处|储蓄所)$", name))
        if claims.take(start, end):
            value = name if branch or found is None else found.name
            sure = Confidence.SURE if found else Confidence.DOUBTFUL
            yield Token(BANK, value, start, end, sure, pattern="bank_full")


def _written(claims: Claims) -> Iterator[tuple[int, int]]:
    """Where ``bank_full`` matches. It tries ten lengths at every sign, so it is shown only words with a bank."""
    for word in _HAN.finditer(claims.text):
        if _WORD.search(word.group()):
            for match in pattern("bank_full").shape.finditer(word.group()):
                begin, end = word.start() + match.start(), word.start() + match.end()
                if claims.free(begin, end):
                    yield begin, end


def find_channels(claims: Claims) -> Iterator[Token]:
    """How money went, by the first word of each kind; not claimed, for the word may be part of another reading."""
    for channel, shape in _CHANNELS:
        for match in shape.matches(claims.text):
            yield Token(CHANNEL, channel.value, *match.span())


def _begin(name: str, directories: Directories) -> int:
    """Where the name begins in what was matched: ``转到中国农业银行`` has a verb before it."""
    best = 0
    for match in _HEAD.finditer(name):
        rest = name[match.end() :]
        if len(rest) >= _SHORTEST and _BANK_WORD.search(rest):
            whole = directories.hotline(name[best:])
            if whole is not None and name[best:].startswith(whole.name):
                break
            best = match.end()
    return best
