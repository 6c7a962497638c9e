"""What there is to know of a case after an absence, in one sentence; and of all cases, in one line."""

from __future__ import annotations

from desktop.domain.case_file.shift_briefing import CaseNews, News, NewsKind, ShiftBriefing
from desktop.domain.masking import masked_text
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, state_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import clock_or_day

_COUNTED = (
    NewsKind.MISSED,
    NewsKind.OVERDUE,
    NewsKind.OFFERED,
    NewsKind.UNCONFIRMED,
    NewsKind.CONFLICT,
    NewsKind.REPLIED,
    NewsKind.SERIES,
    NewsKind.REGISTERED,
    NewsKind.ORDERED,
)


_CLOCKED = frozenset({NewsKind.MISSED, NewsKind.OVERDUE, NewsKind.DUE})


def case_sentence(kit: Kit, case: CaseNews) -> str:
    """``止付到期 03:20；紧急止付：已止付 61,320``."""
    parts = [_part(kit, case, item) for item in case.news]
    return kit.texts.text("shift_briefing.separator").join(parts)


def news_line(kit: Kit, briefing: ShiftBriefing) -> str:
    """``上次在本机 昨天 23:10，之后：新接 3、反馈 2；08:00 前到期 4``; "" where there is nothing to tell."""
    texts = kit.texts
    counted = [
        texts.text(f"shift_briefing.count.{kind.value}", count=count)
        for kind in _COUNTED
        if (count := briefing.count(kind))
    ]
    for name, count in (("bundles", briefing.bundles), ("refused", briefing.refused)):
        if count:
            counted.append(texts.text(f"shift_briefing.count.{name}", count=count))
    parts = [texts.text("shift_briefing.comma").join(counted)] if counted else []
    if due := briefing.count(NewsKind.DUE):
        until = clock_or_day(kit, briefing.until)
        parts.append(texts.text("shift_briefing.count.due", count=due, until=until))
    whole_line = texts.text("shift_briefing.separator").join(parts)
    if briefing.left_at is None or not counted:
        return whole_line
    left = clock_or_day(kit, briefing.left_at)
    return texts.text("shift_briefing.since", left=left, told=whole_line)


def _part(kit: Kit, case: CaseNews, item: News) -> str:
    texts = kit.texts
    if item.kind in _CLOCKED and item.at is not None:
        clock = item.clock
        name = texts.text(f"deadlines.{clock}") if clock else _task(kit, item)
        at = clock_or_day(kit, item.at)
        return texts.text(f"shift_briefing.news.{item.kind.value}", name=name, at=at)
    if item.kind is NewsKind.REPLIED and item.order is not None:
        kind, state = kind_text(kit, item.order), state_text(kit, item.order)
        name = "replied_onward" if item.chance else "replied"
        return texts.text(f"shift_briefing.news.{name}", kind=kind, state=state)
    if item.kind is NewsKind.REGISTERED:
        visit = texts.text(f"board.visit.{case.visit}")
        return texts.text("shift_briefing.news.registered", visit=visit, amount=yuan(case.loss_fen))
    key = f"shift_briefing.news.{item.kind.value}"
    return texts.text(key, count=item.count, letter=item.text)


def _task(kit: Kit, item: News) -> str:
    """A task by its words; of one of the centre, who has to see to it."""
    texts, who = kit.texts, item.responsible
    if who is None:
        return texts.text("shift_briefing.task", text=item.text)
    words, name = masked_text(item.text), texts.text(f"assigned.responsible.{who.value}")
    return texts.text("shift_briefing.assigned", text=words, who=name)
