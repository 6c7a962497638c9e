"""The way to the rules by which this computer counts."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.texts.label import Label


class RulesCard(Card):
    """``show`` opens the list."""

    def __init__(self, kit: Kit, show: Callable[[], None]) -> None:
        super().__init__(kit, "rules_list.title")
        button = Button(kit, "rules_list.open", icon="table", name="rules_open")
        button.clicked.connect(show)
        self.header.addWidget(button)
        self.body.addWidget(Label(kit, "rules_list.explain", role="small", ink="muted", wrap=True))
