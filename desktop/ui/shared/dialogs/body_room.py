"""The contents of a dialog: as high as they are, but never so high that its buttons leave the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column
from desktop.ui.shared.widgets.scroll import FollowingScroll


class _Contents(QWidget):
    asked = Signal()
    """For another size."""

    def event(self, event: QEvent) -> bool:
        """A hint appeared, a row was added."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.asked.emit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """Its height follows from its width; the least of all parts together would be higher than that."""
        layout = self.layout()
        least = layout.totalMinimumSize() if layout is not None else QSize()
        return (
            QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least
        )


class BodyRoom(FollowingScroll):
    """Holds ``body``; scrolled only where the screen has no room for all of it."""

    def __init__(self, kit: Kit) -> None:
        contents = _Contents()
        super().__init__(kit, contents)
        self._least = kit.theme.space("dialog_body_least")
        self._frame = kit.theme.space("dialog_frame")
        margin = kit.theme.space("space_l")
        self.body = Column(kit, contents, gap="space_m")
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        contents.asked.connect(self._resize_dialog)

    def hasHeightForWidth(self) -> bool:
        """Texts in it break into lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the contents take, or what the screen leaves them."""
        whole = self.body.totalHeightForWidth(width)
        if whole < 0:
            whole = self.body.totalSizeHint().height()
        return min(whole, self.most())

    def sizeHint(self) -> QSize:
        """The contents' own."""
        hint = self.body.totalSizeHint()
        return QSize(hint.width(), min(hint.height(), self.most()))

    def minimumSizeHint(self) -> QSize:
        """Less than this is never right: it was cut to the screen already."""
        return self.sizeHint()

    def _resize_dialog(self) -> None:
        """At once: contents that are higher than their room would be seen squeezed until the next turn."""
        self.updateGeometry()
        layout = self.window().layout()
        if layout is not None:
            layout.activate()

    def most(self) -> int:
        """The height the screen leaves to it."""
        room = self.screen().availableGeometry().height() - self._frame
        return max(room, self._least)
