"""Packs that were sent: to whom, when, what came back, and when to ask again."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.case_file.order_pack import Pack
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


class PackTable(Table[Pack]):
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
        self.packs = RowsModel[Pack](kit, columns, _key)
        super().__init__(kit, self.packs, "pack_table")
        self.set_widths(_WIDTHS, stretch="receiver")
        kit.words.bind(self.setAccessibleName, "centre.packs.sent")

    def _made(self, pack: Pack) -> str:
        return moment(self._pack_kit, pack.made_at)

    def _clock(self, pack: Pack) -> ClockSpan | None:
        if not pack.unanswered:
            return None
        soon = self._limits.rules.duration("alarm.ahead", legal_day(pack.made_at))
        return ClockSpan(pack.due_at, _NEVER, soon, pack.made_at)


def _key(pack: Pack) -> tuple[str, str]:
    return pack.number, pack.made_at.isoformat()


def _number(pack: Pack) -> str:
    return pack.number


def _receiver(pack: Pack) -> str:
    return pack.receiver


def _answered(pack: Pack) -> str:
    return f"{len(pack.orders) - len(pack.unanswered)} / {len(pack.orders)}"


def _answered_tone(pack: Pack) -> Tone | None:
    return None if pack.unanswered else Tone.OK


def _nothing(_pack: Pack) -> str:
    return ""
