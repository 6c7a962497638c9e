"""An order with the clock a list or a card shows beside it, and how that clock reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.law.deadlines import AtZero
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.order import WAITING
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan, deadline_span


@dataclass(frozen=True, slots=True)
class ClockLimits:
    """Time spans of the rule pack: the golden window, and the time left at which a clock turns red or amber."""

    golden: timedelta
    red_under: timedelta
    amber_under: timedelta


def limits_on(rules: RulePack, day: date) -> ClockLimits:
    """The spans in force on a legal day."""
    return ClockLimits(
        rules.duration("golden.window", day),
        rules.duration("clock.red", day),
        rules.duration("clock.amber", day),
    )


def span(row: OrderRow, limits: ClockLimits, now: datetime) -> ClockSpan | None:
    """The clock of an order as it is drawn; a chance is red from its first second."""
    clock = row.clock_at(now)
    if clock is None:
        return None
    if clock.at_zero is AtZero.CHANCE:
        length = clock.at - clock.started_at
        return deadline_span(clock, length, length)
    return deadline_span(clock, limits.red_under, limits.amber_under)


def clock_name(kit: Kit, row: OrderRow, now: datetime) -> str:
    """``止付到期``; "" where no clock runs."""
    clock = row.clock_at(now)
    return kit.texts.text(f"deadlines.{clock.name}") if clock is not None else ""


def still_text(kit: Kit, row: OrderRow, now: datetime) -> str:
    """Where no clock runs: since when an order waits for its answer, or that its stop is over."""
    reply = row.view.order.reply
    if reply is not None and reply.ends_at is not None:
        ended = show_local(reply.ends_at, kit.zone)[5:16]
        over = reply.ends_at <= now
        return kit.texts.text("orders.ended", at=ended) if over else ""
    if row.view.state not in WAITING:
        return ""
    return waited_text(kit, now - row.view.order.issued_at)


def rule_text(kit: Kit, row: OrderRow, now: datetime) -> str:
    """``2026-11-26 09:40 到期，依据 …``, with a doubt about its start, of the clock that stands beside the order: where
    its money went on, that is none of its own. "" where there is no clock."""
    clock = row.clock_at(now)
    if clock is None:
        return ""
    name = "until" if row.article else "until_named"
    if clock is row.onward:
        name = "onward" if clock.at > now else "onward_gone"
    elif clock.is_gone(now):
        name = "gone"
    at = show_local(clock.at, kit.zone)[:16]
    words = kit.texts.text(f"orders.detail.{name}", at=at, article=row.article)
    doubt = "" if clock.certain else kit.texts.text("clocks.uncertain")
    return "　".join(part for part in (words, doubt) if part)


def waited_text(kit: Kit, waited: timedelta) -> str:
    """``已等 3 小时``."""
    hours, minutes = divmod(max(int(waited.total_seconds()) // 60, 0), 60)
    if hours >= 48:
        return kit.texts.text("orders.waited.days", count=hours // 24)
    if hours:
        return kit.texts.text("orders.waited.hours", count=hours)
    return kit.texts.text("orders.waited.minutes", count=minutes)
