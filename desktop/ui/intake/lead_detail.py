"""Below the table of leads: what was typed, its normal form, and everything the number says of itself."""

from __future__ import annotations

from desktop.domain.identifiers import IdentifierCheck
from desktop.domain.identifiers.result import CODED
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Card
from desktop.ui.shared.widgets.label import Label


class LeadDetail(Card):
    """Two lines: raw text and normal form side by side, facts and doubts below."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, panel="grey")
        self._kit = kit
        self._forms = Label(kit, role="digits", wrap=True)
        self._forms.setObjectName("lead_forms")
        self._facts = Label(kit, role="small", ink="muted", wrap=True)
        self._facts.setObjectName("lead_facts")
        lines = self._facts.fontMetrics().lineSpacing()
        self._facts.setMinimumHeight(2 * lines)
        self.body.addWidget(self._forms)
        self.body.addWidget(self._facts)

    def show_check(self, found: IdentifierCheck) -> None:
        """Show what the check of a lead says."""
        self._forms.set_key("intake.identifiers.forms", raw=found.value, normal=found.normal)
        words = self._kit.texts.text
        told = [words(f"identifiers.problem.{problem}") for problem in found.problems]
        for name, value in found.facts.items():
            said = words(f"identifiers.value.{name}.{value}") if name in CODED else value
            told.append(
                words("intake.identifiers.fact", name=words(f"identifiers.fact.{name}"), value=said)
            )
        self._facts.set_text(words("intake.dot").join(told))
