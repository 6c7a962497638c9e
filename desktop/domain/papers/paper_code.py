"""The mark of a paper: what the small code in its corner says, so that a scanner finds its case, order or paper again.

Figures and hyphens only: a scanner types like a keyboard, and a Chinese input method makes of letters whatever it
likes. It is the local number with its letters counted (A is 01), tells nothing about anybody, and like every number of
ours it holds hyphens, which no official number does.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from desktop.domain.records.numbers import short_case_number

_CASE: Final = re.compile(r"(\d{12})-(\d{8})-([A-Z])-(\d{4,6})")
_ORDER: Final = re.compile(r"-([A-Z]?)([A-Z])(\d{1,6})")
_MARK: Final = re.compile(
    r"(\d{12})-(\d{8})-(\d{2})-(\d{4,6})(?:-(?P<desk>\d{2})(?P<kind>\d{2})-(?P<serial>\d{1,6})|-(?P<paper>\d{10}))?"
)
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d]")
"""What an input method makes of a hyphen."""
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class PaperMark:
    """What a mark names: a case by its local number; of it an order by its own, or a paper by :func:`paper_tail`."""

    case_number: str
    order_number: str = ""
    paper: str = ""


def paper_mark(case_number: str, order_number: str = "", paper: str = "") -> str:
    """``620102540000-20261124-01-0017``; with the order's letters (``-0026-1``) or the paper's ten figures behind it.

    "" for a case whose number is not one of ours; an order's number that is not is left out.
    """
    case = _CASE.fullmatch(case_number)
    if case is None:
        return ""
    unit, day, letter, serial = case.groups()
    mark = f"{unit}-{day}-{_counted(letter)}-{serial}"
    short = short_case_number(case_number)
    order = _ORDER.fullmatch(order_number.removeprefix(short)) if order_number else None
    if order is not None and order_number.startswith(short):
        return f"{mark}-{_counted(order[1])}{_counted(order[2])}-{order[3]}"
    return f"{mark}-{paper_tail(paper)}" if paper else mark


def read_paper_mark(text: str) -> PaperMark | None:
    """What a scanner typed, in whatever width the input method left it; None for anything else."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    found = _MARK.fullmatch(plain)
    if found is None or not plain.isascii():
        return None
    letter = _letter(found[3])
    if not letter:
        return None
    case = f"{found[1]}-{found[2]}-{letter}-{found[4]}"
    order = ""
    if found["kind"]:
        kind = _letter(found["kind"])
        desk = _letter(found["desk"])
        if not kind or (found["desk"] != "00" and not desk):
            return None
        order = f"{short_case_number(case)}-{desk}{kind}{found['serial']}"
    return PaperMark(case, order, found["paper"] or "")


def paper_tail(paper: str) -> str:
    """Ten figures by which a paper is told from the others of its case."""
    return f"{int(hashlib.sha256(paper.encode()).hexdigest()[:8], 16):010d}"


def _counted(letter: str) -> str:
    return f"{ord(letter) - ord('A') + 1:02d}" if letter else "00"


def _letter(counted: str) -> str:
    number = int(counted)
    return chr(ord("A") + number - 1) if 1 <= number <= _LETTERS else ""
