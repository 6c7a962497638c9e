"""What an answer amounts to, above its lines: by whom how much, and days with many wrong passwords."""

from __future__ import annotations

from desktop.domain.audit import AuditSum
from desktop.journal.kinds import SIGN_IN_FAILED
from desktop.ui.audit.port import Answer
from desktop.ui.shared.kit.kit import Kit

_FAILED = frozenset({SIGN_IN_FAILED})
"""Who records a wrong password is whoever signs in next; it says nothing."""
_NAMED = 4
"""Officers that are named; the others are counted."""


def sum_text(kit: Kit, answer: Answer) -> str:
    """``620134 王建国 80、620135 李静 52``; before it days of many wrong passwords."""
    words, total = kit.texts, answer.total
    separator = words.text("audit.separator.list")
    parts = []
    for storm in answer.storms[:_NAMED]:
        officer = answer.words.officer(storm.officer)
        parts.append(words.text("audit.storm", officer=officer, day=storm.day, count=storm.count))
    named = [
        words.text("audit.by", officer=answer.words.officer(number), count=count)
        for number, count in total.officers[:_NAMED]
    ]
    if len(total.officers) > _NAMED:
        named.append(words.text("audit.others", count=len(total.officers) - _NAMED))
    if total.whole and named and answer.query.kinds != _FAILED:
        parts.append(words.text("audit.by_whom", who=separator.join(named)))
    return "\n".join(parts)


def shown_text(kit: Kit, shown: int, total: AuditSum) -> str:
    """``100 / 1,234``."""
    key = "audit.shown" if total.whole else "audit.shown_of_more"
    return kit.texts.text(key, shown=f"{shown:,}", count=f"{total.count:,}")
