"""What is new of a station, in the words of both the window and the commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.services.exchange.take_in.bundle_news import BundleNews, FirstOrder


@dataclass(frozen=True, slots=True)
class NewsWords:
    """``text`` gives the words of a key of the catalogue, ``moment`` those of a time, ``amount`` those of a sum in
    fen."""

    text: Callable[..., str]
    moment: Callable[[datetime], str]
    amount: Callable[[int], str]

    def of(self, news: BundleNews, now: datetime) -> str:
        """``张掖路所：新报案 3 起，新指令 5 条，请求止付 ¥98,000``, below it the most urgent."""
        parts = [
            self.text(f"shared.bundle_news.{name}", count=count)
            for name, count in (("cases", news.cases), ("orders", news.orders))
            if count
        ]
        if news.stop_fen:
            parts.append(self.text("shared.bundle_news.stops", amount=self.amount(news.stop_fen)))
        brought = self.text("shared.bundle_news.comma").join(parts)
        line = self.text("shared.bundle_news.line", unit=news.unit_name, brought=brought)
        return f"{line}\n{self._first(news.first, now)}" if news.first else line

    def _first(self, first: FirstOrder, now: datetime) -> str:
        """Which order is the most urgent, and its clock: by the hour, as it stands still where it is read."""
        if first.ends_at is None:
            return self.text("shared.bundle_news.first_alone", number=first.number)
        ended = "gone" if first.ends_at <= now else "until"
        return self.text(
            f"shared.bundle_news.first_{ended}", number=first.number,
            clock=self.text(f"deadlines.{first.clock}"), at=self.moment(first.ends_at),
        )  # fmt: skip
