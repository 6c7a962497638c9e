"""A page of the main window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column


class Page(QWidget):
    """Canvas with margins. Put cards into ``body``; the top bar shows its title.

    ``heading_changed`` tells the top bar to read ``title`` and ``mark`` again.
    """

    heading_changed = Signal()

    def __init__(self, kit: Kit, title_key: str) -> None:
        super().__init__()
        self.kit = kit
        self.title_key = title_key
        self.title_params: dict[str, str | int] = {}
        self.mark: tuple[str, Tone] | None = None
        """(catalogue key, tone) of a chip beside the title, such as "draft"."""
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="canvas")
        margin, high = kit.theme.space("page_margin"), kit.theme.space("page_margin_high")
        self.body = Column(kit, self, gap="card_gap")
        self.body.setContentsMargins(margin, high, margin, high)

    def set_heading(
        self,
        title_key: str,
        *,
        mark: tuple[str, Tone] | None = None,
        **params: str | int,
    ) -> None:
        """Change what the top bar says of this page."""
        self.title_key, self.title_params = title_key, params
        self.mark = mark
        self.heading_changed.emit()

    def first_focus(self) -> QWidget | None:
        """The widget that takes the keyboard when the page is opened; ``None``: its rail item."""
        return None

    def make_one(self) -> bool:
        """Make a part that waits until it is wanted, and that nobody wanted yet; false where there is none."""
        return False

    def make_whole(self) -> None:
        """Make all that waits."""
        while self.make_one():
            pass

    def opened(self) -> None:
        """Called each time the page comes to the front: refresh what it shows."""

    def reread(self) -> None:
        """Called while it is in front, when something was recorded that it did not do itself."""
