"""Who a screen names in its heading: whole lines in which apps say who is paid, or pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.readers.pasted.name_finder import PAYEE, PAYER
from desktop.readers.pasted.receipts.labels import ACCOUNT, NAME, find_label, plain
from desktop.readers.pasted.receipts.rows import ReceiptRow, line_spans, trimmed
from desktop.readers.pasted.receipts.values import ReceiptValues
from desktop.readers.pasted.token import Token

_NOBODY: Final = (
    r"(?![他她它这那一某别](?![\u3400-\u9fff]?\*)"
    r"|(?:对方|您|你|我|好友|商家|收款方|收款人|系统|银行|请|等)(?:$|[^\u3400-\u9fff]|已|的|确))"
)
_PAYS: Final = r"(?:[转汇]账|[付汇转]款|转钱|支付|转出)(?:成功)?"
_DID: Final = r"(?:[你您]?已|成功)"
_NAME: Final = r"(?P<id>[^\n,，。;；:!?]{1,36}?)"
_SENT: Final = r"transfer|payment|paid|sent|money sent|transferred"
_ENGLISH: Final = rf"(?i:(?:{_SENT})\s?-?\s?to|you(?:'ve)? (?:paid|sent(?: money to)?))"
_FEWEST_LINES: Final = 3
"""Of a screen; a sentence by itself is no heading."""
_LINES: Final = tuple(
    (role, re.compile(shape, re.MULTILINE))
    for role, shape in (
        (PAYEE, rf"^\s?(?:等?待){_NOBODY}{_NAME}\s?(?:确认)?(?:收款|收钱|领取)$"),
        (PAYEE, rf"^\s?{_NOBODY}{_NAME}\s?(?:已收款|已收钱|已确认收款|已领取)$"),
        (PAYEE, rf"^\s?{_DID}?[向给]\s?{_NOBODY}{_NAME}\s?(?:成功)?{_PAYS}$"),
        (PAYEE, rf"^\s?{_DID}?(?:[转付汇支]?[账款钱付]|转)\s?[-:]?\s?(?:转)?给\s?[-:]?\s?{_NOBODY}{_NAME}$"),
        (PAYEE, rf"^\s?{_DID}(?:[转付汇支]?[账款钱付]|转)给\n\s?{_NOBODY}{_NAME}$"),
        (PAYEE, rf"^\s?(?:转账|汇款|转账到银行卡|转账汇款)\s?[-:]\s?{_NOBODY}{_NAME}$"),
        (PAYEE, rf"^\s?{_NOBODY}{_NAME}\s?发起的(?:群|aa|AA)?收款$"),
        (PAYER, rf"^\s?{_NOBODY}{_NAME}\s?(?:发出)?的(?:拼手气)?[红紅]包$"),
        (PAYEE, rf"^\s?{_ENGLISH}\s{_NAME}(?: (?i:successfully|completed))?$"),
    )
)  # fmt: skip
_TOWARDS: Final = re.compile(
    r"^\s?(?:(?P<payee>[到至])(?!账)|[从由])\s?(?P<value>[^\n,，。;；:]{2,40}[0-9*]{4}\)?)$",
    re.MULTILINE,
)
_STATUS: Final = re.compile(
    r"\s?(?:(?:支付|付款|交易|转账|订单)?(?:支付|付款|成功|已完成|完成)"
    r"|(?i:paid|(?:payment|transfer|transaction)?\s?(?:successful|success|completed|complete|sent)!?))\s?"
)
_SUM_LINE: Final = re.compile(
    r"\s?(?P<sign>[-+−])?\s?(?P<money>¥|\$|[A-Z]{2,3}\s?\$?|[€£])?\s?(?P<behind>[-−])?[0-9]{1,3}(?:,?[0-9]{3}){0,4}(?P<cents>\.[0-9]{2})?"
    r"\s?(?P<unit>元|[A-Z]{3,4})?(?:\s[^\n0-9]{1,16})?\s?"
)
_FIGURE: Final = re.compile(r"[0-9]{3}|[:：]")


def named_in_head(text: str, begin: int, stop: int, values: ReceiptValues) -> Iterator[Token]:
    """The names, with the role of payee or payer, in the order of how surely a screen names somebody so."""
    if text.count("\n", begin, stop) + 1 < _FEWEST_LINES:
        return
    for role, shape in _LINES:
        for match in shape.finditer(text, begin, stop):
            if _FIGURE.search(match.group()):
                continue  # an entry of a list
            made = values.name_at(*match.span("id"), role)
            if made is not None:
                yield made
    yield from _above_sum(text, begin, stop, values)


def towards(text: str, begin: int, stop: int) -> Iterator[ReceiptRow]:
    """``到高振宇北京银行 6214 …``, ``从我的民生卡(4029)``: whole lines of where to, and where from."""
    for match in _TOWARDS.finditer(text, begin, stop):
        role, what = (PAYEE, NAME) if match["payee"] else (PAYER, ACCOUNT)
        yield ReceiptRow(role, what, *match.span("value"))


def _above_sum(text: str, begin: int, stop: int, values: ReceiptValues) -> Iterator[Token]:
    """Who stands alone right above a sum that was paid by its sign, or by the state of a payment above both."""
    lines = [trimmed(text, *span) for span in line_spans(text, begin, stop)]
    shown = plain(text)
    for place in range(1, len(lines)):
        found = _SUM_LINE.fullmatch(text, *lines[place])
        if found is None or not (found["money"] or found["cents"]):
            continue
        start, end = lines[place - 1]
        signed = (found["sign"] or found["behind"]) in ("-", "−")
        below = place > 1 and _STATUS.fullmatch(text, *lines[place - 2])
        if (
            not (signed or below)
            or _FIGURE.search(text, start, end)
            or find_label(shown, start, end)
        ):
            continue
        if _STATUS.fullmatch(text, start, end):
            continue
        made = values.name_at(start, end, PAYEE)
        if made is not None:
            yield made
