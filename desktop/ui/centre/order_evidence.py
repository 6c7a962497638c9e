"""What the station attached to the case of the chosen order, named beside it: a bank may ask for the receipt."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.masking import masked_text
from desktop.domain.progress import Progress
from desktop.services.look_up import case_evidence
from desktop.services.session import Session
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_NAMED = 20
"""Items that are named one below the other; of more, how many there are besides."""


class OrderEvidence(QWidget):
    """Names the items of one case after another on a line; ``look`` opens them."""

    def __init__(self, kit: Kit, session: Session, look: Action) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._look = look
        self._case: CaseId | None = None
        self._items: tuple[Evidence, ...] = ()
        self._reading = Latest(kit.runner, self)
        row = Row(kit, self)
        self._count = Label(kit, role="strong")
        self._count.setObjectName("order_evidence_count")
        row.addWidget(self._count)
        self._names = ElidedLabel(kit, ink="muted")
        self._names.setObjectName("order_evidence")
        row.addWidget(self._names, 1)
        row.addWidget(Button.of(kit, look, size=Size.COMPACT, name="dispatch_evidence"))
        kit.texts.changed.connect(self._show)
        self._show()

    def show_case(self, case: CaseId | None) -> None:
        """Read the items of another case; one that is shown is read again, as a bundle may have brought more."""
        if case != self._case:
            self._items = ()
            self._case = case
            self._show()
        if case is None:
            self._reading.stop()
        else:
            work = partial(_read, self._session, case)
            self._reading.start("files", work, self._found, self._lost)

    def _found(self, items: tuple[Evidence, ...]) -> None:
        self._items = items
        self._show()

    def _lost(self, _error: Exception) -> None:
        """The case came by its slip alone: it holds nothing here."""

    def _show(self) -> None:
        words, items = self._kit.texts, self._items
        self.setVisible(bool(items))
        self._look.set_enabled(enabled=bool(items))
        self._count.set_key("centre.dispatch.evidence_count", count=len(items))
        comma = words.text("centre.comma")
        self._names.set_text(comma.join(masked_text(item.name) for item in items))
        lines = [
            words.text(
                "centre.dispatch.evidence_item",
                name=masked_text(item.name),
                size=size_text(words, item.size),
            )
            for item in items[:_NAMED]
        ]
        if len(items) > _NAMED:
            lines.append(words.text("centre.dispatch.evidence_more", count=len(items) - _NAMED))
        self._names.setToolTip("\n".join(lines))


def _read(session: Session, case: CaseId, progress: Progress) -> tuple[Evidence, ...]:
    progress.check()
    return case_evidence(session, case)
