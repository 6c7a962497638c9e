"""Instants as people speak of them: "10:31" today, "yesterday 18:02", "11-20 09:15" earlier this
year."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.ui.shared.kit.kit import Kit


def moment(kit: Kit, instant: datetime) -> str:
    """``instant`` to the minute, as short as its distance from now allows."""
    return _moment(kit, instant, "moments.today")


def clock_or_day(kit: Kit, instant: datetime) -> str:
    """Like :func:`moment`, without the word "today": for lists that are mostly of today."""
    return _moment(kit, instant, "moments.clock")


def second_or_day(kit: Kit, instant: datetime) -> str:
    """``10:31:07`` today; of another day like :func:`clock_or_day`: a time alone would pass for today's."""
    here, now = instant.astimezone(kit.zone), kit.ticks.now().astimezone(kit.zone)
    return f"{here:%H:%M:%S}" if here.date() == now.date() else clock_or_day(kit, instant)


def _moment(kit: Kit, instant: datetime, today_key: str) -> str:
    here, now = instant.astimezone(kit.zone), kit.ticks.now().astimezone(kit.zone)
    clock = f"{here:%H:%M}"
    days = (now.date() - here.date()) / timedelta(days=1)
    if days == 0:
        return kit.texts.text(today_key, clock=clock)
    if days == 1:
        return kit.texts.text("moments.yesterday", clock=clock)
    if here.year == now.year:
        return f"{here:%m-%d} {clock}"
    return f"{here:%Y-%m-%d} {clock}"
