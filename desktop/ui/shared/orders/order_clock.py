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
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan


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


def clock_end(row: OrderRow, now: datetime) -> datetime | None:
    """When the order's clock runs or ran out; None where none runs: a chance gone by, or a stop over in a case that
    has gone on. Asked of every row whenever one runs out, hence plain comparisons."""
    clock = row.clock
    if clock is None:
        return None
    end = clock.at
    if end > now:
        return end
    gone = clock.at_zero is AtZero.CHANCE or (row.settled and clock.name == "stop_end")
    return None if gone else end


def span(row: OrderRow, limits: ClockLimits, now: datetime) -> ClockSpan | None:
    """The clock of an order as it is drawn; a chance is red from its first second."""
    clock = row.clock
    if clock is None or clock_end(row, now) is None:
        return None
    if clock.at_zero is AtZero.CHANCE:
        length = clock.at - clock.started_at
        return ClockSpan(clock.at, length, length, clock.started_at)
    return ClockSpan(clock.at, limits.red_under, limits.amber_under, clock.started_at)


def clock_name(kit: Kit, row: OrderRow, now: datetime) -> str:
    """``止付到期``; "" where no clock runs."""
    if row.clock is None or clock_end(row, now) is None:
        return ""
    return kit.texts.text(f"deadlines.{row.clock.name}")


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


def rule_text(kit: Kit, row: OrderRow) -> str:
    """``2026-11-26 09:40 到期，依据 …``, with a doubt about its start; "" where there is no clock."""
    if row.clock is None:
        return ""
    key = "orders.detail.until" if row.article else "orders.detail.until_named"
    words = kit.texts.text(key, at=show_local(row.clock.at, kit.zone)[:16], article=row.article)
    doubt = "" if row.clock.certain else kit.texts.text("clocks.uncertain")
    return "　".join(part for part in (words, doubt) if part)


def waited_text(kit: Kit, waited: timedelta) -> str:
    """``已等 3 小时``."""
    hours, minutes = divmod(max(int(waited.total_seconds()) // 60, 0), 60)
    if hours >= 48:
        return kit.texts.text("orders.waited.days", count=hours // 24)
    if hours:
        return kit.texts.text("orders.waited.hours", count=hours)
    return kit.texts.text("orders.waited.minutes", count=minutes)
