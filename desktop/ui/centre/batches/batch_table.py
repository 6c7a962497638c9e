"""The table of dispatch batches: to whom, since when, how far answered, and who has it in hand."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.law.deadlines import legal_day
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.claim import work_of_batch
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.tables.end_near import tell_of_end
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan

_NEVER = timedelta()
"""Nothing is lost before a pack is due to be chased: until then its clock is never red."""
_WIDTHS = {"number": 108, "made": 132, "answered": 84, "clock": 156, "hand": 84}


class BatchTable(Listing[DispatchBatch]):
    """One pack a row; Enter shows its orders. ``end_near``: the end of what was read comes into sight."""

    end_near = Signal()

    def __init__(self, kit: Kit, rules: RulePack, claiming: Claiming) -> None:
        self._rules = rules
        self._claiming = claiming
        columns: tuple[TableColumn[DispatchBatch], ...] = (
            TableColumn("number", "centre.batches.number", _number, digits=True),
            TableColumn("receiver", "centre.batches.receiver", self._receiver, tip=self._receiver),
            TableColumn("made", "centre.batches.made", self._made),
            TableColumn(
                "answered", "centre.batches.answered", _answered, digits=True, tone=_answered_tone
            ),
            TableColumn("clock", "centre.batches.chase", _nothing, clock=self._clock),
        )
        if claiming.offered:
            hand, tip, tone = self._hand, self._hand_line, self._hand_tone
            columns += (TableColumn("hand", "centre.column.hand", hand, tone=tone, tip=tip),)
        super().__init__(kit, "pack_table", "centre.batches.sent", columns, batch_key, _WIDTHS)
        tell_of_end(self, self.end_near)

    def _receiver(self, batch: DispatchBatch) -> str:
        if not batch.answered_by:
            return batch.receiver
        return self._kit.texts.text(
            "centre.batches.by_telephone", receiver=batch.receiver, who=batch.answered_by
        )

    def _made(self, batch: DispatchBatch) -> str:
        return moment(self._kit, batch.made_at)

    def _hand(self, batch: DispatchBatch) -> str:
        return self._claiming.hand(work_of(batch))

    def _hand_line(self, batch: DispatchBatch) -> str:
        return self._claiming.line(work_of(batch))

    def _hand_tone(self, batch: DispatchBatch) -> Tone | None:
        return self._claiming.tone(work_of(batch))

    def _clock(self, batch: DispatchBatch) -> ClockSpan | None:
        if not batch.unanswered:
            return None
        soon = self._rules.duration("alarm.ahead", legal_day(batch.made_at))
        return ClockSpan(batch.due_at, _NEVER, soon, batch.made_at)


def work_of(batch: DispatchBatch) -> str:
    """What a claim on a batch is about."""
    return work_of_batch(batch.number, batch.made_at)


def batch_key(batch: DispatchBatch) -> tuple[str, str]:
    """By which it is known in the list."""
    return batch.number, batch.made_at.isoformat()


def _number(batch: DispatchBatch) -> str:
    return batch.number


def _answered(batch: DispatchBatch) -> str:
    return f"{len(batch.orders) - len(batch.unanswered)} / {len(batch.orders)}"


def _answered_tone(batch: DispatchBatch) -> Tone | None:
    return None if batch.unanswered else Tone.OK


def _nothing(_batch: DispatchBatch) -> str:
    return ""
