"""Which items a seal or a passing is about: the chosen one, those of the same keeper, or all."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.fields import ComboField
from desktop.ui.shared.widgets.line_edit import Option


class CustodyScope(ComboField):
    """``chosen_items()``: their ids, the chosen one first. ``free``: items that may be taken along."""

    def __init__(self, kit: Kit, name: str, item: Evidence, free: Sequence[Evidence]) -> None:
        self._item = item
        self._free = tuple(free)
        options = [Option("one", "evidence_record.scope_one")]
        if len(self._free) > 1:
            text = kit.texts.text("custody.scope_all", count=len(self._free))
            options.append(Option("all", text=text))
        super().__init__(kit, name, "evidence_record.scope", options)

    def chosen_items(self) -> tuple[EvidenceId, ...]:
        """The items meant."""
        own = self._item.id
        if self.value() != "all":
            return (own,)
        return (own, *(item.id for item in self._free if item.id != own))
