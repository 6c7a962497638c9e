"""A page that the officer's roles do not open: calm words instead of a form that would save nothing."""

from __future__ import annotations

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.empty_state import EmptyState
from desktop.ui.shared.widgets.page import Page


class ClosedPage(Page):
    """Takes the place of a page in the rail and says what ``text_key`` says."""

    def __init__(self, kit: Kit, title_key: str, text_key: str) -> None:
        super().__init__(kit, title_key)
        self.state = EmptyState(kit, "lock", text_key)
        self.body.addWidget(self.state)
