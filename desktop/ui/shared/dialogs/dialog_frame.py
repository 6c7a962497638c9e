"""The frame of every dialog: own title bar, contents, buttons at the lower right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QPlainTextEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.input.button import Button, IconButton, Variant
from desktop.ui.shared.widgets.input.line_edit import LineEdit
from desktop.ui.shared.widgets.layout.card import Column, Row, divider
from desktop.ui.shared.widgets.layout.scroll import FollowingScroll
from desktop.ui.shared.widgets.texts.label import Label


class Scrim(QWidget):
    """Covers ``window`` (never kept: it may have to die first) until ``lift``."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self.setObjectName("scrim")
        self.setProperty("floating", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Take the veil away."""
        self.window().removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the window."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is behind."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._kit.theme.color("scrim"))
        painter.end()


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


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN_KEYS = ("Return", "Esc")
"""Every dialog hears them."""


def _press(button: Button) -> None:
    """As a click would: what cannot be seen cannot be pressed."""
    if button.isVisible():
        button.click()


def is_open(dialog: QWidget | None) -> bool:
    """Whether it is there and seen: asked for twice while the desk was busy, a dialog opens once."""
    return dialog is not None and isValid(dialog) and dialog.isVisible()


class _TitleBar(QWidget):
    """Moves the window it belongs to."""

    def __init__(self) -> None:
        super().__init__()
        self._grip: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            handle = self.window().windowHandle()
            if handle is None or not handle.startSystemMove():
                self._grip = event.globalPosition().toPoint() - self.window().pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.window().move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip = None


class DialogFrame(QDialog):
    """Fill ``body``, add buttons, call ``open()``; listen to ``accepted`` and ``rejected``.

    Esc rejects. Enter presses the default button, unless an input method composes, the focus is in
    a field of several lines, where Ctrl+Enter does, or another button has it. It deletes itself once closed.
    """

    shown = Signal()

    def __init__(
        self, kit: Kit, parent: QWidget, title_key: str, *, wide: bool = False, width: str = ""
    ) -> None:
        super().__init__(parent.window(), Qt.WindowType.FramelessWindowHint)
        self.kit = kit
        self._default: Button | None = None
        self._placed = False
        self._stands_at = QPoint()
        self._scrim: Scrim | None = None
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(False)
        kit.texts.bind(self.setWindowTitle, title_key)
        usual = "dialog_width_wide" if wide else "dialog_width"
        panel = QFrame()
        panel.setFixedWidth(kit.theme.space(width or usual))
        set_look(panel, panel="dialog")
        outer = Column(kit, self, gap="space_m")
        outer.addWidget(panel)
        # Follow the contents: a hint that appears makes the dialog higher instead of being cut.
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        rows = Column(kit, panel)
        rows.setSpacing(0)
        rows.addWidget(self._title_bar(title_key))
        rows.addWidget(divider(kit))
        margin = kit.theme.space("space_l")
        self._body_room = room = BodyRoom(kit)
        self.body = room.body
        rows.addWidget(room, 1)
        self.buttons = Row(kit)
        self.buttons.setContentsMargins(margin, 0, margin, margin)
        self.buttons.addStretch(1)
        rows.addLayout(self.buttons)

    @property
    def host(self) -> QWidget:
        """The window that asked. Never kept: a child that holds its parent destroys it while it dies itself."""
        return self.parentWidget() or self

    @property
    def room_height(self) -> int:
        """Pixels the screen leaves to what the body holds; more than that is scrolled."""
        margins = self.body.contentsMargins()
        return self._body_room.most() - margins.top() - margins.bottom()

    def add_button(
        self,
        key: str,
        *,
        variant: Variant = Variant.PLAIN,
        name: str = "",
        closes: bool = True,
        keys: str = "",
        heard: bool = False,
    ) -> Button:
        """Add a button at the right end. ``closes``: primary and danger accept, others reject. ``keys`` press it;
        ``heard``: the dialog listens to them itself."""
        button = Button(self.kit, key, variant=variant, name=name, keys=keys)
        if keys and keys not in _OWN_KEYS and not heard:
            Action(self, key, keys).triggered.connect(partial(_press, button))
        self.buttons.addWidget(button)
        if closes:
            accepts = variant in (Variant.PRIMARY, Variant.DANGER)
            button.clicked.connect(self.accept if accepts else self.reject)
        return button

    def set_default(self, button: Button | None) -> None:
        """Enter presses ``button``; without one it presses what has the keyboard."""
        self._default = button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter. Held since the window behind, they do not answer this one."""
        if event.isAutoRepeat() and event.key() in (*_ENTER, Qt.Key.Key_Escape):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in _ENTER:
            text = isinstance(self.focusWidget(), QPlainTextEdit)
            if text and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._press_default()
            else:
                self._enter()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the middle of the window that asked."""
        super().showEvent(event)
        if self._scrim is None and self.host.isVisible():
            self._scrim = Scrim(self.kit, self.host)
        if not self._placed:
            self._placed = True
            self.adjustSize()
            self._stands_at = self._area().center() - self.rect().center()
            self.move(self._stands_at)
        self.shown.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """A slow window manager says late where it had first put the window, in the corner, and the next change of the
        height would be asked for there: it is told again where the dialog stands."""
        super().moveEvent(event)
        place = self.pos()
        if self._placed and place == self.screen().geometry().topLeft() != self._stands_at:
            self.move(self._stands_at)
        elif self._placed:
            self._stands_at = place

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What makes it higher must not push its buttons off the window or the screen."""
        super().resizeEvent(event)
        area, place = self._area(), self.frameGeometry()
        if self._placed and place.bottom() > area.bottom():
            top = self.screen().availableGeometry().top()
            self.move(place.x(), max(area.bottom() - place.height(), top))

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the window back its light."""
        super().hideEvent(event)
        if self._scrim is not None and isValid(self._scrim):
            self._scrim.lift()
        self._scrim = None

    def _area(self) -> QRect:
        """What is seen of the window that asked: it may reach beyond the screen or behind the task bar. A window wider
        than its screen is on none that anybody looks at: without a display, pictures of the whole window are drawn."""
        host, screen = self.host.frameGeometry(), self.screen().availableGeometry()
        if self.host.width() > screen.width():
            return host
        return host.intersected(screen) or host

    def _enter(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QPlainTextEdit):
            return
        if isinstance(focused, LineEdit) and focused.composing:
            return
        self._press_default()

    def _press_default(self) -> None:
        if self._default is not None and self._default.isEnabled():
            _press(self._default)

    def _title_bar(self, title_key: str) -> QWidget:
        kit = self.kit
        bar = _TitleBar()
        bar.setFixedHeight(kit.theme.space("dialog_title"))
        row = Row(kit, bar)
        row.setContentsMargins(kit.theme.space("space_l"), 0, kit.theme.space("space_s"), 0)
        self.title = Label(kit, title_key, role="dialog_title")
        row.addWidget(self.title)
        row.addStretch(1)
        close = IconButton(kit, "shared.close", "close", name="dialog_close")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same; Tab stays in the contents
        close.clicked.connect(self.reject)
        row.addWidget(close)
        return bar
