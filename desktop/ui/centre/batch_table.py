"""Packs that were sent: to whom, when, what came back, and when to ask again."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.case_file.dispatch_batch import DispatchBatch
from desktop.domain.law.deadlines import legal_day
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.clock_face import ClockSpan
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_NEVER = timedelta()
"""Nothing is lost before a pack is due to be chased: until then its clock is never red."""
_WIDTHS = {"number": 108, "made": 132, "answered": 84, "clock": 156}


class BatchTable(Table[DispatchBatch]):
    """One pack a row; Enter writes its files anew."""

    def __init__(self, kit: Kit, limits: DispatchLimits) -> None:
        self._pack_kit = kit
        self._limits = limits
        columns = (
            TableColumn("number", "centre.packs.number", _number, digits=True),
            TableColumn("receiver", "centre.packs.receiver", _receiver, tip=_receiver),
            TableColumn("made", "centre.packs.made", self._made),
            TableColumn(
                "answered", "centre.packs.answered", _answered, digits=True, tone=_answered_tone
            ),
            TableColumn("clock", "centre.packs.chase", _nothing, clock=self._clock),
        )
        self.batches = RowsModel[DispatchBatch](kit, columns, _key)
        super().__init__(kit, self.batches, "pack_table")
        self.set_widths(_WIDTHS, stretch="receiver")
        kit.texts.bind(self.setAccessibleName, "centre.packs.sent")

    def _made(self, batch: DispatchBatch) -> str:
        return moment(self._pack_kit, batch.made_at)

    def _clock(self, batch: DispatchBatch) -> ClockSpan | None:
        if not batch.unanswered:
            return None
        soon = self._limits.rules.duration("alarm.ahead", legal_day(batch.made_at))
        return ClockSpan(batch.due_at, _NEVER, soon, batch.made_at)


def _key(batch: DispatchBatch) -> tuple[str, str]:
    return batch.number, batch.made_at.isoformat()


def _number(batch: DispatchBatch) -> str:
    return batch.number


def _receiver(batch: DispatchBatch) -> str:
    return batch.receiver


def _answered(batch: DispatchBatch) -> str:
    return f"{len(batch.orders) - len(batch.unanswered)} / {len(batch.orders)}"


def _answered_tone(batch: DispatchBatch) -> Tone | None:
    return None if batch.unanswered else Tone.OK


def _nothing(_batch: DispatchBatch) -> str:
    return ""
