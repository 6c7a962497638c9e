"""How fast institutions answer, on the duty leader's page: the median, and who lets wait for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from desktop.domain.case_file.reply_times import FEWEST, ReplyTimes
from desktop.domain.reference.bank_names import short_bank
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn

_WIDTHS: Final = {"took": 88, "slowest": 112}
_HOUR: Final = timedelta(hours=1)
_DAYS: Final = timedelta(days=2)


class ReplyTimesTable(Listing[ReplyTimes]):
    """Institution, median time to the answer, how many wait and for how long the oldest."""

    def __init__(self, kit: Kit) -> None:
        columns = (
            TableColumn(
                "name", "centre.duty.column.institution", _name, keeps=Keeps.ENDS, tip=self._tip
            ),
            TableColumn("took", "centre.duty.column.took", self._took, tip=self._tip),
            TableColumn(
                "slowest", "centre.duty.column.slowest", self._slowest, tone=_tone, tip=self._tip
            ),
        )
        super().__init__(
            kit, "duty_times", "centre.duty.times", columns, lambda one: one.receiver, _WIDTHS
        )

    def _took(self, one: ReplyTimes) -> str:
        """Few answers say so in place of a median."""
        if one.took is not None:
            return self._span(one.took)
        return self._kit.texts.text("centre.duty.few", count=one.answered) if one.answered else "—"

    def _slowest(self, one: ReplyTimes) -> str:
        if one.slowest is None:
            return "—"
        waited = self._span(one.slowest)
        return self._kit.texts.text("centre.duty.waits", count=one.open, waited=waited)

    def _tip(self, one: ReplyTimes) -> str:
        texts = self._kit.texts
        name = "times_few" if one.took is None else "times_tip"
        answers = texts.text(f"centre.duty.{name}", count=one.answered, fewest=FEWEST)
        return f"{one.receiver} · {answers}"

    def _span(self, took: timedelta) -> str:
        texts = self._kit.texts
        if took >= _DAYS:
            return texts.text("centre.duty.days", count=took // timedelta(days=1))
        if took >= _HOUR:
            return texts.text("centre.duty.hours", count=took // _HOUR)
        return texts.text("centre.duty.minutes", count=took // timedelta(minutes=1))


def _name(one: ReplyTimes) -> str:
    return short_bank(one.receiver)


def _tone(one: ReplyTimes) -> Tone | None:
    return Tone.BAD if one.late else None
