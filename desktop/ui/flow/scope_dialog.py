"""From when to when the money is followed, and by how much banks' clocks may differ."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.flow.sheet import WHOLE, FlowScope
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label

_MINUTE: Final = 60
_LONGEST: Final = 24 * 60
"""Minutes: clocks that differ by more order nothing."""


class ScopeDialog(DialogFrame):
    """``chosen(FlowScope)``. ``tolerance``: seconds that hold now."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, scope: FlowScope, tolerance: int) -> None:
        super().__init__(kit, parent, "flow.scope.title")
        self.setObjectName("flow_scope_dialog")
        self.since = DateTimeField(kit, "scope_since", "flow.scope.since")
        self.until = DateTimeField(kit, "scope_until", "flow.scope.until")
        self.minutes = TextField(kit, "scope_minutes", "flow.scope.minutes", digits=True)
        self.since.set_instant(scope.since)
        self.until.set_instant(scope.until)
        self.minutes.set_value(str(tolerance // _MINUTE))
        self.until.edited.connect(self.until.clear_hint)
        self.minutes.edited.connect(self.minutes.clear_hint)
        self.body.addWidget(Label(kit, "flow.scope.hint", ink="muted", wrap=True))
        row = Row(kit, gap="space_m")
        row.addWidget(self.since, 1)
        row.addWidget(self.until, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.minutes)
        whole = self.add_button("flow.scope.whole", name="scope_whole", closes=False)
        whole.clicked.connect(self._choose_whole)
        self.add_button("shared.cancel", name="scope_cancel")
        accept = self.add_button(
            "flow.scope.accept", variant=Variant.PRIMARY, name="scope_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)
        self.since.setFocus()

    def _choose_whole(self) -> None:
        self.chosen.emit(WHOLE)
        self.accept()

    def _give(self) -> None:
        for field in (self.since, self.until):
            if field.value() and field.instant() is None:
                field.set_hint_key(Tone.BAD, "shared.field.not_a_time")
                field.setFocus()
                return
        since, until = self.since.instant(), self.until.instant()
        if since is not None and until is not None and until < since:
            self.until.set_hint_key(Tone.BAD, "flow.scope.backwards")
            self.until.setFocus()
            return
        typed = self.minutes.value()
        if not (typed.isascii() and typed.isdigit()) or int(typed) > _LONGEST:
            self.minutes.set_hint_key(Tone.BAD, "flow.scope.not_minutes", most=_LONGEST)
            self.minutes.setFocus()
            return
        self.chosen.emit(FlowScope(since, until, int(typed) * _MINUTE))
        self.accept()
