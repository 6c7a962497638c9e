"""What can be done with the chosen paper, as buttons: only what its state allows."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.papers.paper import PaperState
from desktop.ui.case.papers.rows import CasePaperRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Row

_FIRST: Final = {"draft": "edit", "sign": "seal", "version": "copy"}
"""The next step, and its icon."""
_ALWAYS: Final = {"print": "print", "save": "save"}


class PaperButtons(QWidget):
    """``wanted(deed)``; the buttons are named ``case_paper_<deed>``. Who does not ``writes`` prints and keeps files."""

    wanted = Signal(str)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__()
        self.writes = writes
        self._buttons: dict[str, Button] = {}
        row = Row(kit, self)
        for action, icon in {**_FIRST, **_ALWAYS, "withdraw": "trash"}.items():
            variant = Variant.PRIMARY if action in _FIRST else Variant.PLAIN
            if action == "withdraw":
                row.addStretch(1)
                variant = Variant.QUIET
            button = Button(
                kit,
                f"papers.action.{action}",
                variant=variant,
                icon=icon,
                name=f"case_paper_{action}",
            )
            button.clicked.connect(partial(self.wanted.emit, action))
            row.addWidget(button)
            self._buttons[action] = button
        self.show_row(None)

    def show_row(self, row: CasePaperRow | None) -> None:
        """What may be done with this one."""
        allowed = _allowed(row) if self.writes else _allowed(row) & _ALWAYS.keys()
        for action, button in self._buttons.items():
            set_shown(button, shown=action in allowed or (row is None and action == "print"))
            button.setEnabled(action in allowed)


def _allowed(row: CasePaperRow | None) -> frozenset[str]:
    if row is None:
        return frozenset()
    if row.paper is None:
        return frozenset({"draft", *_ALWAYS})
    return _BY_STATE[row.paper.state]


_BY_STATE: Final = {
    PaperState.DRAFT: frozenset({"sign", "withdraw", *_ALWAYS}),
    PaperState.SIGNED: frozenset({"version", "withdraw", *_ALWAYS}),
    PaperState.SUPERSEDED: frozenset(_ALWAYS),
    PaperState.WITHDRAWN: frozenset(_ALWAYS),
}
