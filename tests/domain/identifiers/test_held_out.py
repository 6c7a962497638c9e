"""How often the checks agree with a set that somebody else wrote from the domain before them.

At the first run, before anybody had looked at the answers, verdict and normal form were right in 190 of 248 lines
(76.6 %). The faults found were mended; what is left are choices, listed in ``CHOICES``, not tuned away.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from desktop.domain.identifiers import CheckVerdict
from tests.domain.identifiers.conftest import Checking

SET = Path(__file__).with_name("held_out.tsv")
WORDS = {CheckVerdict.VALID: "true", CheckVerdict.WARN: "warn", CheckVerdict.INVALID: "false"}
FLOOR = 0.87
CHOICES = {
    "uscc": 7,  # its numbers lack the check digit of the organisation code inside, which real ones have: a doubt
    "bank_card": 7,  # a card that fails Luhn cannot exist (the screen still only warns: it may be an account)
    "landline": 5,  # the normal form keeps the hyphen by which area code and number are told apart
    "bank_code": 3,  # invented codes without the check digit that published ones have: a doubt
    "masked_card": 2,  # how many digits are missing is not known: a doubt
    "ip": 2,  # 2001:db8::/32 is for documents, no provider has it: a doubt
    "wechat": 1,  # WeChat ids do not tell capitals apart
    "url": 1,  # spaces inside a link pass filters of chats; without them it is a site: a doubt
    "plate": 1,  # a plate without its province may still be looked for: a doubt
    "parcel": 1,  # the check digit of a postal item is arithmetic
    "case_number": 1,  # other registers have other letters: a doubt
}
"""Lines in which the answers differ on purpose, by kind."""


def test_the_held_out_set(checking: Checking) -> None:
    lines = [line.split("\t") for line in SET.read_text("utf-8").splitlines()]
    differ: Counter[str] = Counter()
    for kind, value, verdict, normal in lines:
        found = checking(kind, value)
        right = WORDS[found.verdict] == verdict and normal in ("", found.normal)
        differ[kind] += not right
    assert sum(differ.values()) <= len(lines) * (1 - FLOOR)
    assert +differ <= Counter(CHOICES)
